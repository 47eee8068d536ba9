/** What a hold-out measures, as a share of which more is better. */
import type { StoppingSignals } from './signals.ts';

/** The losses that classifiers have: within these, they are logarithms of chances. */
const LEAST_LOG_LOSS = 0.02;
const MOST_LOG_LOSS = 5;
/** A chance whose logarithm is larger is none. */
const MOST = 50;

/** @param rows which have the signal */
export function likeAccuracy(rows: readonly StoppingSignals[], by: 'accuracy' | 'loss'): number[] {
  if (by === 'accuracy') return rows.map((row) => row.holdoutAccuracy!);
  const losses = rows.map((row) => row.holdoutLoss!);
  const unit = unitOf(losses);
  // exp(-loss) is the geometric mean of the chances given to the labels, so it is like an accuracy.
  return losses.map((loss) => Math.exp(-Math.min(loss / unit, MOST)));
}

/** What a loss is measured in: errors in pounds or in thousandths are no logarithms of chances. */
function unitOf(losses: readonly number[]): number {
  const sorted = [...losses].sort((a, b) => a - b);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  if (least > MOST_LOG_LOSS) return least;
  return least > 0 && most < LEAST_LOG_LOSS ? sorted[sorted.length >> 1]! : 1;
}
