/** Fits the powers of the sources and the noise matrix to samples that were never trained on. */
import type { Labels } from '../data/labels.ts';
import { likelihood, pooled, posteriorOf } from './model.ts';
import type { Source } from './model.ts';
import { noiseMatrix } from './votes.ts';
import type { NoiseMatrix } from './unmix.ts';

/** What was fitted. */
export interface Fit {
  /** One for each source. */
  powers: number[];
  matrix: NoiseMatrix;
  /** Mean log likelihood of the labels that it was fitted to. */
  likelihood: number;
}

const POWERS = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3];
const ROUNDS = 20;

/** The matrix that makes the given labels likeliest, by EM, with a prior of so many labels a class. */
export function fittedMatrix(
  given: Labels,
  chances: Float32Array,
  before: NoiseMatrix,
  classes: number,
  strength: number,
): NoiseMatrix {
  const prior = before.map((value) => value * strength);
  let matrix = before;
  for (let round = 0; round < ROUNDS; round++) {
    matrix = noiseMatrix(given, posteriorOf(given, chances, matrix, classes), classes, prior);
  }
  return matrix;
}

/**
 * The likeliest powers and matrix.
 * @param before the matrix from votes
 */
export function fit(
  given: Labels,
  sources: readonly Source[],
  before: NoiseMatrix,
  classes: number,
  strength: number,
): Fit {
  let best: Fit | null = null;
  for (const first of POWERS) {
    for (const second of sources.length > 1 ? POWERS : [0]) {
      if (first + second === 0) continue;
      const powers = sources.length > 1 ? [first, second] : [first];
      const chances = pooled(sources, powers, classes);
      const matrix = fittedMatrix(given, chances, before, classes, strength);
      const found = likelihood(given, chances, matrix, classes);
      if (!best || found > best.likelihood) best = { powers, matrix, likelihood: found };
    }
  }
  return best!;
}
