/** What a log's charts show: a few signals by epoch, with the stop and its range. */
import type { Axis, ChartSpec, Dash, Series } from '../messages/charts.ts';
import type { LogView } from '../messages/logs.ts';
import { markPhrase } from '../messages/verdict.ts';
import type { Counting } from '../messages/verdict.ts';
import { percent, shownEpoch, significant, withSeparators } from '../words/numbers.ts';
import type { TextKey } from '../words/texts.ts';
import { shareAxis, stopRange } from './epochs/course.ts';
import { chart, numbers, phrase, seriesOf } from './parts.ts';

/** What charts read of a log. */
export type DrawnLog = Pick<LogView, 'rows' | 'verdict' | 'byStep'>;

/** `epoch` or `step`, as the log counts. */
export const unitOf = ({ byStep }: Pick<LogView, 'byStep'>): Counting['unit'] =>
  byStep ? 'step' : 'epoch';

type Row = LogView['rows'][number];
type Signal = Exclude<keyof Row, 'at'>;

/** One line of a chart. */
export interface LogLine {
  signal: Signal;
  name: TextKey;
  ink: 'given' | 'holdout' | 'total';
}

/** One chart. */
export interface LogPicture {
  /** Its title is the text `log.pictures.<id>`. */
  id: 'accuracy' | 'loss' | 'changes' | 'distance';
  lines: readonly LogLine[];
  /** How a value is written. */
  write: (value: number) => string;
  axis: () => Axis;
}

const training: Pick<LogLine, 'name' | 'ink'> = { name: 'log.lines.training', ink: 'given' };
const holdout: Pick<LogLine, 'name' | 'ink'> = { name: 'chart.holdout', ink: 'holdout' };

/** Every chart that a log may have. */
const PICTURES: readonly LogPicture[] = [
  {
    id: 'accuracy',
    lines: [
      { signal: 'holdoutAccuracy', ...holdout },
      { signal: 'trainAccuracy', ...training },
    ],
    write: percent,
    axis: () => shareAxis(phrase('chart.accuracy')),
  },
  {
    id: 'loss',
    lines: [
      { signal: 'holdoutLoss', ...holdout },
      { signal: 'trainLoss', ...training },
    ],
    write: (value) => significant(value, 3),
    axis: () => numbers(phrase('chart.loss'), { nice: true, ticks: 5 }),
  },
  {
    id: 'changes',
    lines: [{ signal: 'predictionChanges', name: 'log.lines.changed', ink: 'total' }],
    write: (value) => withSeparators(value),
    axis: () => numbers(phrase('log.trainingSamples'), { min: 0, nice: true, ticks: 5 }),
  },
  {
    id: 'distance',
    lines: [{ signal: 'relativeDistance', name: 'log.lines.distance', ink: 'total' }],
    write: (value) => significant(value, 3),
    axis: () => numbers(phrase('chart.relativeDistance'), { min: 0, nice: true, ticks: 5 }),
  },
];

/** The charts that this log has something for. */
export function picturesOf({ rows }: DrawnLog): LogPicture[] {
  return PICTURES.map((picture) => ({ ...picture, lines: linesIn(picture, rows) })).filter(
    ({ lines }) => lines.length > 0,
  );
}

const linesIn = ({ lines }: LogPicture, rows: readonly Row[]): LogLine[] =>
  lines.filter(({ signal }) => rows.some((row) => row[signal] !== null));

/** A chart of a log. */
export function logChart(view: DrawnLog, picture: LogPicture): ChartSpec {
  const { rows, verdict } = view;
  const axes = { x: logAxis(view), y: picture.axis() };
  const series = picture.lines.map((line) => logSeries(line, rows, picture.write));
  const counting = { unit: unitOf(view), write: shownEpoch };
  return chart(picture.id, phrase(`log.pictures.${picture.id}`), axes, series, {
    stop: verdict
      ? {
          at: verdict.epoch,
          ...stopRange(verdict.phase, verdict.epoch, verdict),
          label: markPhrase(verdict, counting),
          side: picture.id === 'accuracy' ? 'bottom' : 'top',
        }
      : undefined,
    labelRoom: 112,
  });
}

/** Epochs or steps, from 0 on. */
function logAxis(view: DrawnLog): Axis {
  const [first, last] = [view.rows[0], view.rows.at(-1)];
  const ends = first && last ? { min: Math.min(first.at, 0), max: last.at } : {};
  return numbers(phrase(`chart.${unitOf(view)}`), { ...ends, ticks: 9 });
}

function logSeries(
  { signal, name, ink }: LogLine,
  rows: readonly Row[],
  write: LogPicture['write'],
): Series {
  const points = rows.flatMap((row) => {
    const y = row[signal];
    return y === null ? [] : [{ x: row.at, y }];
  });
  const last = points.at(-1);
  const endLabel = last
    ? phrase('chart.named', { name: phrase(name), value: write(last.y) })
    : phrase(name);
  return seriesOf(phrase(name), ink, points, { dash: logDash(ink), width: 2.25, endLabel });
}

/** How the line of an ink is drawn. */
export const logDash = (ink: LogLine['ink']): Dash => (ink === 'holdout' ? 'dotted' : 'solid');
