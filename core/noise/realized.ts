/** What noise did, counted. */
import type { Matrix } from './noise.ts';
import type { Labels } from '../data/labels.ts';

/** Counted over some samples. */
export interface Realized {
  /** `counts[before][given]`: how many samples; every one is in it once. */
  counts: number[][];
  /** Each row of `counts` as shares of it, 0 to 1; zeros for a class without samples. */
  shares: Matrix;
  /** How many labels differ from `before`. */
  wrong: number;
  /** The same as a share of all labels, 0 to 1; 0 where there are none. */
  rate: number;
  /** The same for each class. */
  rates: number[];
}

/**
 * Counts what became of labels.
 * @param truth the true class of each sample, or the label on disk where that is not known
 * @param given the class of each sample as given
 */
export function realized(truth: Labels, given: Labels, classes: number): Realized {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truth.length; i++) counts[truth[i]!]![given[i]!]!++;
  const sums = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const kept = counts.reduce((sum, row, label) => sum + row[label]!, 0);
  const wrong = truth.length - kept;
  return {
    counts,
    shares: counts.map((row, label) => row.map((value) => value / Math.max(1, sums[label]!))),
    wrong,
    rate: wrong / Math.max(1, truth.length),
    rates: counts.map((row, label) => (sums[label]! - row[label]!) / Math.max(1, sums[label]!)),
  };
}
