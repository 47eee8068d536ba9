/** The covariance of the network over the centres: what makes clusters easy or hard to tell apart. */
import { randomNormal } from 'd3-random';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { randomOf } from '../random.ts';
import { SLOPES } from './activations.ts';
import type { TheoryActivation } from './activations.ts';
import { gaussHermite, pairMean } from './quadrature.ts';
import type { Quadrature } from './quadrature.ts';

/** Points of the quadrature, along each of two directions: enough for 1e-11 with softplus and tanh. */
const POINTS = 160;

/**
 * Sigma(C) = (C C^T) o E[phi'(C g) phi'(C g)^T] with g ~ N(0, I) (Li, Soltanolkotabi, Oymak 2019).
 * In closed form for relu (the arc-cosine kernel of order 0, Cho and Saul 2009) and erf; by
 * Gauss-Hermite quadrature for softplus and tanh.
 * @param centres of norm 1
 * @returns K rows of K
 */
export function sigmaOf(
  centres: readonly ArrayLike<number>[],
  activation: TheoryActivation,
): number[][] {
  const rule = activation === 'relu' || activation === 'erf' ? null : gaussHermite(POINTS);
  return symmetric(centres.length, (i, j) => {
    const cosine = i === j ? 1 : dot(centres[i]!, centres[j]!);
    return cosine * slopeMean(activation, centres[i]!, centres[j]!, cosine, rule);
  });
}

/** E phi'(a g) phi'(b g). */
function slopeMean(
  activation: TheoryActivation,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  cosine: number,
  rule: Quadrature | null,
): number {
  if (activation === 'relu') return (Math.PI - angle(a, b)) / (2 * Math.PI);
  // E exp(-u^2 - w^2) = 1 / sqrt(det(I + 2 S)), S being the covariance of u and w.
  if (activation === 'erf') return 4 / Math.PI / Math.sqrt(9 - 4 * cosine ** 2);
  return pairMean(SLOPES[activation], Math.max(-1, Math.min(1, cosine)), rule!);
}

/** The angle of two unit vectors, as exact near 0 and pi as elsewhere, which arccos is not. */
function angle(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let apart = 0;
  let together = 0;
  for (let j = 0; j < a.length; j++) {
    apart += (a[j]! - b[j]!) ** 2;
    together += (a[j]! + b[j]!) ** 2;
  }
  return 2 * Math.atan2(Math.sqrt(apart), Math.sqrt(together));
}

/** Sigma(C) by drawing, and the standard error of each of its entries. */
export interface SampledSigma {
  matrix: number[][];
  error: number[][];
}

/**
 * Sigma(C) as a mean over draws of g, for a check that shares nothing with formula and quadrature.
 * @param draws at least 2
 */
export function drawSigma(
  centres: readonly ArrayLike<number>[],
  activation: TheoryActivation,
  draws: number,
  seed: number,
): SampledSigma {
  const normal = randomNormal.source(randomOf(seed, 'theory/sigma').real)();
  const count = centres.length;
  const sums = new Float64Array(count * count);
  const squares = new Float64Array(count * count);
  const g = new Float64Array(centres[0]!.length);
  for (let draw = 0; draw < draws; draw++) {
    for (let j = 0; j < g.length; j++) g[j] = normal();
    const slopes = centres.map((centre) => SLOPES[activation](dot(centre, g)));
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) {
        const value = slopes[i]! * slopes[j]!;
        sums[i * count + j]! += value;
        squares[i * count + j]! += value * value;
      }
    }
  }
  const entry = (i: number, j: number) => Math.max(i, j) * count + Math.min(i, j);
  const scale = (i: number, j: number) => dot(centres[i]!, centres[j]!);
  const spread = (at: number) =>
    Math.max(0, squares[at]! - sums[at]! ** 2 / draws) / (draws - 1) / draws;
  return {
    matrix: symmetric(count, (i, j) => (scale(i, j) * sums[entry(i, j)]!) / draws),
    error: symmetric(count, (i, j) => Math.abs(scale(i, j)) * Math.sqrt(spread(entry(i, j)))),
  };
}

/** How far a formula or quadrature lies from drawing. */
export interface DrawnCheck {
  draws: number;
  /** The largest standard error of an entry. */
  error: number;
  /** The largest difference of an entry, in its standard errors: 1 to 3 where all is well, 4 to 5 where K is hundreds. */
  apart: number;
}

/** Numbers that a check may draw and multiply: about a second. */
const BUDGET = 4e8;
const MOST_DRAWS = 20_000;

/** Holds Sigma(C) against drawing it, with as many draws as a second allows. */
export function checkSigma(
  centres: readonly ArrayLike<number>[],
  activation: TheoryActivation,
  sigma: readonly number[][],
  seed: number,
): DrawnCheck {
  const cost = centres.length * (centres[0]!.length + centres.length);
  const draws = Math.max(100, Math.min(MOST_DRAWS, Math.floor(BUDGET / cost)));
  const { matrix, error } = drawSigma(centres, activation, draws, seed);
  let apart = 0;
  sigma.forEach((row, i) =>
    row.forEach((entry, j) => {
      const off = Math.abs(entry - matrix[i]![j]!);
      if (error[i]![j]! > 0) apart = Math.max(apart, off / error[i]![j]!);
    }),
  );
  return { draws, error: error.flat().reduce((a, b) => Math.max(a, b), 0), apart };
}

/** The eigenvalues of Sigma(C). */
export interface SigmaSpectrum {
  /** Largest first. */
  eigenvalues: number[];
  /** lambda(C), the smallest one. */
  lambda: number;
  /** The largest over the smallest; infinite where that is not above 0. */
  condition: number;
}

/** Eigenvalues, lambda and condition number of a symmetric matrix. */
export function sigmaSpectrum(sigma: readonly number[][]): SigmaSpectrum {
  const matrix = new Matrix(sigma.map((row) => [...row]));
  const found = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const eigenvalues = [...found.realEigenvalues].sort((a, b) => b - a);
  const lambda = eigenvalues.at(-1)!;
  return { eigenvalues, lambda, condition: lambda > 0 ? eigenvalues[0]! / lambda : Infinity };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

/** A symmetric matrix from its entries on and below the diagonal. */
function symmetric(count: number, entry: (i: number, j: number) => number): number[][] {
  const rows = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) rows[i]![j] = rows[j]![i] = entry(i, j);
  }
  return rows;
}
