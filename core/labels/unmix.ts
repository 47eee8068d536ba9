/**
 * Takes label noise out of a distribution over given labels.
 *
 * What a network or neighbours say of a sample is a mixture of the rows of the noise matrix, weighed by
 * the chance of each true class. Those weights are found by EM for a mixture whose parts are known
 * (Richardson 1972, Lucy 1974), which needs no inverse and stays among chances.
 */

/** Row: true class, column: given label; rows add up to 1: classes x classes. */
export type NoiseMatrix = Float64Array;

/** Rounds of EM for a sample. Many more would make sharp what is not known so sharply. */
const ROUNDS = 20;
/** Keeps logarithms and quotients finite. */
export const TINY = 1e-12;

/**
 * The chance of each true class.
 * @param source chances of the given labels, samples x classes
 * @param prior the share of each true class, from which EM begins
 * @returns samples x classes, rows adding up to 1
 */
export function unmixed(
  source: Float32Array,
  matrix: NoiseMatrix,
  prior: ArrayLike<number>,
  rounds = ROUNDS,
): Float32Array {
  const classes = prior.length;
  const out = new Float32Array(source.length);
  const weights = new Float64Array(classes);
  const ratio = new Float64Array(classes);
  for (let at = 0; at < source.length; at += classes) {
    for (let c = 0; c < classes; c++) weights[c] = prior[c]!;
    for (let round = 0; round < rounds; round++) {
      for (let g = 0; g < classes; g++) {
        let expected = 0;
        for (let c = 0; c < classes; c++) expected += weights[c]! * matrix[c * classes + g]!;
        ratio[g] = source[at + g]! / Math.max(expected, TINY);
      }
      let sum = 0;
      for (let c = 0; c < classes; c++) {
        let gain = 0;
        for (let g = 0; g < classes; g++) gain += matrix[c * classes + g]! * ratio[g]!;
        sum += weights[c]! *= gain;
      }
      for (let c = 0; c < classes; c++) weights[c]! /= Math.max(sum, TINY);
    }
    for (let c = 0; c < classes; c++) out[at + c] = weights[c]!;
  }
  return out;
}
