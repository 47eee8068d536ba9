/** Turns a log into what the posterior is computed from, by the best that the log has. */
import { byChanges, byTrainingRecord } from './blind.ts';
import type { Constants } from './constants.ts';
import { byHoldout } from './held-curves.ts';
import { byHoldoutRecord } from './held-record.ts';
import type { Known } from './known.ts';
import type { LogPoints } from './posterior.ts';
import type { SampleRecord } from './sample-record.ts';
import type { StoppingSignals } from './signals.ts';

/** Points in log(epoch) that are measured, and where each comes from. */
export interface Measurement {
  measured: LogPoints;
  /** The rows that each point is the mean of: places in `rows`. */
  blocks: number[][];
  /** Rows that have what is measured, and that may be the best. */
  rows: readonly StoppingSignals[];
  /** The best row, by place, where what is measured is not to be smoothed; else the posterior tells. */
  best: number | null;
  method: string;
  /** Whether `y` is an accuracy, so that a loss of it can be told in points. */
  inPoints: boolean;
  /** How the stated confidence is corrected, in log odds: slope and offset. */
  calibration: readonly [number, number];
}

/** @returns null where the log has nothing to judge by, or fewer than two such rows */
export function measureLog(
  rows: readonly StoppingSignals[],
  holdoutCount: number,
  record: SampleRecord | null,
  known: Known,
  constants: Constants,
): Measurement | null {
  const whole = record && record.train.predicted.length === rows.length ? record : null;
  if (rows.length < 2) return null;
  if (whole?.holdout) return byHoldoutRecord(rows, whole, whole.holdout, constants);
  const held = rows.filter((row) => row.holdoutAccuracy !== null);
  if (held.length > 1) return byHoldout(held, holdoutCount, 'accuracy', constants);
  const lost = rows.filter((row) => row.holdoutLoss !== null);
  if (lost.length > 1) return byHoldout(lost, holdoutCount, 'loss', constants);
  if (whole) return byTrainingRecord(rows, whole, known, constants);
  const changed = rows.filter((row) => row.predictionChanges !== null);
  return changed.length > 1 ? byChanges(changed, known, constants) : null;
}
