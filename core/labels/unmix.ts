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
  const scratch = scratchFor(classes);
  const { weights, left, given } = scratch;
  for (let at = 0; at < source.length; at += classes) {
    scratch.lefts = classes;
    scratch.givens = 0;
    for (let c = 0; c < classes; c++) {
      weights[c] = prior[c]!;
      left[c] = c;
      if (source[at + c]! > LEAST_GIVEN) given[scratch.givens++] = c;
    }
    const { givens, columns, told } = scratch;
    for (let i = 0; i < givens; i++) {
      told[i] = source[at + given[i]!]!;
      for (let c = 0; c < classes; c++) columns[c * givens + i] = matrix[c * classes + given[i]!]!;
    }
    for (let round = 0; round < rounds; round++) step(scratch);
    for (let k = 0; k < scratch.lefts; k++) out[at + left[k]!] = weights[left[k]!]!;
  }
  return out;
}

/** Room for the EM of one sample, used for all of them. */
interface Scratch {
  /** The chance of each true class. */
  weights: Float64Array;
  /** True classes that are not ruled out: the first `lefts`. */
  left: Int32Array;
  lefts: number;
  /** Given labels that count: the first `givens`. */
  given: Int32Array;
  givens: number;
  /** Their chances, their columns of the matrix, and by how much more each is there than expected. */
  told: Float32Array;
  columns: Float64Array;
  ratios: Float64Array;
}

const scratchFor = (classes: number): Scratch => ({
  weights: new Float64Array(classes),
  left: new Int32Array(classes),
  lefts: classes,
  given: new Int32Array(classes),
  givens: 0,
  told: new Float32Array(classes),
  columns: new Float64Array(classes * classes),
  ratios: new Float64Array(classes),
});

/** One round of EM on one sample, among the classes and given labels that count. */
function step(scratch: Scratch): void {
  const { weights, left, lefts, givens, told, columns, ratios } = scratch;
  for (let i = 0; i < givens; i++) ratios[i] = 0;
  for (let k = 0; k < lefts; k++) {
    const row = left[k]! * givens;
    const weight = weights[left[k]!]!;
    for (let i = 0; i < givens; i++) ratios[i]! += weight * columns[row + i]!;
  }
  for (let i = 0; i < givens; i++) ratios[i] = told[i]! / Math.max(ratios[i]!, TINY);
  let sum = 0;
  for (let k = 0; k < lefts; k++) {
    const c = left[k]!;
    const row = c * givens;
    let gain = 0;
    for (let i = 0; i < givens; i++) gain += columns[row + i]! * ratios[i]!;
    sum += weights[c]! *= gain;
  }
  const scale = Math.max(sum, TINY);
  scratch.lefts = 0;
  for (let k = 0; k < lefts; k++) {
    const c = left[k]!;
    weights[c]! /= scale;
    if (weights[c]! > LEAST_TRUE) left[scratch.lefts++] = c;
  }
}
