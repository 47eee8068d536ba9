/** What happens when in a theory run, told from each sample's class and loss at each iteration. */
import type { Evaluation } from '../engine/session.ts';
import type { TheoryData } from './inputs.ts';
import { countDiffering } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';

/** A label counts as fitted exactly where the output is this near to its number, as a share of delta. */
export const EXACT = 0.05;

/** A moment of the run. */
export interface Milestone {
  iteration: number;
  /** Frobenius norm of W - W0, and over that of W0. */
  distance: number;
  relativeDistance: number;
}

/** The first moments at which something holds; null where it never did. */
export interface Milestones {
  /** The most samples are nearest to the number of their true class, and their share, 0 to 1. */
  mostTrue: (Milestone & { share: number }) | null;
  /** Every sample is nearest to the number of its true class. */
  allTrue: Milestone | null;
  /** After that: some sample no longer is. */
  firstLost: Milestone | null;
  /**
   * A wrong label is fitted exactly, and so is a right one of another class in its cluster; but not where
   * the random start tells the two apart by half as much already.
   */
  firstWrongFit: Milestone | null;
  /** Every sample is nearest to the number of its given label. */
  allGiven: Milestone | null;
}

/** Shares of the samples that are nearest to the number of their true and given class, 0 to 1. */
export interface Shares {
  trueShare: number;
  givenShare: number;
}

/** Watches for the milestones. */
export class Watch {
  readonly found: Milestones = {
    mostTrue: null,
    allTrue: null,
    firstLost: null,
    firstWrongFit: null,
    allGiven: null,
  };
  /** The pairs that `firstWrongFit` is about; none before it. */
  pairs: readonly SamplePair[] = [];
  private readonly tolerance: number;

  /**
   * @param of the cluster of each sample
   * @param delta the smallest gap between the numbers of two classes
   * @param start the output of each sample at the start
   */
  constructor(
    private readonly data: TheoryData,
    private readonly of: Uint16Array,
    delta: number,
    private readonly start: ArrayLike<number>,
  ) {
    this.tolerance = EXACT * delta;
  }

  /** Takes what was measured at one moment; moments come in order. */
  see(measured: Evaluation, moment: Milestone): Shares {
    const { truth, given, samples } = this.data;
    const { classes } = measured;
    const shareOf = (labels: Labels) => (samples - countDiffering(classes, labels)) / samples;
    const shares = { trueShare: shareOf(truth), givenShare: shareOf(given) };
    const { found } = this;
    if (shares.trueShare > (found.mostTrue?.share ?? -1)) {
      found.mostTrue = { ...moment, share: shares.trueShare };
    }
    if (found.allTrue && shares.trueShare < 1) found.firstLost ??= moment;
    if (shares.trueShare === 1) found.allTrue ??= moment;
    if (shares.givenShare === 1) found.allGiven ??= moment;
    if (!found.firstWrongFit) {
      this.pairs = this.fittedPairs(measured);
      if (this.pairs.length > 0) found.firstWrongFit = moment;
    }
    return shares;
  }

  /** What theorem 2 says needs distance. One sample alone may be met by chance, at the start already. */
  private fittedPairs({ losses }: Evaluation): SamplePair[] {
    const { truth, given, alphas } = this.data;
    const { of, start } = this;
    const fitted = [...losses.keys()].filter((i) => Math.sqrt(2 * losses[i]!) <= this.tolerance);
    const right = fitted.filter((i) => given[i] === truth[i]);
    const gap = (i: number, j: number) => Math.abs(alphas[given[i]!]! - alphas[given[j]!]!);
    return fitted
      .filter((i) => given[i] !== truth[i])
      .flatMap((i) =>
        right
          .filter((j) => of[i] === of[j] && given[i] !== given[j])
          .filter((j) => Math.abs(start[i]! - start[j]!) <= gap(i, j) / 2)
          .map((j) => [i, j] as const),
      );
  }
}

/** Samples of one cluster, fitted to different numbers: the first by a wrong label, the second by a right one. */
export type SamplePair = readonly [wrong: number, right: number];
