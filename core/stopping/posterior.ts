/**
 * A Gaussian process over epochs: what accuracy may have been, given what was measured and how
 * uncertain that is (Rasmussen, Williams 2006, chapters 2 and 5). Accuracy is a smooth curve over
 * log(epoch), plus zigzags of its own that are as real as the curve, plus a share of what other
 * signals do. How smooth and how jagged is not known, so every pair is weighed by its likelihood.
 */
import { factor, logDeterminant, solveLower, solveUpper } from './cholesky.ts';
import type { Square } from './cholesky.ts';

/** What was measured at each point of a log. */
export interface LogPoints {
  /** log(epoch), rising. */
  x: number[];
  /** The measured accuracy, or what stands for it; 0 to 1. */
  y: number[];
  /** Covariance of the error of `y`: points x points. */
  error: Square;
  /** How much larger or smaller the error's deviation may be: each is tried. */
  doubts: readonly number[];
  /** How far the smooth curve may rise and fall: each is tried. */
  heights: readonly number[];
  /** Standard deviation of zigzags: each size is tried, times what it is at each point. */
  zigzags: { sizes: readonly number[]; at: number[] };
  /** Other signals, each with a value at every point, its expected share in accuracy and that share's deviation. */
  signals: { values: number[]; share: number; deviation: number }[];
}

/** What accuracy may be at each point, and beyond the last one. */
export interface Posterior {
  mean: number[];
  /** Draws of the whole curve from the posterior. */
  draws: Float64Array[];
  /** As many draws of the curve's best at the epochs to come. */
  ahead: Float64Array;
}

/** An error that is as large as it is said to be. */
export const SURE: readonly number[] = [1];

const LENGTHS = [0.3, 0.8];
/** Accuracy as a whole may lie anywhere. */
const LEVEL = 0.3;
/** Points to come, in log(epoch) beyond the last. */
const AHEAD = [0.1, 0.25, 0.4];
/** Explanations that share less than this, and less than half of the likeliest one, are not drawn from. */
const LEAST_SHARE = 0.05;
/** Keeps a matrix positive definite in spite of rounding. */
const JITTER = 1e-7;

/** How smooth and how jagged: one way to explain what was measured. */
interface Sizes {
  height: number;
  length: number;
  zigzag: number;
  doubt: number;
}

interface Explanation extends Sizes {
  /** Its share of the likelihood. */
  weight: number;
  /** Covariance of all points, those to come at their end, before anything was measured. */
  kernel: Square;
  /** The factor of the covariance of what was measured. */
  lower: Square;
  /** That covariance's inverse times the measured less the expected. */
  solved: Float64Array;
}

/**
 * @param random standard normal numbers
 * @param draws how many curves to draw
 */
export function posteriorOf(measured: LogPoints, random: () => number, draws: number): Posterior {
  const { y, signals, x } = measured;
  const expected = y.map((_, i) =>
    signals.reduce((sum, { values, share }) => sum + share * values[i]!, 0),
  );
  const offset = y.reduce((sum, value, i) => sum + value - expected[i]!, 0) / y.length;
  const level = expected.map((value) => value + offset);
  const all = [...x, ...AHEAD.map((step) => x.at(-1)! + step)];
  const explanations = explain(measured, level, all);
  const mean = level.slice();
  for (const explanation of explanations) {
    for (let i = 0; i < mean.length; i++) {
      let moved = 0;
      for (let j = 0; j < mean.length; j++) {
        moved += explanation.kernel[i * all.length + j]! * explanation.solved[j]!;
      }
      mean[i]! += explanation.weight * moved;
    }
  }
  const drawn: Float64Array[] = [];
  const top = Math.max(...explanations.map(({ weight }) => weight));
  const least = Math.min(LEAST_SHARE, top / 2);
  const likely = explanations.filter(({ weight }) => weight >= least);
  const total = likely.reduce((sum, { weight }) => sum + weight, 0);
  for (const explanation of likely) {
    const count = Math.round((draws * explanation.weight) / total);
    drawn.push(...curves(level, explanation, count, random));
  }
  return {
    mean,
    draws: drawn.map((curve) => curve.subarray(0, x.length)),
    ahead: Float64Array.from(drawn, (curve) => Math.max(...curve.subarray(x.length))),
  };
}

/** Every way to explain what was measured. */
const sizesOf = ({ heights, zigzags, doubts }: LogPoints): Sizes[] =>
  heights.flatMap((height) =>
    LENGTHS.flatMap((length) =>
      zigzags.sizes.flatMap((zigzag) => doubts.map((doubt) => ({ height, length, zigzag, doubt }))),
    ),
  );

/** Every explanation with its share of the likelihood. */
function explain(
  measured: LogPoints,
  level: readonly number[],
  all: readonly number[],
): Explanation[] {
  const plain = plainKernel(measured, all);
  const { x, y, error } = measured;
  const points = x.length;
  const found = sizesOf(measured).map((sizes) => {
    const kernel = kernelOf(measured, sizes, plain, all);
    const lower = new Float64Array(points * points);
    for (let i = 0; i < points; i++) {
      for (let j = 0; j <= i; j++) {
        const doubted = sizes.doubt ** 2 * error[i * points + j]!;
        lower[i * points + j] = kernel[i * all.length + j]! + doubted;
      }
      lower[i * points + i]! += JITTER;
    }
    factor(lower, points);
    const solved = Float64Array.from(y, (value, i) => value - level[i]!);
    solveLower(lower, points, solved);
    const fit = solved.reduce((sum, value) => sum + value * value, 0);
    solveUpper(lower, points, solved);
    const logLikelihood = -0.5 * (fit + logDeterminant(lower, points));
    return { ...sizes, kernel, lower, solved, logLikelihood };
  });
  const top = Math.max(...found.map(({ logLikelihood }) => logLikelihood));
  const weights = found.map(({ logLikelihood }) => Math.exp(logLikelihood - top));
  const sum = weights.reduce((a, b) => a + b, 0);
  return found.map((explanation, i) => ({ ...explanation, weight: weights[i]! / sum }));
}

/** The part of the covariance that no size changes: the level's and the signals'. */
function plainKernel({ signals }: LogPoints, all: readonly number[]): Square {
  const kernel = new Float64Array(all.length ** 2).fill(LEVEL ** 2);
  for (const { values, deviation } of signals) {
    const at = beyond(values, all.length);
    for (let i = 0; i < all.length; i++) {
      const scaled = deviation ** 2 * at[i]!;
      for (let j = 0; j < all.length; j++) kernel[i * all.length + j]! += scaled * at[j]!;
    }
  }
  return kernel;
}

/** Covariance among the measured points and those to come, before anything was measured. */
function kernelOf(
  { zigzags }: LogPoints,
  { height, length, zigzag }: Sizes,
  plain: Square,
  all: readonly number[],
): Square {
  const size = all.length;
  const kernel = plain.slice();
  const jagged = beyond(zigzags.at, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const d = (all[i]! - all[j]!) / length;
      const smooth = height ** 2 * Math.exp(-0.5 * d * d);
      kernel[i * size + j]! += smooth;
      if (i !== j) kernel[j * size + i]! += smooth;
    }
    kernel[i * size + i]! += (zigzag * jagged[i]!) ** 2;
  }
  return kernel;
}

/** Beyond the log a signal is expected to stay where it was. */
const beyond = (values: readonly number[], length: number): number[] =>
  Array.from({ length }, (_, i) => values[Math.min(i, values.length - 1)]!);

/** Curves drawn from one explanation, points to come at their end. */
function curves(
  level: readonly number[],
  { kernel, lower, solved }: Explanation,
  count: number,
  random: () => number,
): Float64Array[] {
  if (count === 0) return [];
  const points = level.length;
  const size = Math.sqrt(kernel.length);
  const mean = new Float64Array(size);
  const told: Float64Array[] = [];
  for (let i = 0; i < size; i++) {
    const row = kernel.slice(i * size, i * size + points);
    mean[i] = level[Math.min(i, points - 1)]!;
    for (let j = 0; j < points; j++) mean[i]! += row[j]! * solved[j]!;
    solveLower(lower, points, row);
    told.push(row);
  }
  const root = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = kernel[i * size + j]!;
      for (let k = 0; k < points; k++) sum -= told[i]![k]! * told[j]![k]!;
      root[i * size + j] = sum;
    }
    root[i * size + i]! += JITTER;
  }
  if (!factor(root, size)) return [];
  const normal = new Float64Array(size);
  return Array.from({ length: count }, () => {
    for (let i = 0; i < size; i++) normal[i] = random();
    return mean.map((value, i) => {
      let sum = value;
      for (let j = 0; j <= i; j++) sum += root[i * size + j]! * normal[j]!;
      return sum;
    });
  });
}
