/** Which labels are likely wrong, what they should be, and how sure that is. */
import type { Labels } from '../data/labels.ts';
import { fit, heldOutLikelihood } from './fit.ts';
import type { Before, Fit, FitData } from './fit.ts';
import { leanFor, meanOf, pooled, posteriorOf, wrongness } from './model.ts';
import type { Source } from './model.ts';
import { cleaned, leftIn } from './rounds.ts';
import type { PartEvidence } from './rounds.ts';
import type { NoiseMatrix } from './unmix.ts';
import { noiseMatrix, sharesOf } from './votes.ts';

/** What a run says of one part. */
export interface Evidence extends PartEvidence {
  /** The share of epochs that gave each class: samples x classes. */
  votes: Float32Array;
}

/** What is found of one part. */
export interface Found {
  /** The chance of each class to be the true one: samples x classes, rows adding up to 1. */
  beliefs: Float32Array;
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
/** Labels that a row of the matrix from the rounds is worth. */
const STRENGTH = 20;
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
  const out = cleaned(parts, votes, prior);
  const before = { matrix: out.matrix, strength: STRENGTH };
  const judge = parts.length > 1 ? 1 : 0;
  const { given } = parts[judge]!;
  const ways = [out.sources, leftIn(parts, prior)].map((sources) => {
    const data = { given, sources: sources[judge]! };
    return { sources, data, fit: fit(data, before, classes) };
  });
  const [takenOut, left] = ways.map((way) => scoreOf(way, before, classes));
  const best = ways[takenOut! >= left! ? 0 : 1]!;
  const { powers, matrix } = best.fit;
  const chances = best.sources.map((one) => pooled(one, powers, classes));
  const others = unseen.map((part, i) => foundOf(part.given, chances[i + 1]!, matrix, classes, 1));
  const rate = others[0] ? meanOf(others[0].wrong) : null;
  const lean = rate === null ? 1 : leanFor(rate, train.given, chances[0]!, matrix, classes);
  const found = foundOf(train.given, chances[0]!, matrix, classes, lean);
  const accuracy = meanOf(topsOf(chances[judge]!, classes));
  return {
    train: found,
    unseen: others,
    noiseRate: rateOf(found, given.length, accuracy),
    matrix,
    takenOut: best === ways[0],
    accuracy,
  };
}

function scoreOf(
  { data, fit: found }: { data: FitData; fit: Fit },
  before: Before,
  classes: number,
) {
  return data.given.length < FEW ? heldOutLikelihood(data, before, classes) : found.likelihood;
}

function foundOf(
  given: Labels,
  chances: Source,
  matrix: NoiseMatrix,
  classes: number,
  lean: number,
): Found {
  const beliefs = posteriorOf(given, chances, matrix, classes, lean);
  return { beliefs, wrong: wrongness(given, beliefs, classes) };
}

/** The chance of each sample's likeliest class. */
function topsOf(chances: Float32Array, classes: number): Float32Array {
  return Float32Array.from({ length: chances.length / classes }, (_, i) =>
    chances.subarray(i * classes, (i + 1) * classes).reduce((a, b) => Math.max(a, b), 0),
  );
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
