/** Several runs on one chart, and how they differ. */
import type { EpochRecord, RunView } from '../../../core/contract/messages/records.ts';
import { DASH } from '../../chart/palette.ts';
import type { Palette } from '../../chart/palette.ts';
import type { ChartSpec, TableData } from '../../chart/spec.ts';
import { points, significant, tick } from '../../words/format.ts';
import { epochAxis, shareAxis } from '../../chart/epoch-spec.ts';
import { t } from '../../words/texts.ts';

export type Measure = 'testAccuracy' | 'holdoutAccuracy' | 'trainAccuracy' | 'relativeDistance';

/** What can be compared. */
export const MEASURES: Measure[] = [
  'testAccuracy',
  'holdoutAccuracy',
  'trainAccuracy',
  'relativeDistance',
];

const LONGEST = 22;

function short(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}

/** One line a run; colour and dash by its place. */
export function compareSpec(views: RunView[], measure: Measure, palette: Palette): ChartSpec {
  const last = Math.max(1, ...views.map((view) => view.row.lastEpoch));
  return {
    series: views.map((view, i) => ({
      name: view.row.id,
      ink: palette.runs[i % palette.runs.length] ?? palette.total,
      dash: DASH.layers[i % DASH.layers.length] ?? [],
      endLabel: short(view.row.name),
      points: view.epochs.flatMap(({ record }) => {
        const y = (record as EpochRecord)[measure];
        return y === undefined ? [] : [{ x: record.epoch, y }];
      }),
    })),
    x: epochAxis(last),
    y:
      measure === 'relativeDistance'
        ? { title: t('chart.relativeDistance'), min: 0, format: tick, ticks: 6 }
        : shareAxis(t('chart.accuracy')),
    labelRoom: 168,
  };
}

/** The measure of all runs by epoch. */
export function compareTable(views: RunView[], measure: Measure): TableData {
  const last = Math.max(0, ...views.map((view) => view.row.lastEpoch));
  const records = views.map(
    ({ epochs }) => new Map(epochs.map(({ record }) => [record.epoch, record])),
  );
  return {
    columns: [t('chart.epoch'), ...views.map((view, i) => `${i + 1}. ${view.row.name}`)],
    rows: Array.from({ length: last + 1 }, (_, epoch) => [
      epoch,
      ...records.map((byEpoch) => significant(byEpoch.get(epoch)?.[measure])),
    ]),
  };
}

/** A setting in which the runs differ, with each run's value. */
export interface Difference {
  field: string;
  values: string[];
}

/** Every setting that is not the same in all runs. */
export function differences(views: RunView[]): Difference[] {
  const flat = views.map(({ row }) =>
    flatten(row.config as unknown as Record<string, unknown>, ''),
  );
  const fields = [...new Set(flat.flatMap((one) => Object.keys(one)))];
  return fields
    .filter((field) => field !== 'name')
    .map((field) => ({ field, values: flat.map((one) => one[field] ?? '–') }))
    .filter(({ values }) => new Set(values).size > 1);
}

function flatten(value: Record<string, unknown>, path: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [key, inner] of Object.entries(value)) {
    const name = path ? `${path}.${key}` : key;
    if (typeof inner === 'object' && inner !== null) {
      Object.assign(out, flatten(inner as Record<string, unknown>, name));
    } else out[name] = String(inner);
  }
  return out;
}

/** A value's difference from the first run's, in points; empty for the first. */
export function against(first: number | null, value: number | null, i: number): string {
  return i === 0 || first === null || value === null ? '' : points(value - first);
}
