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
  const scores = new Float64Array(classes);
  for (let at = 0; at < length; at += classes) {
    let top = -Infinity;
    for (let c = 0; c < classes; c++) {
      let score = 0;
      for (let s = 0; s < sources.length; s++) {
        if (powers[s] !== 0) score += powers[s]! * Math.log(sources[s]![at + c]! + LEAST);
      }
      scores[c] = score;
      if (score > top) top = score;
    }
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += scores[c] = Math.exp(scores[c]! - top);
    for (let c = 0; c < classes; c++) out[at + c] = scores[c]! / sum;
  }
  return out;
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
  const factor = lean === 1 ? matrix : matrix.map((value) => Math.max(value, TINY) ** lean);
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
    const wrong = meanOf(
      wrongness(given, trueClassPosterior(given, chances, matrix, classes, middle), classes),
    );
    if (wrong > rate) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
