/** What a log's charts show: a few signals by epoch, with the stop and its range. */
import { shareAxis, stopRange } from '../../../core/contract/drawing/epochs/course.ts';
import { chart, numbers, phrase, seriesOf } from '../../../core/contract/drawing/parts.ts';
import type { Axis, ChartSpec, Dash, Series } from '../../../core/contract/messages/charts.ts';
import { markPhrase } from '../../../core/contract/messages/verdict.ts';
import type { LogView } from '../../../core/contract/messages/logs.ts';
import type { TextKey } from '../../../core/contract/words/texts.ts';
import type { TableData } from '../../chart/spec.ts';
import { percent, significant, withSeparators } from '../../words/format.ts';
import { t } from '../../words/texts.ts';
import { epochWord, unitOf } from './words.ts';

type Row = LogView['rows'][number];
type Signal = Exclude<keyof Row, 'at'>;

/** One line of a chart. */
interface Line {
  signal: Signal;
  name: TextKey;
  ink: 'given' | 'holdout' | 'total';
}

/** One chart. */
export interface LogPicture {
  /** Its title is the text `log.pictures.<id>`. */
  id: 'accuracy' | 'loss' | 'changes' | 'distance';
  lines: readonly Line[];
  /** How a value is written. */
  write: (value: number) => string;
  axis: () => Axis;
}

const training: Pick<Line, 'name' | 'ink'> = { name: 'log.lines.training', ink: 'given' };
const holdout: Pick<Line, 'name' | 'ink'> = { name: 'chart.holdout', ink: 'holdout' };

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
export function picturesOf({ rows }: LogView): LogPicture[] {
  return PICTURES.map((picture) => ({ ...picture, lines: linesIn(picture, rows) })).filter(
    ({ lines }) => lines.length > 0,
  );
}

const linesIn = ({ lines }: LogPicture, rows: readonly Row[]): Line[] =>
  lines.filter(({ signal }) => rows.some((row) => row[signal] !== null));

/** A chart of a log. */
export function logChart(view: LogView, picture: LogPicture): ChartSpec {
  const { rows, verdict } = view;
  const axes = { x: logAxis(view), y: picture.axis() };
  const series = picture.lines.map((line) => logSeries(line, rows, picture.write));
  const counting = { unit: unitOf(view), write: epochWord };
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
function logAxis(view: LogView): Axis {
  const [first, last] = [view.rows[0], view.rows.at(-1)];
  const ends = first && last ? { min: Math.min(first.at, 0), max: last.at } : {};
  return numbers(phrase(`chart.${unitOf(view)}`), { ...ends, ticks: 9 });
}

function logSeries(
  { signal, name, ink }: Line,
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
  return seriesOf(phrase(name), ink, points, { dash: dashOf(ink), width: 2.25, endLabel });
}

const dashOf = (ink: Line['ink']): Dash => (ink === 'holdout' ? 'dotted' : 'solid');

/** The legend: each line with its value in a row. */
export function logLegend(
  row: Row | undefined,
  { lines, write }: LogPicture,
): { name: string; ink: Line['ink']; dash: Dash; value: string }[] {
  return lines.map(({ signal, name, ink }) => {
    const value = row?.[signal] ?? null;
    const written = value === null ? '' : write(value);
    return { name: t(name), ink, dash: dashOf(ink), value: written };
  });
}

/** A chart's numbers as a table. */
export function logTable(view: LogView, { lines, write }: LogPicture): TableData {
  return {
    columns: [t(`chart.${unitOf(view)}`), ...lines.map(({ name }) => t(name))],
    rows: view.rows.map((row) => [
      epochWord(row.at),
      ...lines.map(({ signal }) => {
        const value = row[signal];
        return value === null ? '–' : write(value);
      }),
    ]),
  };
}
