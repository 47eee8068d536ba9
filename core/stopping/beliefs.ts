/** Labels that are believed true from the training samples alone, and how far each epoch gives them. */
import { logEpochs } from './blocks.ts';
import { accuracies, following, likelyLabels, votesOf } from './consensus.ts';
import type { PartRecord } from './sample-record.ts';
import type { StoppingSignals } from './signals.ts';
import { smooth } from './smooth.ts';
import { BANDWIDTH } from './trend.ts';

/** Accuracy on labels that are believed true, epoch by epoch, by either test, and by the votes themselves. */
export interface Believed {
  split: number[];
  majority: number[];
  followed: number[];
}

/** @param rows of the epochs that the record holds */
export function believe(
  rows: readonly StoppingSignals[],
  classes: number,
  train: PartRecord,
): Believed {
  const votes = votesOf(train, classes, earlyWeights(train, rows));
  const { bySplit, byMajority } = likelyLabels(train, classes, votes);
  return {
    split: accuracies(train, bySplit),
    majority: accuracies(train, byMajority),
    followed: following(train, classes, votes),
  };
}

/** Votes of early epochs count more, for later ones may be memorizing; so do calm ones. */
function earlyWeights({ predicted }: PartRecord, rows: readonly StoppingSignals[]): number[] {
  const samples = predicted[0]!.length;
  const changes = predicted.map((now, epoch) => {
    const before = predicted[epoch - 1];
    if (!before) return 1;
    let count = 0.5;
    for (let i = 0; i < samples; i++) if (now[i] !== before[i]) count++;
    return count / samples;
  });
  const calm = smooth(logEpochs(rows), changes.map(Math.log), BANDWIDTH);
  const weights = rows.map(
    ({ epoch }, i) => (1 - Math.min(Math.exp(calm[i]!), 0.999)) ** 4 / (epoch + 2),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
