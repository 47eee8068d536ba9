/** What the epochs of a run vote for, and the noise matrix that the votes speak of. */
import type { Labels } from '../data/labels.ts';
import type { NoiseMatrix } from './unmix.ts';

/** The share of epochs that gave each class to each sample: samples x classes. */
export function votesOfEpochs(
  predicted: readonly Labels[],
  samples: number,
  classes: number,
): Float32Array {
  const votes = new Float32Array(samples * classes);
  for (const said of predicted) {
    for (let i = 0; i < samples; i++) votes[i * classes + said[i]!]! += 1 / predicted.length;
  }
  return votes;
}

/**
 * The noise matrix between what is believed of samples and their given labels.
 * @param probabilities chances of the true classes, samples x classes
 * @param before what is known already, as counts or shares, which are added: classes x classes
 */
export function noiseMatrix(
  given: Labels,
  probabilities: Float32Array,
  classes: number,
  before: Float64Array,
): NoiseMatrix {
  const matrix = before.slice();
  for (let i = 0; i < given.length; i++) {
    const label = given[i]!;
    for (let c = 0; c < classes; c++)
      matrix[c * classes + label]! += probabilities[i * classes + c]!;
  }
  return withUnitRows(matrix, classes);
}

/** Scales rows to add up to 1; one of nothing keeps its labels. */
export function withUnitRows(matrix: Float64Array, classes: number): NoiseMatrix {
  for (let c = 0; c < classes; c++) {
    const row = matrix.subarray(c * classes, (c + 1) * classes);
    const sum = row.reduce((a, b) => a + b, 0);
    if (sum > 0) row.forEach((value, g) => (row[g] = value / sum));
    else row[c] = 1;
  }
  return matrix;
}

/** The share of each class, of which every one keeps a little: classes numbers adding up to 1. */
export function sharesOf(probabilities: Float32Array, classes: number): Float64Array {
  const shares = new Float64Array(classes).fill(0.5);
  for (let at = 0; at < probabilities.length; at += classes) {
    for (let c = 0; c < classes; c++) shares[c]! += probabilities[at + c]!;
  }
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}
