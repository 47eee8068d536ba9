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
/** Given labels of a smaller chance than the first, and true ones than the second, are left out. */
const LEAST_GIVEN = 1e-5;
const LEAST_TRUE = 1e-9;

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
  const all = Array.from({ length: classes }, (_, c) => c);
  for (let at = 0; at < source.length; at += classes) {
    for (let c = 0; c < classes; c++) weights[c] = prior[c]!;
    const given = all.filter((g) => source[at + g]! > LEAST_GIVEN);
    let classesLeft = all;
    for (let round = 0; round < rounds; round++) {
      step(weights, classesLeft, given, source, at, matrix);
      classesLeft = classesLeft.filter((c) => weights[c]! > LEAST_TRUE);
    }
    for (const c of classesLeft) out[at + c] = weights[c]!;
  }
  return out;
}

/** One round of EM on one sample, among the classes and given labels that count. */
function step(
  weights: Float64Array,
  classesLeft: readonly number[],
  given: readonly number[],
  source: Float32Array,
  at: number,
  matrix: NoiseMatrix,
): void {
  const classes = weights.length;
  const ratios = given.map((g) => {
    let expected = 0;
    for (const c of classesLeft) expected += weights[c]! * matrix[c * classes + g]!;
    return source[at + g]! / Math.max(expected, TINY);
  });
  let sum = 0;
  for (const c of classesLeft) {
    let gain = 0;
    for (let i = 0; i < given.length; i++) gain += matrix[c * classes + given[i]!]! * ratios[i]!;
    sum += weights[c]! *= gain;
  }
  for (const c of classesLeft) weights[c]! /= Math.max(sum, TINY);
}
