import type { SampleCourse, SampleView } from '../../../core/contract/messages/records.ts';
import { t } from '../../words/texts.ts';

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

/** A sample at an epoch. */
export interface SampleState {
  epoch: number;
  predicted: number;
  loss: number;
}

/** A sample's states in order, as they were asked for. */
export function statesOf({ epochs, predicted, loss }: SampleCourse): SampleState[] {
  return epochs.map((epoch, i) => ({ epoch, predicted: predicted[i]!, loss: loss[i]! }));
}

/** Epochs in a row in which the same came of a sample. */
export interface Stretch {
  outcome: Outcome;
  from: number;
  /** The epoch after its last. */
  to: number;
}

/**
 * A course by what came of the sample.
 * @param merged as few stretches as there are, and not one an epoch
 */
export function stretchesOf(
  sample: SampleView,
  course: readonly SampleState[],
  merged: boolean,
): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { epoch, predicted } of course) {
    const outcome = outcomeOf(sample, predicted);
    const last = stretches.at(-1);
    if (merged && last?.outcome === outcome && last.to === epoch) last.to = epoch + 1;
    else stretches.push({ outcome, from: epoch, to: epoch + 1 });
  }
  return stretches;
}
