/** Labels with noise of a known matrix, and evidence of them, for tests. */
import type { Evidence } from '../../../core/labels/audit.ts';
import { nearestPlain } from './plain.ts';
import { randomOf } from '../../../core/random.ts';
import type { Random } from '../../../core/random.ts';

/** A class drawn with the chances of a row. */
export function drawn(row: ArrayLike<number>, random: Random): number {
  let left = random.real();
  for (let c = 0; c < row.length - 1; c++) if ((left -= row[c]!) < 0) return c;
  return row.length - 1;
}

/** Noise that gives each class the next one with a rate. */
export function pairMatrix(classes: number, rate: number): Float64Array {
  const matrix = new Float64Array(classes * classes);
  for (let c = 0; c < classes; c++) {
    matrix[c * classes + c] = 1 - rate;
    matrix[c * classes + ((c + 1) % classes)] = rate;
  }
  return matrix;
}

/** Made evidence with the truth that it was made from. */
export interface MadeEvidence extends Evidence {
  truth: Uint8Array;
  /** Points of two numbers a sample: a place on a circle, by class, with some spread. */
  points: Float32Array;
}

/**
 * What a good network would say: probabilities in given labels are rows of the matrix, mixed as the chances of
 * the true classes are.
 */
export function madeEvidence(
  samples: number,
  classes: number,
  matrix: Float64Array,
  seed: number,
): MadeEvidence {
  const random = randomOf(seed, 'evidence');
  const truth = new Uint8Array(samples);
  const given = new Uint8Array(samples);
  const probabilities = new Float32Array(samples * classes);
  const votes = new Float32Array(samples * classes);
  const points = new Float32Array(samples * 2);
  for (let i = 0; i < samples; i++) {
    // Chances first, the truth drawn from them: then they are right by construction.
    const chances = new Float64Array(classes);
    const main = random.below(classes);
    const sure = 0.6 + 0.39 * random.real();
    for (let c = 0; c < classes; c++) chances[c] = c === main ? sure : (1 - sure) / (classes - 1);
    truth[i] = drawn(chances, random);
    given[i] = drawn(matrix.subarray(truth[i]! * classes, (truth[i]! + 1) * classes), random);
    for (let c = 0; c < classes; c++) {
      for (let g = 0; g < classes; g++) {
        probabilities[i * classes + g]! += chances[c]! * matrix[c * classes + g]!;
      }
    }
    votes[i * classes + main] = 1;
    const angle = (2 * Math.PI * (main + 0.3 * random.real())) / classes;
    points.set([Math.cos(angle), Math.sin(angle)], 2 * i);
  }
  return { given, truth, probabilities, votes, points, neighbours: null };
}

/** The same, with neighbours among the first. */
export function withNeighbours(of: MadeEvidence, among: MadeEvidence, count: number): MadeEvidence {
  return { ...of, neighbours: nearestPlain(of.points, among.points, 2, of === among, count) };
}
