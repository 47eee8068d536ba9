/** What curves do beside their trend, in log(epoch). */
import { logEpochs } from './blocks.ts';
import type { StoppingSignals } from './signals.ts';
import { smooth } from './smooth.ts';

/** Width of the smoothing that zigzags are told by, in log(epoch). */
export const BANDWIDTH = 0.2;
/** The same, for prediction changes. */
const CHANGES_BANDWIDTH = 0.25;
/** Added to prediction changes, so that the last few of a training that is over are not taken for calm. */
const FEW = 2;

/** What training accuracy does beyond its trend, 0 to 1; zero where it is not known. */
export function zigzags(rows: readonly StoppingSignals[]): number[] {
  if (rows.some((row) => row.trainAccuracy === null)) return rows.map(() => 0);
  const accuracy = rows.map((row) => row.trainAccuracy!);
  const trend = smooth(logEpochs(rows), accuracy, BANDWIDTH);
  return accuracy.map((value, i) => value - trend[i]!);
}

/** The trend of log(prediction changes). @param rows which have them */
export function changesTrend(rows: readonly StoppingSignals[]): number[] {
  const logs = rows.map((row) => Math.log(row.predictionChanges! + FEW));
  return smooth(logEpochs(rows), logs, CHANGES_BANDWIDTH);
}

/** Keeps the logarithm of a loss that vanishes finite. */
const LEAST_LOSS = 0.05;

/**
 * How far a hold-out's loss, smoothed, is above its least: minus the log of their ratio.
 * @param most a loss farther above is as bad as this
 * @returns null where a row has no loss, or one below zero
 */
export function lossFall(rows: readonly StoppingSignals[], most: number): number[] | null {
  if (rows.some((row) => row.holdoutLoss === null || row.holdoutLoss < 0)) return null;
  const losses = rows.map((row) => row.holdoutLoss!);
  const trend = smooth(logEpochs(rows), losses, BANDWIDTH).map((loss) => Math.max(loss, 0));
  const least = Math.min(...trend);
  return trend.map((loss) => -Math.min(Math.log((loss + LEAST_LOSS) / (least + LEAST_LOSS)), most));
}
