/** A run of a few epochs, for the charts that report and window share. */
import type { EpochView, RunView, Verdict } from '../../../core/contract/messages/records.ts';

/** Epoch `i` of a run that learns until 3, and then memorizes. */
export function epoch(i: number, layers: readonly string[] = ['dense 1', 'dense 2']): EpochView {
  const test = 0.9 - 0.05 * Math.abs(i - 3);
  return {
    record: {
      epoch: i,
      trainLoss: 2 - i / 10,
      trainAccuracy: 0.5 + i / 20,
      trainAccuracyTrue: test - 0.01,
      holdoutAccuracy: test - 0.3,
      testAccuracy: test,
      distance: 2 * i,
      relativeDistance: i / 2,
      distanceByLayer: Object.fromEntries(layers.map((name, at) => [name, i * (at + 1)])),
      seconds: 1,
    },
    outcomes: { recovered: 60 - 5 * i, memorized: 10 + 5 * i, other: 30 },
  };
}

/** Stop at epoch 3. */
export const verdict: Verdict = {
  epoch: 3,
  low: 2,
  high: 4,
  confidence: 0.9,
  chanceAhead: 0.02,
  expectedLoss: 0,
  method: '',
  phase: 'past',
  why: [],
  candidates: [],
};

/** What charts read of a run. */
export const runOf = (epochs: EpochView[]): RunView =>
  ({ row: { status: 'finished' }, epochs, verdict }) as unknown as RunView;
