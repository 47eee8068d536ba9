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

/** The epochs of a run. */
export interface RunRows {
  /** Its folder's name. */
  run: string;
  rows: readonly EpochRecord[];
}

/**
 * One line an epoch; each layer's distance is a column `distanceByLayer.<layer>`. Of several runs the
 * first column names the run.
 */
export function metricsCsv(runs: readonly RunRows[]): string {
  const isOne = runs.length === 1;
  const layers = [
    ...new Set(runs.flatMap(({ rows }) => Object.keys(rows[0]?.distanceByLayer ?? {}))),
  ];
  const own = [...COLUMNS, ...layers.map((layer) => `distanceByLayer.${layer}`)];
  const lines = runs.flatMap(({ run, rows }) =>
    rows.map((row) => [
      ...(isOne ? [] : [run]),
      ...COLUMNS.map((column) => row[column]),
      ...layers.map((layer) => row.distanceByLayer[layer]),
    ]),
  );
  return csvOf(isOne ? own : ['run', ...own], lines);
}
