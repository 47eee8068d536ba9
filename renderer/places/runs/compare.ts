/** The table of runs that are compared. */
import type { RunView } from '../../../core/contract/messages/records.ts';
import type { Measure } from '../../../core/contract/drawing/epochs/compare.ts';
import type { TableData } from '../../chart/spec.ts';
import { points, significant } from '../../words/format.ts';
import { t } from '../../words/texts.ts';

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

/** A value's difference from the first run's, in points; empty for the first. */
export function against(first: number | null, value: number | null, i: number): string {
  return i === 0 || first === null || value === null ? '' : points(value - first);
}
