/** Accuracy by epoch, or by distance from initialization (the paper's Figure 3). */
import type { Axis, ChartSpec, Series } from '../../messages/charts.ts';
import { bestInHindsight } from '../../messages/hindsight.ts';
import type { EpochView } from '../../messages/records.ts';
import { markPhrase } from '../../messages/verdict.ts';
import type { Phrase } from '../../words/phrase.ts';
import type { TextKey } from '../../words/texts.ts';
import { chart, numbers, phrase, seriesOf } from '../parts.ts';
import { epochAxis, LABEL_ROOM, shareAxis, stopMark } from './course.ts';
import type { Course } from './course.ts';

/** What stands on the x axis. */
export type Abscissa = 'epoch' | 'distance';

/** A line of the chart. */
export interface AccuracyLine {
  key: 'trainAccuracy' | 'trainAccuracyTrue' | 'holdoutAccuracy' | 'testAccuracy';
  name: TextKey;
  ink: 'given' | 'truth' | 'holdout' | 'test';
  dash: Series['dash'];
  width: number;
}

/** Every line, what lies behind first. */
const LINES: readonly AccuracyLine[] = [
  { key: 'holdoutAccuracy', name: 'chart.holdout', ink: 'holdout', dash: 'dotted', width: 2 },
  { key: 'trainAccuracyTrue', name: 'chart.trueLabels', ink: 'truth', dash: 'dashed', width: 2 },
  { key: 'trainAccuracy', name: 'chart.asGiven', ink: 'given', dash: 'solid', width: 2.25 },
  { key: 'testAccuracy', name: 'chart.test', ink: 'test', dash: 'solid', width: 2.75 },
];

/** The lines that a run has. */
export function accuracyLines(epochs: readonly EpochView[]): AccuracyLine[] {
  return LINES.filter(({ key }) => epochs.some(({ record }) => record[key] !== undefined));
}

/** Where an epoch lies on the x axis. */
export function abscissaOf(abscissa: Abscissa): (view: EpochView) => number {
  return ({ record }) => (abscissa === 'epoch' ? record.epoch : (record.relativeDistance ?? 0));
}

/** The chart. @param ended the run goes no further: hindsight knows its best epoch */
export function accuracyChart(course: Course, abscissa: Abscissa, ended: boolean): ChartSpec {
  const { epochs, verdict } = course;
  const toX = abscissaOf(abscissa);
  const lines = accuracyLines(epochs);
  const series = lines.map((line) => seriesFor(line, epochs, toX));
  const stop = stopMark(course, verdict && markPhrase(verdict), 'bottom', toX);
  const upper = lines.findIndex(({ ink }) => ink === 'test');
  const lower = lines.findIndex(({ ink }) => ink === 'given');
  const isSplit = stop && upper >= 0 && verdict?.phase === 'past';
  const best = ended ? bestInHindsight(epochs) : null;
  const axes = { x: xAxis(course, abscissa), y: shareAxis(phrase('chart.accuracy')) };
  return chart('accuracy', phrase('lab.divergence.title'), axes, series, {
    stop,
    best: best ? { x: toX(best), y: best.record.testAccuracy! } : undefined,
    gap: isSplit ? { upper, lower, from: stop.at } : undefined,
    labelRoom: LABEL_ROOM,
  });
}

/** What is to be known of its shades and marks; else what it shows. */
export function accuracyNotes({ gap, best }: ChartSpec, epochs: readonly EpochView[]): Phrase[] {
  const epoch = best && bestInHindsight(epochs)?.record.epoch;
  const notes = [
    ...(gap ? [phrase('lab.divergence.shaded')] : []),
    ...(epoch === undefined ? [] : [phrase('lab.divergence.best', { epoch: String(epoch) })]),
  ];
  return notes.length > 0 ? notes : [phrase('lab.divergence.caption')];
}

function xAxis({ lastEpoch }: Course, abscissa: Abscissa): Axis {
  if (abscissa === 'epoch') return epochAxis(lastEpoch);
  return numbers(phrase('lab.divergence.axisTitle'), { min: 0, nice: true, ticks: 8 });
}

function seriesFor(
  { key, name, ink, dash, width }: AccuracyLine,
  epochs: readonly EpochView[],
  toX: (view: EpochView) => number,
): Series {
  const last = epochs.at(-1)?.record[key];
  const points = epochs.flatMap((view) => {
    const y = view.record[key];
    return y === undefined ? [] : [{ x: toX(view), y }];
  });
  const endLabel =
    last === undefined
      ? phrase(name)
      : phrase('chart.named', { name: phrase(name), value: (last * 100).toFixed(1) });
  return seriesOf(phrase(name), ink, points, { dash, width, endLabel });
}
