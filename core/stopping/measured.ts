/** Turns a log into what the posterior is computed from, by the best that the log has. */
import { byChanges, byTrainingRecord } from './blind.ts';
import type { StoppingConstants } from './constants.ts';
import { byHoldout } from './held-curves.ts';
import { byHoldoutRecord } from './held-record.ts';
import type { Given, Measurement } from './measurement.ts';

import type { SampleRecord } from './sample-record.ts';
import type { StoppingSignals } from './signals.ts';

/** @returns null where the log has nothing to judge by, or fewer than two such rows */
export function measureLog(
  rows: readonly StoppingSignals[],
  holdoutCount: number,
  record: SampleRecord | null,
  given: Given,
  constants: StoppingConstants,
): Measurement | null {
  const whole = record && record.train.predicted.length === rows.length ? record : null;
  if (rows.length < 2) return null;
  if (whole?.holdout) return byHoldoutRecord(rows, whole, whole.holdout, constants);
  const held = rows.filter((row) => row.holdoutAccuracy !== null);
  if (held.length > 1) return byHoldout(held, holdoutCount, 'accuracy', constants);
  const lost = rows.filter((row) => row.holdoutLoss !== null);
  if (lost.length > 1) return byHoldout(lost, holdoutCount, 'loss', constants);
  if (whole) return byTrainingRecord(rows, whole, given, constants);
  const changed = rows.filter((row) => row.predictionChanges !== null);
  return changed.length > 1 ? byChanges(changed, given, constants) : null;
}
