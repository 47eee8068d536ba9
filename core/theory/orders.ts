/**
 * What the theorems state, as orders: how things grow. Factors that the paper does not track are left out,
 * so that an order is compared between runs and never with one number. The statements are given from
 * memory of Li, Soltanolkotabi, Oymak (2019), Theorems 1 and 2: its full text was not at hand.
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Constants } from './constants.ts';

/** What the orders are made of besides the constants. */
export interface OrderParts {
  /** lambda(C), the least eigenvalue of Sigma(C). */
  lambda: number;
  /** ||C||, the spectral norm of the centres. */
  norm: number;
  /** eta n: the learning rate of the mean of half squares; the paper's, `paperRate`, if not given. */
  rate?: number;
}

/** Orders of Li, Soltanolkotabi, Oymak (2019); null where there is none, as for a singular Sigma(C). */
export interface Orders {
  /** Theorem 1: the width that is enough, ||C||^4 K^2 / lambda(C)^4. */
  width: number | null;
  /** Theorem 1: the largest eps0 that is small enough, delta lambda(C)^2 / K^2. */
  eps0: number | null;
  /**
   * Theorem 1: iterations until the true labels are learned, K / (eta n lambda(C)) log(1 / rho), which is
   * ||C||^2 / lambda(C) log(1 / rho) at the paper's rate; null where rho is 0 or 1.
   */
  iterations: number | null;
  /** Theorem 1: the distance until then, sqrt(K / lambda(C)), before what drifts with eps0. */
  distance: number | null;
  /** Theorem 1: what the distance drifts by beyond that, K eps0 / ||C||^2 for each iteration. */
  drift: number;
  /** Theorem 2: the distance at which a wrong label can be fitted exactly, delta / eps0 at least. */
  wrongDistance: number | null;
}

/** The paper's learning rate of the mean of half squares: eta n = K / ||C||^2. */
export const paperRate = (clusters: number, norm: number): number => clusters / norm ** 2;

/** The orders for measured constants. */
export function ordersOf(
  { clusters, delta, eps0, rho }: Pick<Constants, 'clusters' | 'delta' | 'eps0' | 'rho'>,
  { lambda, norm, rate = paperRate(clusters, norm) }: OrderParts,
): Orders {
  const regular = lambda > 0;
  return {
    width: regular ? (norm ** 4 * clusters ** 2) / lambda ** 4 : null,
    eps0: regular ? (delta * lambda ** 2) / clusters ** 2 : null,
    iterations:
      regular && rho > 0 && rho < 1 ? (clusters / (rate * lambda)) * Math.log(1 / rho) : null,
    distance: regular ? Math.sqrt(clusters / lambda) : null,
    drift: (clusters * eps0) / norm ** 2,
    wrongDistance: eps0 > 0 ? delta / eps0 : null,
  };
}

/** ||C||, the largest singular value of the centres. @param centres one or more, of one length */
export function spectralNorm(centres: readonly ArrayLike<number>[]): number {
  const products = centres.map((a) => centres.map((b) => dot(a, b)));
  const found = new EigenvalueDecomposition(new Matrix(products), { assumeSymmetric: true });
  return Math.sqrt(Math.max(...found.realEigenvalues));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
