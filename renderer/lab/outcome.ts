import type { EpochView, SampleView } from '../../core/protocol/index.ts';
import { t } from '../texts.ts';

/** What a network makes of a sample; `right` where it agrees with a label not known to be wrong. */
export type Outcome = 'recovered' | 'memorized' | 'other' | 'right' | 'unknown';

/** Compares a prediction with the labels of a sample. */
export function outcomeOf(sample: SampleView, predicted: number | undefined): Outcome {
  if (predicted === undefined) return 'unknown';
  if (sample.truth === null) return predicted === sample.given ? 'right' : 'other';
  if (sample.truth === sample.given) return predicted === sample.given ? 'right' : 'other';
  if (predicted === sample.truth) return 'recovered';
  return predicted === sample.given ? 'memorized' : 'other';
}

/** How an outcome is called where the truth is known, and where it is not. */
export function outcomeWord(outcome: Outcome, truthKnown: boolean): string {
  if (truthKnown) return t(`lab.wall.words.${outcome}`);
  return t(outcome === 'right' ? 'lab.wall.agrees' : 'lab.wall.differs');
}

/** A sample's prediction and loss over all epochs. */
export function courseOf(
  epochs: readonly EpochView[],
  place: number,
): { epoch: number; predicted: number; loss: number }[] {
  return epochs.flatMap(({ record, wall }) => {
    const predicted = wall.predicted[place];
    const loss = wall.loss[place];
    return predicted === undefined || loss === undefined
      ? []
      : [{ epoch: record.epoch, predicted, loss }];
  });
}
