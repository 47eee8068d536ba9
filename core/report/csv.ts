/** The metrics of a run as CSV, exact, under the contract's column names. */
import { csvOf } from '../csv/write.ts';
import type { EpochRecord } from '../contract/messages/records.ts';

const COLUMNS = [
  'epoch',
  'trainLoss',
  'trainAccuracy',
  'trainAccuracyTrue',
  'holdoutLoss',
  'holdoutAccuracy',
  'testLoss',
  'testAccuracy',
  'distance',
  'relativeDistance',
  'predictionChanges',
  'lossTrueLabels',
  'lossWrongLabels',
  'seconds',
] as const satisfies readonly (keyof EpochRecord)[];

/** One line an epoch; each layer's distance is a column `distanceByLayer.<layer>`. */
export function metricsCsv(rows: readonly EpochRecord[]): string {
  const layers = Object.keys(rows[0]?.distanceByLayer ?? {});
  const header = [...COLUMNS, ...layers.map((layer) => `distanceByLayer.${layer}`)];
  const lines = rows.map((row) => [
    ...COLUMNS.map((column) => row[column]),
    ...layers.map((layer) => row.distanceByLayer[layer]),
  ]);
  return csvOf(header, lines);
}
