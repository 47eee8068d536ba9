/** How a hold-out's curve ends, beside the recommended epoch: sentences must agree with it. */
import { median } from 'd3-array';
import { likeAccuracy } from './like-accuracy.ts';
import type { StoppingSignals } from './signals.ts';

/**
 * `level`: the last epoch is no worse than its fluctuations allow. `lower`: the last one is worse, as one
 * among many zigzags may be. `declined`: the last few are, and so is not chance.
 */
export type Ending = 'level' | 'lower' | 'declined';

/** Rows at the end and around the recommended one that are compared. */
const WINDOW = 5;
/** A smaller fall is none, in what is measured like accuracy. */
const LEAST_FALL = 0.005;
/** The same of one row, which is one draw. */
const LEAST_DROP = 0.01;
/** So many standard deviations are no chance. */
const CLEAR = 2;
/** A hold-out's loss that rose by this share, beside an accuracy that fell. */
const RISE = 0.1;
/** The median of differences of neighbours is so many standard deviations. */
const MEDIAN = 0.954;

/** @param rows after epoch 0. @param epoch the recommended one */
export function endingOf(rows: readonly StoppingSignals[], epoch: number): Ending {
  const by = rows.some((row) => row.holdoutAccuracy !== null) ? 'accuracy' : 'loss';
  const held = rows.filter(
    (row) => (by === 'accuracy' ? row.holdoutAccuracy : row.holdoutLoss) !== null,
  );
  const at = held.findIndex((row) => row.epoch === epoch);
  const after = held.length - 1 - at;
  if (at < 0 || after === 0) return 'level';
  const curve = likeAccuracy(held, by);
  const around = curve.slice(Math.max(0, at - 2), at + 3);
  const end = curve.slice(-Math.min(WINDOW, after));
  const deviation = deviationOf(curve, at);
  // A step of the learning rate may lie within a window: the median is on one side of it.
  const fall = median(around)! - median(end)!;
  const error = deviation * Math.sqrt(1 / around.length + 1 / end.length);
  const drop = curve[at]! - curve.at(-1)!;
  const isFallen = fall > LEAST_FALL;
  const hasRisen = by === 'accuracy' && lossRose(held, at);
  if (isFallen && (fall > CLEAR * error || hasRisen)) return 'declined';
  const isLower = drop > Math.max(LEAST_DROP, CLEAR * deviation);
  return isLower || (drop > LEAST_FALL && by === 'accuracy' && lastRose(held, at))
    ? 'lower'
    : 'level';
}

/** The standard deviation of zigzags, by the differences of neighbours since a row, or in the later half. */
function deviationOf(curve: readonly number[], at: number): number {
  const half = Math.floor(curve.length / 2);
  const late = curve.slice(curve.length - at > 2 * WINDOW ? at : Math.min(at, half));
  const steps = late.slice(1).map((value, i) => Math.abs(value - late[i]!));
  return (median(steps) ?? 0) / MEDIAN;
}

/** Whether the last loss is clearly above that of a row. */
function lastRose(rows: readonly StoppingSignals[], at: number): boolean {
  const [here, last] = [rows[at]!.holdoutLoss, rows.at(-1)!.holdoutLoss];
  return here !== null && last !== null && here > 0 && last >= (1 + RISE) * here;
}

/** Whether the loss of the last few is clearly above that around a row. */
function lossRose(rows: readonly StoppingSignals[], at: number): boolean {
  const lossesOf = (some: readonly StoppingSignals[]) =>
    some.flatMap(({ holdoutLoss }) => holdoutLoss ?? []);
  const around = lossesOf(rows.slice(Math.max(0, at - 2), at + 3));
  const end = lossesOf(rows.slice(-Math.min(WINDOW, rows.length - 1 - at)));
  const [before, after] = [median(around), median(end)];
  return before !== undefined && before > 0 && after !== undefined && after >= (1 + RISE) * before;
}
