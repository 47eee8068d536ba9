/** A run's charts in its report: those of the window. */
import { accuracyChart, accuracyNotes } from '../contract/drawing/epochs/accuracy.ts';
import { distanceChart, hasDistance } from '../contract/drawing/epochs/distance.ts';
import { outcomesChart } from '../contract/drawing/epochs/outcomes.ts';
import { phrase } from '../contract/drawing/parts.ts';
import type { ChartSpec } from '../contract/messages/charts.ts';
import type { RunView } from '../contract/messages/records.ts';
import { inWords } from '../contract/words/phrase.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { Translate } from '../contract/words/texts.ts';
import type { ChartPart } from './document.ts';

/** Accuracy, outcomes and distance by epoch, as far as they are known; nothing before there are two epochs. */
export function runCharts({ row, verdict, epochs }: RunView, t: Translate): ChartPart[] {
  const last = epochs.at(-1);
  if (!last || epochs.length < 2) return [];
  const course = { epochs, verdict, lastEpoch: last.record.epoch };
  const ended = row.status !== 'running' && row.status !== 'paused';
  const part = (spec: ChartSpec, notes: readonly Phrase[]): ChartPart => ({
    kind: 'chart',
    spec,
    note: notes.map((one) => inWords(one, t)).join(' · '),
  });
  const accuracy = accuracyChart(course, 'epoch', ended);
  // The outcomes of every epoch, or a picture of some would pass for all.
  const isKnown = epochs.every(({ outcomes }) => outcomes !== null);
  return [
    part(accuracy, accuracyNotes(accuracy, epochs)),
    ...(isKnown ? [part(outcomesChart(course), [phrase('lab.outcomes.caption')])] : []),
    ...(hasDistance(epochs) ? [part(distanceChart(course), [phrase('lab.distance.caption')])] : []),
  ];
}
