/** What a log's charts show: a few signals by epoch, with the stop and its range. */
import { markWords } from '../../../core/contract/messages/verdict.ts';
import type { LogView } from '../../../core/contract/messages/logs.ts';
import type { TextKey } from '../../../core/contract/words/texts.ts';
import { DASH } from '../../chart/palette.ts';
import type { Ink, Palette } from '../../chart/palette.ts';
import type { Axis, ChartSpec, Series, TableData } from '../../chart/spec.ts';
import { withSeparators, percent, significant, tick } from '../../words/format.ts';
import { shareAxis } from '../../chart/epoch-spec.ts';
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
    axis: () => shareAxis(t('chart.accuracy')),
  },
  {
    id: 'loss',
    lines: [
      { signal: 'holdoutLoss', ...holdout },
      { signal: 'trainLoss', ...training },
    ],
    write: (value) => significant(value, 3),
    axis: () => ({ title: t('chart.loss'), format: tick, ticks: 5 }),
  },
  {
    id: 'changes',
    lines: [{ signal: 'predictionChanges', name: 'log.lines.changed', ink: 'total' }],
    write: (value) => withSeparators(value),
    axis: () => ({ title: t('log.trainingSamples'), min: 0, format: tick, ticks: 5 }),
  },
  {
    id: 'distance',
    lines: [{ signal: 'relativeDistance', name: 'log.lines.distance', ink: 'total' }],
    write: (value) => significant(value, 3),
    axis: () => ({ title: t('chart.relativeDistance'), min: 0, format: tick, ticks: 5 }),
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
export function logSpec(view: LogView, picture: LogPicture, palette: Palette): ChartSpec {
  const { rows, verdict } = view;
  const series = picture.lines.map(({ signal, name, ink }): Series => {
    const known = rows.flatMap((row) => {
      const y = row[signal];
      return y === null ? [] : [{ x: row.at, y }];
    });
    const last = known.at(-1);
    return {
      name: t(name),
      ink: palette[ink],
      dash: dashOf(ink),
      width: 2.25,
      endLabel: last ? t('chart.named', { name: t(name), value: picture.write(last.y) }) : t(name),
      points: known,
    };
  });
  const flat = verdict?.phase === 'flat';
  return {
    series,
    x: {
      title: t(`chart.${unitOf(view)}`),
      ...(rows.length > 0 ? { min: Math.min(rows[0]!.at, 0), max: rows.at(-1)!.at } : {}),
      format: tick,
      ticks: 9,
    },
    y: picture.axis(),
    stop: verdict && {
      at: verdict.epoch,
      // Where nothing overfits, the range is everything and would say nothing.
      low: flat ? verdict.epoch : verdict.low,
      high: flat ? verdict.epoch : verdict.high,
      label: markWords(verdict, t, { unit: unitOf(view), write: epochWord }),
      side: picture.id === 'accuracy' ? 'bottom' : 'top',
      ink: palette.stop,
    },
    labelRoom: 112,
  };
}

const dashOf = (ink: Line['ink']): number[] => (ink === 'holdout' ? DASH.holdout : []);

/** The legend: each line with its value in a row. */
export function logLegend(
  row: Row | undefined,
  { lines, write }: LogPicture,
  palette: Palette,
): { name: string; ink: Ink; dash: number[]; value: string }[] {
  return lines.map(({ signal, name, ink }) => {
    const value = row?.[signal] ?? null;
    const written = value === null ? '' : write(value);
    return { name: t(name), ink: palette[ink], dash: dashOf(ink), value: written };
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
