/**
 * Cholesky factors of small dense matrices, row by row in flat arrays. A verdict factors some twenty
 * of them after every epoch; with a matrix library's objects that took ten times as long.
 */

/** A square matrix, row after row. */
export type Square = Float64Array;

/**
 * Replaces the lower triangle of a symmetric positive definite matrix by its Cholesky factor L,
 * with L L^T the matrix. What is above the diagonal is left.
 * @returns whether the matrix was positive definite
 */
export function factor(matrix: Square, size: number): boolean {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!;
      if (i === j) {
        if (!(sum > 0)) return false;
        matrix[i * size + i] = Math.sqrt(sum);
      } else {
        matrix[i * size + j] = sum / matrix[j * size + j]!;
      }
    }
  }
  return true;
}

/** Solves L z = b in place of `b`. */
export function solveLower(lower: Square, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * b[k]!;
    b[i] = sum / lower[i * size + i]!;
  }
}

/** Solves L^T z = b in place of `b`. */
export function solveUpper(lower: Square, size: number, b: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * b[k]!;
    b[i] = sum / lower[i * size + i]!;
  }
}

/** Twice the sum of the logarithms of the diagonal: the logarithm of the matrix's determinant. */
export function logDeterminant(lower: Square, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.log(lower[i * size + i]!);
  return 2 * sum;
}
