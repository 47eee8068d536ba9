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
