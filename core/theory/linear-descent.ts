/**
 * Gradient descent on a linear model whose features have several scales, in closed form: the simplest place
 * where test error falls, rises and falls again (Heckel, Yilmaz 2021; Pezeshki et al. 2022).
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { randomNormal } from 'd3-random';
import { randomOf } from '../random.ts';

/** Features of one scale. */
export interface FeatureGroup {
  count: number;
  /** Standard deviation of each. */
  scale: number;
  /** Its share of the variance of what decides the true label; those of all add up to 1. */
  signal: number;
}

/** Samples with Gaussian features, and labels of which some are wrong. */
export interface LinearData {
  /** Samples x features. */
  inputs: Matrix;
  /** Standard deviation of each feature. */
  scales: Float64Array;
  /** The true label of x is the sign of <theta, x>. */
  theta: Float64Array;
  /** -1 or 1. */
  truth: Int8Array;
  given: Int8Array;
  /** Where gradient descent begins: its output has variance 1. */
  start: Float64Array;
}

/**
 * Draws data.
 * @param rate the chance that a label is turned round, 0 to 1; which are is the same at every other field
 */
export function linearData(
  groups: readonly FeatureGroup[],
  samples: number,
  rate: number,
  seed: number,
): LinearData {
  const random = randomOf(seed, 'theory/linear-descent');
  const normal = randomNormal.source(random.real)();
  const scales = Float64Array.from(
    groups.flatMap(({ count, scale }) => new Array<number>(count).fill(scale)),
  );
  const theta = Float64Array.from(groups.flatMap((group) => directionOf(group, normal)));
  const total = Math.sqrt(scales.reduce((sum, scale) => sum + scale ** 2, 0));
  const start = scales.map(() => normal() / total);
  const rows = Array.from({ length: samples }, () =>
    Array.from(scales, (scale) => scale * normal()),
  );
  const truth = Int8Array.from(rows, (row) => (dot(row, theta) > 0 ? 1 : -1));
  const chances = Array.from({ length: samples }, () => random.real());
  const given = truth.map((label, i) => (chances[i]! < rate ? -label : label));
  return { inputs: new Matrix(rows), scales, theta, truth, given, start };
}

/** Weights of a group, in a direction at random, whose part of the output has variance `signal`. */
function directionOf({ count, scale, signal }: FeatureGroup, normal: () => number): number[] {
  const drawn = Array.from({ length: count }, normal);
  const norm = Math.hypot(...drawn);
  return drawn.map((value) => (value / norm) * (Math.sqrt(signal) / scale));
}

/** Where gradient descent is after some iterations. */
export interface LinearMoment {
  iteration: number;
  /** The chance that a new sample is classified wrongly, 0 to 1: exact, no test set is drawn. */
  test: number;
  /** Shares of training samples classified otherwise than their true and their given label. */
  trainTrue: number;
  trainGiven: number;
}

/**
 * Gradient descent on the mean of (<w, x> - y)^2 / 2 at a tenth of the largest rate that cannot
 * overshoot, by the eigenvectors of X^T X / n, so that any iteration costs the same.
 */
export function linearDescent(data: LinearData, iterations: readonly number[]): LinearMoment[] {
  const { inputs, given, truth, start } = data;
  const turned = inputs.transpose();
  const samples = inputs.rows;
  const covariance = turned.mmul(inputs).div(samples);
  const found = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const vectors = found.eigenvectorMatrix;
  const along = (x: ArrayLike<number>) =>
    vectors
      .transpose()
      .mmul(Matrix.columnVector(Array.from(x)))
      .to1DArray();
  const values = found.realEigenvalues.map((value) => Math.max(0, value));
  const rate = 0.1 / Math.max(...values);
  const target = along(
    turned
      .mmul(Matrix.columnVector(Array.from(given)))
      .div(samples)
      .to1DArray(),
  );
  const begin = along(start);
  return iterations.map((iteration) => {
    const parts = values.map((value, i) => {
      const left = (1 - rate * value) ** iteration;
      // What is not seen in any sample stays as it began.
      const learned = value > 1e-12 ? (1 - left) / value : rate * iteration;
      return target[i]! * learned + begin[i]! * left;
    });
    const weights = vectors.mmul(Matrix.columnVector(parts)).to1DArray();
    const outputs = inputs.mmul(Matrix.columnVector(weights)).to1DArray();
    const wrongBy = (labels: Int8Array) =>
      outputs.filter((output, i) => output * labels[i]! <= 0).length / samples;
    return {
      iteration,
      test: errorOf(weights, data),
      trainTrue: wrongBy(truth),
      trainGiven: wrongBy(given),
    };
  });
}

/**
 * The chance that sign <w, x> is not sign <theta, x>, for Gaussian x: the angle between both, in the
 * metric of the features' variances, over pi.
 */
export function errorOf(
  weights: ArrayLike<number>,
  { scales, theta }: Pick<LinearData, 'scales' | 'theta'>,
): number {
  const scaled = (x: ArrayLike<number>) => scales.map((scale, i) => scale * x[i]!);
  const [a, b] = [scaled(weights), scaled(theta)];
  const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  return Math.acos(Math.min(1, Math.max(-1, cosine))) / Math.PI;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
