/** Several runs on one chart, and how they differ. */
import type { EpochRecord, RunView } from '../../messages/records.ts';
import { DASHES } from '../../messages/charts.ts';
import type { ChartSpec } from '../../messages/charts.ts';
import { asWritten } from '../../words/phrase.ts';
import { chart, numbers, phrase, seriesOf } from '../parts.ts';
import { epochAxis, shareAxis } from './course.ts';

/** What can be compared. */
export const MEASURES = [
  'testAccuracy',
  'holdoutAccuracy',
  'trainAccuracy',
  'relativeDistance',
] as const;
export type Measure = (typeof MEASURES)[number];

const LONGEST = 22;

function short(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}

/** One line a run; colour and dash by its place. */
export function compareChart(views: readonly RunView[], measure: Measure): ChartSpec {
  const last = Math.max(1, ...views.map((view) => view.row.lastEpoch));
  const series = views.map((view, i) => {
    const points = view.epochs.flatMap(({ record }) => {
      const y = (record as EpochRecord)[measure];
      return y === undefined ? [] : [{ x: record.epoch, y }];
    });
    const dash = DASHES[i % DASHES.length]!;
    const endLabel = asWritten(short(view.row.name));
    return seriesOf(asWritten(view.row.name), { run: i }, points, { dash, endLabel });
  });
  const isDistance = measure === 'relativeDistance';
  const y = isDistance
    ? numbers(phrase('chart.relativeDistance'), { min: 0, nice: true, ticks: 6 })
    : shareAxis(phrase('chart.accuracy'));
  const title = phrase(isDistance ? 'runs.comparing.distance' : 'runs.comparing.accuracy');
  return chart('compare', title, { x: epochAxis(last), y }, series, { labelRoom: 168 });
}

/** A setting in which the runs differ, with each run's value. */
export interface Difference {
  field: string;
  values: string[];
}

/** Every setting that is not the same in all runs. */
export function differences(views: readonly RunView[]): Difference[] {
  const flat = views.map(({ row }) =>
    flatten((row.config ?? row.recorded ?? {}) as Record<string, unknown>, ''),
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
