/**
 * What is believed of a sample's true class: its sources of evidence, multiplied with a power each (a
 * temperature), and the label that it was given, seen through the noise matrix.
 */
import type { Labels } from '../data/labels.ts';
import { TINY } from './unmix.ts';
import type { NoiseMatrix } from './unmix.ts';

/** Chances of the true classes from one kind of evidence: samples x classes. */
export type LabelSource = Float32Array;

/** The product of sources, each to its power: samples x classes, rows adding up to 1. */
export function pooled(
  sources: readonly LabelSource[],
  powers: readonly number[],
  classes: number,
): Float32Array {
  const length = sources[0]!.length;
  const out = new Float32Array(length);
  const used = sources.flatMap((source, s) =>
    powers[s] === 0 ? [] : [{ source, power: powers[s]! }],
  );
  const scores = new Float64Array(classes);
  for (let at = 0; at < length; at += classes) {
    scores.fill(0);
    for (const { source, power } of used) {
      for (let c = 0; c < classes; c++) scores[c]! += power * Math.log(source[at + c]! + LEAST);
    }
    toChances(scores, out, at);
  }
  return out;
}

/** The logarithms of a source, which products of several powers are made of. */
export const logarithms = (source: LabelSource): Float64Array =>
  Float64Array.from(source, (chance) => Math.log(chance + LEAST));

/** The same product, of logarithms. */
export function pooledLogarithms(
  logs: readonly Float64Array[],
  powers: readonly number[],
  classes: number,
): Float32Array {
  const length = logs[0]!.length;
  const out = new Float32Array(length);
  const used = logs.flatMap((log, s) => (powers[s] === 0 ? [] : [{ log, power: powers[s]! }]));
  const scores = new Float64Array(classes);
  for (let at = 0; at < length; at += classes) {
    scores.fill(0);
    for (const { log, power } of used) {
      for (let c = 0; c < classes; c++) scores[c]! += power * log[at + c]!;
    }
    toChances(scores, out, at);
  }
  return out;
}

/** Writes a row of chances that logarithms speak of. */
function toChances(scores: Float64Array, out: Float32Array, at: number): void {
  let top = -Infinity;
  for (let c = 0; c < scores.length; c++) if (scores[c]! > top) top = scores[c]!;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) sum += scores[c] = Math.exp(scores[c]! - top);
  for (let c = 0; c < scores.length; c++) out[at + c] = scores[c]! / sum;
}

/** No class is ruled out by a source alone. */
const LEAST = 1e-4;

/**
 * The chance of each true class, the given label known.
 * @param lean power of the given label's evidence; 1 where the sources do not know it yet
 */
export function trueClassPosterior(
  given: Labels,
  chances: Float32Array,
  matrix: NoiseMatrix,
  classes: number,
  lean = 1,
): Float32Array {
  const out = new Float32Array(chances.length);
  const factor = withLean(matrix, lean);
  for (let i = 0; i < given.length; i++) {
    const at = i * classes;
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      sum += out[at + c] = chances[at + c]! * factor[c * classes + given[i]!]!;
    }
    if (sum > 0) for (let c = 0; c < classes; c++) out[at + c]! /= sum;
    else for (let c = 0; c < classes; c++) out[at + c] = chances[at + c]!;
  }
  return out;
}

/** The log likelihood of each given label. */
export function labelLikelihoods(
  given: Labels,
  chances: Float32Array,
  matrix: NoiseMatrix,
  classes: number,
): Float64Array {
  return Float64Array.from(given, (label, i) => {
    let chance = 0;
    for (let c = 0; c < classes; c++) {
      chance += chances[i * classes + c]! * matrix[c * classes + label]!;
    }
    return Math.log(Math.max(chance, TINY));
  });
}

/** The chance that each given label is wrong. */
export function wrongness(given: Labels, posterior: Float32Array, classes: number): Float32Array {
  return Float32Array.from(given, (label, i) => 1 - posterior[i * classes + label]!);
}

/** The arithmetic mean. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length > 0 ? sum / values.length : 0;
}

/**
 * How much training samples lean to their given label, so that their share of wrong labels is the one
 * that samples show which were never trained on.
 */
export function leanFor(
  rate: number,
  given: Labels,
  chances: Float32Array,
  matrix: NoiseMatrix,
  classes: number,
): number {
  let [low, high] = [-1, 4];
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (meanWrongness(given, chances, withLean(matrix, middle), classes) > rate) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The mean of `wrongness` of what `trueClassPosterior` believes, in one pass and no memory. */
function meanWrongness(
  given: Labels,
  chances: Float32Array,
  factor: NoiseMatrix,
  classes: number,
): number {
  let total = 0;
  for (let i = 0; i < given.length; i++) {
    const at = i * classes;
    const label = given[i]!;
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += chances[at + c]! * factor[c * classes + label]!;
    const own = chances[at + label]!;
    const believed = sum > 0 ? Math.fround(own * factor[label * classes + label]!) / sum : own;
    total += Math.fround(1 - Math.fround(believed));
  }
  return total / Math.max(1, given.length);
}

/** The matrix whose evidence has a power. */
const withLean = (matrix: NoiseMatrix, lean: number): NoiseMatrix =>
  lean === 1 ? matrix : matrix.map((value) => Math.max(value, TINY) ** lean);
