/** What a recommendation may read. Test data and true labels are not among it. */
import type { EpochRecord } from '../contract/messages/records.ts';

/** Signals of one epoch that are known without test data or true labels. */
export interface StoppingSignals {
  epoch: number;
  trainLoss: number | null;
  trainAccuracy: number | null;
  holdoutAccuracy: number | null;
  holdoutLoss: number | null;
  relativeDistance: number | null;
  predictionChanges: number | null;
}

/** Takes the allowed signals out of a record; everything else is left behind here. */
export function signalsOf(record: Partial<EpochRecord> & { epoch: number }): StoppingSignals {
  return {
    epoch: record.epoch,
    trainLoss: record.trainLoss ?? null,
    trainAccuracy: record.trainAccuracy ?? null,
    holdoutAccuracy: record.holdoutAccuracy ?? null,
    holdoutLoss: record.holdoutLoss ?? null,
    relativeDistance: record.relativeDistance ?? null,
    predictionChanges: record.predictionChanges ?? null,
  };
}
