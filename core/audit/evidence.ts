/** Reads out of a run folder what it says of its samples, up to the end of the recommended range. */
import type { Labels } from '../data/labels.ts';
import { TINY } from '../labels/unmix.ts';
import { noiseMatrix, votesOfEpochs } from '../labels/votes.ts';
import { probabilityEpochs, readProbabilities } from '../run-folder/probabilities.ts';
import { found } from '../run-folder/check.ts';
import type { CheckedRun } from '../run-folder/check.ts';
import { readDynamics } from '../run-folder/read.ts';
import type { Dynamics, RunLabels } from '../run-folder/read.ts';

/** What a run says of one part of its samples; neighbours come from elsewhere. */
export interface RunPart {
  given: Labels;
  /** The chance of each given label, averaged over epochs: samples x classes. */
  probabilities: Float32Array;
  /** The share of epochs that gave each class: samples x classes. */
  votes: Float32Array;
}

/** What a run says of training samples and hold-out. */
export interface RunEvidence {
  train: RunPart;
  /** Null where the run has none, or a version wrote it without. */
  holdout: RunPart | null;
  /** Whether chances of all classes were kept; else they were made of votes and losses. */
  kept: boolean;
}

/** Labels that every class is taken to have been given for every vote, before any is counted. */
const EVEN = 0.1;

/**
 * @param end the last epoch that is looked at
 * @throws InputError where what an epoch said is missing or damaged
 */
export function readEvidence(
  run: string,
  { sums, stored }: Pick<CheckedRun, 'sums' | 'stored'>,
  labels: Pick<RunLabels, 'given' | 'holdoutGiven'>,
  end: number,
): RunEvidence {
  const classes = stored.classes.length;
  const said = Array.from({ length: end }, (_, i) => readDynamics(run, i + 1, sums));
  const means = keptMeans(run, sums, end);
  // A recorder is told the cross-entropy, whatever was trained on.
  const hasLosses = !stored.config || stored.config.training.loss === 'cross-entropy';
  const part = (given: Labels, of: (one: Dynamics) => Dynamics['holdout'], kept?: Float32Array) => {
    const parts = said.map((one) => of(one)!);
    const predicted = parts.map((one) => one.predicted);
    const votes = votesOfEpochs(predicted, given.length, classes);
    const losses = hasLosses ? parts.map(({ loss }) => loss) : [];
    return { given, votes, probabilities: kept ?? probabilitiesFrom(given, votes, losses) };
  };
  const hasHoldout = labels.holdoutGiven.length > 0 && said.every(({ holdout }) => holdout);
  return {
    train: part(labels.given, (one) => one, means?.train),
    holdout: hasHoldout ? part(labels.holdoutGiven, (one) => one.holdout, means?.holdout) : null,
    kept: means !== null,
  };
}

/** The mean chances up to the epoch nearest to the end; null where none were kept. */
function keptMeans(run: string, sums: CheckedRun['sums'], end: number) {
  const epochs = probabilityEpochs(run).sort((a, b) => Math.abs(a - end) - Math.abs(b - end));
  for (const epoch of epochs) {
    const probabilities = found(() => readProbabilities(run, epoch, sums));
    if (probabilities && probabilities.epochs > 0) return probabilities.means();
  }
  return null;
}

/**
 * The chance of the given label is e to the minus its loss. What is left of 1 goes to the other classes by
 * what samples of the same votes are given.
 * @param losses cross-entropy of each sample, epoch by epoch; none where another loss was trained on
 */
export function probabilitiesFrom(
  given: Labels,
  votes: Float32Array,
  losses: readonly Float32Array[],
): Float32Array {
  const classes = votes.length / given.length;
  const even = new Float64Array(classes * classes).fill(EVEN);
  const matrix = noiseMatrix(given, votes, classes, even);
  const out = new Float32Array(votes.length);
  for (let i = 0; i < given.length; i++) {
    const at = i * classes;
    for (let c = 0; c < classes; c++) {
      const share = votes[at + c]!;
      if (share === 0) continue;
      for (let g = 0; g < classes; g++) out[at + g]! += share * matrix[c * classes + g]!;
    }
    if (losses.length === 0) continue;
    let chance = 0;
    for (const loss of losses) chance += Math.exp(-loss[i]!) / losses.length;
    const others = 1 - out[at + given[i]!]!;
    for (let c = 0; c < classes; c++) out[at + c]! *= (1 - chance) / Math.max(others, TINY);
    out[at + given[i]!] = chance;
  }
  return out;
}
