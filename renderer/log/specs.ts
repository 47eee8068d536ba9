/** What a log's charts show: a few signals by epoch, with the stop and its range. */
import { markWords } from '../../core/protocol/index.ts';
import type { LogView } from '../../core/protocol/index.ts';
import { DASH } from '../chart/palette.ts';
import type { Ink, Palette } from '../chart/palette.ts';
import type { Axis, ChartSpec, Series, TableData } from '../chart/spec.ts';
import { count, percent, significant, tick } from '../format.ts';
import { shareAxis } from '../lab/specs/common.ts';
import { epochWord, unitOf } from './words.ts';

type Row = LogView['rows'][number];
type Signal = Exclude<keyof Row, 'at'>;

/** One line of a chart. */
interface Line {
  signal: Signal;
  name: string;
  ink: 'given' | 'holdout' | 'total';
}

/** One chart. */
export interface Picture {
  title: string;
  lines: readonly Line[];
  /** How a value is written. */
  write: (value: number) => string;
  axis: Axis;
}

const training: Pick<Line, 'name' | 'ink'> = { name: 'training', ink: 'given' };
const holdout: Pick<Line, 'name' | 'ink'> = { name: 'hold-out', ink: 'holdout' };

/** Every chart that a log may have. */
const PICTURES: readonly Picture[] = [
  {
    title: 'Accuracy on labels as given',
    lines: [
      { signal: 'holdoutAccuracy', ...holdout },
      { signal: 'trainAccuracy', ...training },
    ],
    write: percent,
    axis: shareAxis('accuracy'),
  },
  {
    title: 'Loss',
    lines: [
      { signal: 'holdoutLoss', ...holdout },
      { signal: 'trainLoss', ...training },
    ],
    write: (value) => significant(value, 3),
    axis: { title: 'loss', format: tick, ticks: 5 },
  },
  {
    title: 'Prediction changes',
    lines: [{ signal: 'predictionChanges', name: 'changed', ink: 'total' }],
    write: (value) => count(value),
    axis: { title: 'training samples', min: 0, format: tick, ticks: 5 },
  },
  {
    title: 'Distance from start',
    lines: [{ signal: 'relativeDistance', name: 'distance', ink: 'total' }],
    write: (value) => significant(value, 3),
    axis: { title: 'relative distance', min: 0, format: tick, ticks: 5 },
  },
];

/** The charts that this log has something for. */
export function picturesOf({ rows }: LogView): Picture[] {
  return PICTURES.map((picture) => ({ ...picture, lines: linesIn(picture, rows) })).filter(
    ({ lines }) => lines.length > 0,
  );
}

const linesIn = ({ lines }: Picture, rows: readonly Row[]): Line[] =>
  lines.filter(({ signal }) => rows.some((row) => row[signal] !== null));

/** A chart of a log. */
export function logSpec(view: LogView, picture: Picture, palette: Palette): ChartSpec {
  const { rows, verdict } = view;
  const series = picture.lines.map(({ signal, name, ink }): Series => {
    const known = rows.flatMap((row) => {
      const y = row[signal];
      return y === null ? [] : [{ x: row.at, y }];
    });
    const last = known.at(-1);
    return {
      name,
      ink: palette[ink],
      dash: dashOf(ink),
      width: 2.25,
      endLabel: last ? `${name} ${picture.write(last.y)}` : name,
      points: known,
    };
  });
  const flat = verdict?.phase === 'flat';
  return {
    series,
    x: {
      title: unitOf(view),
      ...(rows.length > 0 ? { min: Math.min(rows[0]!.at, 0), max: rows.at(-1)!.at } : {}),
      format: tick,
      ticks: 9,
    },
    y: picture.axis,
    stop: verdict && {
      at: verdict.epoch,
      // Where nothing overfits, the range is everything and would say nothing.
      low: flat ? verdict.epoch : verdict.low,
      high: flat ? verdict.epoch : verdict.high,
      label: markWords(verdict, { unit: unitOf(view), write: epochWord }),
      side: picture.axis.title === 'accuracy' ? 'bottom' : 'top',
      ink: palette.stop,
    },
    labelRoom: 112,
  };
}

const dashOf = (ink: Line['ink']): number[] => (ink === 'holdout' ? DASH.holdout : []);

/** The legend: each line with its value in a row. */
export function logLegend(
  row: Row | undefined,
  { lines, write }: Picture,
  palette: Palette,
): { name: string; ink: Ink; dash: number[]; value: string }[] {
  return lines.map(({ signal, name, ink }) => {
    const value = row?.[signal] ?? null;
    const written = value === null ? '' : write(value);
    return { name, ink: palette[ink], dash: dashOf(ink), value: written };
  });
}

/** A chart's numbers as a table. */
export function logTable(view: LogView, { lines, write }: Picture): TableData {
  return {
    columns: [unitOf(view), ...lines.map(({ name }) => name)],
    rows: view.rows.map((row) => [
      epochWord(row.at),
      ...lines.map(({ signal }) => {
        const value = row[signal];
        return value === null ? '–' : write(value);
      }),
    ]),
  };
}
