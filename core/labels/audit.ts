/** Which labels are likely wrong, what they should be, and how sure that is. */
import type { Labels } from '../data/labels.ts';
import { isAmong, withAnnotators } from './annotators.ts';
import type { AnnotatorLabels } from './annotators.ts';
import { fitPowers, heldOutLikelihoods, likelihoods } from './fit.ts';
import type { Before, Fit, FitData } from './fit.ts';
import { leanFor, meanOf, pooled, trueClassPosterior, wrongness } from './model.ts';
import type { LabelSource } from './model.ts';
import { cleaned, leftIn } from './rounds.ts';
import type { PartEvidence } from './rounds.ts';
import type { NoiseMatrix } from './unmix.ts';
import { noiseMatrix, sharesOf } from './votes.ts';

/** What a run says of one part. */
export interface Evidence extends PartEvidence {
  /** The share of epochs that gave each class: samples x classes. */
  votes: Float32Array;
  /** What several people called the samples; nothing where nobody did. */
  annotators?: AnnotatorLabels | null;
}

/** What is found of one part. */
export interface Found {
  /** The chance of each class to be the true one: samples x classes, rows adding up to 1. */
  probabilities: Float32Array;
  /** The chance that each given label is wrong, 0 to 1. */
  wrong: Float32Array;
}

/** A share of wrong labels, and where it lies with a chance of 95 %. */
export interface Rate {
  estimate: number;
  low: number;
  high: number;
}

/** What an audit found. */
export interface Audit {
  train: Found;
  /** Of the parts that were not trained on, in the order given. */
  unseen: Found[];
  /** Of the training labels. */
  noiseRate: Rate;
  /** Row: true class, column: given label; rows add up to 1. */
  matrix: NoiseMatrix;
  /** Whether the noise was taken out of the sources; else their own word was likelier. */
  takenOut: boolean;
  /** The share of true classes that the network tells of unseen samples, by its own estimate. */
  accuracy: number;
}

/** With fewer samples to fit to, ways are compared by cross-validation. */
const FEW = 1000;
/** Below this share of true classes told, a network is weak: its own errors look like wrong labels. */
export const WEAK = 0.75;
/** Standard errors by which leaving noise in must be better than taking it out. */
const ERRORS = 2;
/** Labels that a row of the matrix from votes is worth. */
const STRENGTH = 60;
/** Labels that every cell of the first matrix has before any is counted. */
const COUNTED = 0.1;

/**
 * Audits the labels of a run.
 * @param unseen parts that were not trained on: the hold-out first, which all is fitted to; where there is
 * none, the training samples' neighbours stand for it
 */
export function audit(train: Evidence, unseen: readonly Evidence[], classes: number): Audit {
  const parts = [train, ...unseen];
  const prior = sharesOf(train.votes, classes);
  const counted = new Float64Array(classes * classes).fill(COUNTED);
  const votes = noiseMatrix(train.given, train.votes, classes, counted);
  const before = { matrix: votes, strength: STRENGTH };
  const judge = parts.length > 1 ? 1 : 0;
  const { given } = parts[judge]!;
  const read = (sources: LabelSource[][]): Way => {
    const data = { given, sources: sources[judge]! };
    return { sources, data, fit: fitPowers(data, before, classes) };
  };
  const out = read(cleaned(parts, votes, prior));
  // Noise that depends on the sample is told best by what it does to the network: likelier, but no
  // less wrong. Only of a network that knows little the likelihood tells the better reading.
  const isWeak = accuracyOf(pooled(out.data.sources, out.fit.powers, classes), classes) < WEAK;
  const left = isWeak ? read(leftIn(parts, prior)) : null;
  const best = left && isBetter(left, out, before, classes) ? left : out;
  const { matrix } = best.fit;
  const chances = best.sources.map((one) => pooled(one, best.fit.powers, classes));
  const lean = leanOf(parts, chances, matrix, classes);
  const joint = joined(parts, chances, matrix, classes);
  const [found, ...others] = parts.map((part, i) =>
    foundOf(
      part.given,
      joint?.chances[i] ?? chances[i]!,
      matrix,
      classes,
      joint?.isGivenAmong && joint.chances[i] ? 0 : i === 0 ? lean : 1,
    ),
  );
  const accuracy = accuracyOf(joint?.chances[judge] ?? chances[judge]!, classes);
  return {
    train: found!,
    unseen: others,
    noiseRate: rateOf(found!, given.length, accuracy),
    matrix,
    takenOut: best === out,
    accuracy,
  };
}

/** How much training samples lean to their given labels: as the hold-out's share of wrong ones says. */
function leanOf(
  [train, holdout]: readonly Evidence[],
  chances: readonly LabelSource[],
  matrix: NoiseMatrix,
  classes: number,
): number {
  if (!holdout) return 1;
  const { wrong } = foundOf(holdout.given, chances[1]!, matrix, classes, 1);
  return leanFor(meanOf(wrong), train!.given, chances[0]!, matrix, classes);
}

/**
 * What is believed when annotators are heard too; null where there are none.
 * `isGivenAmong`: the given labels are some of theirs, and say nothing beside them.
 */
function joined(
  parts: readonly Evidence[],
  chances: readonly LabelSource[],
  matrix: NoiseMatrix,
  classes: number,
): { chances: (LabelSource | null)[]; isGivenAmong: boolean } | null {
  const annotated = parts.flatMap(({ annotators }, i) =>
    annotators ? [{ i, chances: chances[i]!, labels: annotators }] : [],
  );
  if (annotated.length === 0) return null;
  const heard = withAnnotators(annotated, matrix, classes);
  const at = new Map(annotated.map(({ i }, k) => [i, heard[k]!]));
  return {
    chances: parts.map((_, i) => at.get(i) ?? null),
    isGivenAmong: annotated.every(({ i, labels }) => isAmong(parts[i]!.given, labels)),
  };
}

/** One way to read the evidence, fitted. */
interface Way {
  sources: LabelSource[][];
  data: FitData;
  fit: Fit;
}

/**
 * Whether one way is better than another by more than chance: noise that a network has learned makes
 * given labels likely with the noise left in, too, and only taken out it is told as noise.
 */
function isBetter(one: Way, other: Way, before: Before, classes: number): boolean {
  const [a, b] = [one, other].map(({ data, fit: found }) =>
    data.given.length < FEW
      ? heldOutLikelihoods(data, before, classes)
      : likelihoods(data, found, classes),
  );
  const gains = a!.map((value, i) => value - b![i]!);
  const gain = meanOf(gains);
  const error = Math.sqrt(meanOf(gains.map((value) => (value - gain) ** 2)) / gains.length);
  return gain > ERRORS * error;
}

function foundOf(
  given: Labels,
  chances: LabelSource,
  matrix: NoiseMatrix,
  classes: number,
  lean: number,
): Found {
  const probabilities = trueClassPosterior(given, chances, matrix, classes, lean);
  return { probabilities, wrong: wrongness(given, probabilities, classes) };
}

/** The mean chance of each sample's likeliest class. */
function accuracyOf(chances: Float32Array, classes: number): number {
  let total = 0;
  for (let at = 0; at < chances.length; at += classes) {
    let top = 0;
    for (let c = 0; c < classes; c++) if (chances[at + c]! > top) top = chances[at + c]!;
    total += top;
  }
  return total / Math.max(1, chances.length / classes);
}

/**
 * The stated share of wrong labels. Its interval has two parts: how few labels it was measured on, and a
 * share of what the network itself gets wrong, which looks like wrong labels.
 */
function rateOf({ wrong }: Found, measured: number, accuracy: number): Rate {
  const estimate = meanOf(wrong);
  const spread = 2 * Math.sqrt((estimate * (1 - estimate)) / Math.max(measured, 1));
  const own = 0.1 * (1 - accuracy);
  return {
    estimate,
    low: Math.max(0, estimate - spread - own),
    high: Math.min(1, estimate + spread + own),
  };
}
