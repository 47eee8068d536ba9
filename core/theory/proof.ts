/** The proof's picture: where the residual lies among the Jacobian's singular vectors, and how it decays. */
import type { TheoryData } from './inputs.ts';
import type { HiddenWeights, Kernel, Spectrum } from './kernel.ts';
import type { Milestones } from './milestones.ts';
import { coordinates, cumulativeEnergy, energyShare, linearized, normsOf } from './projection.ts';

/** The residual in a subspace: its norm over that at the start, as measured and as linearized. */
export interface Fall {
  measured: number;
  linearized: number;
}

/** The residual f - y against the given labels, along the start's K largest singular vectors and the others. */
export interface Decay {
  large: Fall;
  small: Fall;
}

/** The Jacobian and the two parts of the residual at one iteration. */
export interface ProofState {
  iteration: number;
  /** Singular values, largest first. */
  singular: number[];
  /** How many are at least a tenth of the largest. */
  aboveTenth: number;
  /** The share of the energy of f - (true numbers) in the span of the K largest; null where it is 0. */
  cleanShare: number | null;
  /** The same of the label noise, (given numbers) - (true numbers); null where no label is wrong. */
  noiseShare: number | null;
  /** Both shares in the span of the 1, 2, ... n largest; empty where the share is null. */
  cleanEnergy: number[];
  noiseEnergy: number[];
}

/** Looks at the residual at chosen iterations; the first must be the start. */
export class Proof {
  readonly pictures: ProofState[] = [];
  private start: { spectrum: Spectrum; residual: Float64Array } | null = null;
  private readonly truth: Float64Array;
  private readonly given: Float64Array;
  private seenTrue = false;

  /**
   * @param large how many singular vectors count as large: K
   * @param eta the learning rate of the sum of half squares
   */
  constructor(
    data: TheoryData,
    private readonly kernel: Kernel,
    private readonly large: number,
    private readonly eta: number,
  ) {
    this.truth = Float64Array.from(data.truth, (label) => data.alphas[label]!);
    this.given = Float64Array.from(data.given, (label) => data.alphas[label]!);
  }

  /** Whether a picture should be taken now: at the start, and once every sample has its true class. */
  wants({ allTrue }: Milestones): boolean {
    return !this.start || (allTrue !== null && !this.seenTrue);
  }

  /** Looks at the network. @param picture whether the Jacobian is decomposed anew */
  see(weights: HiddenWeights, iteration: number, picture: boolean): Decay {
    const outputs = this.kernel.outputs(weights);
    const residual = outputs.map((value, i) => value - this.given[i]!);
    if (picture) {
      const spectrum = this.kernel.spectrum(weights);
      this.seenTrue = this.start !== null;
      this.start ??= { spectrum, residual: coordinates(spectrum, residual) };
      this.pictures.push(this.pictureOf(spectrum, outputs, iteration));
    }
    return this.decayOf(residual, iteration);
  }

  private pictureOf(spectrum: Spectrum, outputs: Float64Array, iteration: number): ProofState {
    const { truth, given, large } = this;
    const clean = coordinates(
      spectrum,
      outputs.map((value, i) => value - truth[i]!),
    );
    const noise = coordinates(
      spectrum,
      given.map((value, i) => value - truth[i]!),
    );
    const { singular } = spectrum;
    return {
      iteration,
      singular: [...singular],
      aboveTenth: singular.filter((value) => value >= singular[0]! / 10).length,
      cleanShare: energyShare(clean, large),
      noiseShare: energyShare(noise, large),
      cleanEnergy: cumulativeEnergy(clean),
      noiseEnergy: cumulativeEnergy(noise),
    };
  }

  private decayOf(residual: Float64Array, iteration: number): Decay {
    const { spectrum, residual: first } = this.start!;
    const before = normsOf(first, this.large);
    const now = normsOf(coordinates(spectrum, residual), this.large);
    const told = normsOf(linearized(spectrum, first, this.eta, iteration), this.large);
    const fall = (part: 'large' | 'small'): Fall => ({
      measured: now[part] / before[part],
      linearized: told[part] / before[part],
    });
    return { large: fall('large'), small: fall('small') };
  }
}
