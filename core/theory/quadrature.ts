/** Means over Gaussian numbers by Gauss-Hermite quadrature. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** A rule: E f(g) for g ~ N(0, 1) is about the sum of weights times f(points). */
export interface Quadrature {
  points: Float64Array;
  /** Add up to 1. */
  weights: Float64Array;
}

/**
 * The rule of `count` points: those of the probabilists' Hermite polynomials, as eigenvalues of their
 * recurrence, and squares of the eigenvectors' first entries (Golub, Welsch 1969). Points far out
 * whose weights no sum of doubles would notice are left out.
 */
export function gaussHermite(count: number): Quadrature {
  const recurrence = Matrix.zeros(count, count);
  for (let i = 1; i < count; i++) {
    recurrence.set(i - 1, i, Math.sqrt(i));
    recurrence.set(i, i - 1, Math.sqrt(i));
  }
  const found = new EigenvalueDecomposition(recurrence, { assumeSymmetric: true });
  const weights = found.eigenvectorMatrix.getRow(0).map((entry) => entry ** 2);
  const noticed = (_: number, i: number): boolean => weights[i]! > 1e-19;
  return {
    points: Float64Array.from(found.realEigenvalues.filter(noticed)),
    weights: Float64Array.from(weights.filter(noticed)),
  };
}

/**
 * E f(u) f(w) for Gaussian u, w of mean 0 and variance 1.
 * @param correlation of u and w, -1 to 1
 */
export function pairMean(f: (z: number) => number, correlation: number, rule: Quadrature): number {
  const { points, weights } = rule;
  const rest = Math.sqrt(Math.max(0, 1 - correlation ** 2));
  let sum = 0;
  points.forEach((u, i) => {
    let inner = 0;
    points.forEach((other, j) => (inner += weights[j]! * f(correlation * u + rest * other)));
    sum += weights[i]! * f(u) * inner;
  });
  return sum;
}
