/** The legend and the table of accuracy by epoch. */
import { accuracyLines } from '../../../../core/contract/drawing/epochs/accuracy.ts';
import type { AccuracyLine } from '../../../../core/contract/drawing/epochs/accuracy.ts';
import type { Dash, Ink } from '../../../../core/contract/messages/charts.ts';
import type { EpochRecord, EpochView } from '../../../../core/contract/messages/records.ts';
import type { TableData } from '../../../chart/spec.ts';
import { percent, significant } from '../../../words/format.ts';
import { t } from '../../../words/texts.ts';

/** The legend: each line with its value at an epoch. */
export function divergenceLegend(
  epochs: readonly EpochView[],
  record: EpochRecord | null,
): { name: string; ink: Ink; dash: Dash; value: string }[] {
  return accuracyLines(epochs)
    .toSorted((a, b) => LEGEND_ORDER.indexOf(a.key) - LEGEND_ORDER.indexOf(b.key))
    .map(({ key, name, ink, dash }) => ({
      name: t(name),
      ink,
      dash,
      value: record?.[key] === undefined ? '' : (record[key] * 100).toFixed(1),
    }));
}

const LEGEND_ORDER: AccuracyLine['key'][] = [
  'trainAccuracy',
  'trainAccuracyTrue',
  'holdoutAccuracy',
  'testAccuracy',
];

/** All accuracies as a table. */
export function divergenceTable(epochs: readonly EpochView[]): TableData {
  const lines = accuracyLines(epochs);
  return {
    columns: [t('chart.epoch'), t('chart.relativeDistance'), ...lines.map((line) => t(line.name))],
    rows: epochs.map(({ record }) => [
      record.epoch,
      significant(record.relativeDistance),
      ...lines.map(({ key }) => percent(record[key])),
    ]),
  };
}
