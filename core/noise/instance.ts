import { randomNormal } from 'd3-random';
import { randomOf } from '../random.ts';
import type { Random } from '../random.ts';
import type { NoiseKind } from './noise.ts';
import { amongSeen } from './seen.ts';

/** Deviation of the samples' flip rates. */
const SPREAD = 0.1;

/**
 * Instance-dependent noise (Xia et al. 2020, "Part-dependent label noise"). Each
 * sample x of class y has a flip rate q from N(`noise.rate`, 0.1^2) truncated to [0, 1]; the class
 * it becomes is drawn from softmax(x W_y) over the others, where W_y (features x classes) is
 * standard normal. The W_y come from the seed alone, so training and hold-out share them. At rate 0
 * nothing changes, though the truncated normal alone would change some.
 */
export const instance: NoiseKind = {
  id: 'instance',
  reads: ['rate'],
  ...amongSeen({
    corrupt: ({ labels, classes, part, noise, features }) => {
      const given = labels.slice();
      if (noise.rate === 0 || labels.length === 0) return given;
      const size = features(0).length;
      const random = randomOf(noise.seed, `noise/${part}`);
      const rates = flipRates(labels.length, noise.rate, random);
      const chances = Float64Array.from(labels, () => random.real());
      for (let label = 0; label < classes.length; label++) {
        // One class at a time, for with many classes all projections together would fill the memory.
        const weights = projection(noise.seed, label, size * classes.length);
        for (let i = 0; i < labels.length; i++) {
          if (labels[i] !== label || chances[i]! >= rates[i]!) continue;
          const scores = scoresOf(features(i), weights, classes.length);
          scores[label] = -Infinity;
          given[i] = drawn(scores, chances[i]! / rates[i]!);
        }
      }
      return given;
    },
    asked: () => null,
  }),
};

/** By rejection: what falls outside [0, 1] is drawn again. */
function flipRates(samples: number, rate: number, random: Random): Float64Array {
  const normal = randomNormal.source(random.real)(rate, SPREAD);
  const rates = new Float64Array(samples);
  for (let i = 0; i < samples; i++) {
    let value = normal();
    while (value < 0 || value > 1) value = normal();
    rates[i] = value;
  }
  return rates;
}

function projection(seed: number, label: number, length: number): Float32Array {
  const random = randomOf(seed, 'noise/projection', label);
  return Float32Array.from({ length }, randomNormal.source(random.real)());
}

/** @param weights features x classes */
function scoresOf(x: Float32Array, weights: Float32Array, classes: number): Float64Array {
  const scores = new Float64Array(classes);
  for (let j = 0, at = 0; j < x.length; j++, at += classes) {
    const value = x[j]!;
    for (let c = 0; c < classes; c++) scores[c]! += value * weights[at + c]!;
  }
  return scores;
}

/** A class with the chances softmax(scores). @param chance from 0 up to, not including, 1 */
function drawn(scores: Float64Array, chance: number): number {
  const top = scores.reduce((a, b) => Math.max(a, b));
  const weights = scores.map((score) => Math.exp(score - top));
  let left = chance * weights.reduce((a, b) => a + b, 0);
  let last = 0;
  for (let c = 0; c < weights.length; c++) {
    if (weights[c] === 0) continue;
    last = c;
    left -= weights[c]!;
    if (left < 0) break;
  }
  return last;
}
