import { readMetrics } from '../../run-folder/check.ts';
import { metricsCsv } from '../csv.ts';
import type { ReportFormat } from '../format.ts';

/** Every epoch; columns have the same names in all languages. */
export const csv: ReportFormat = {
  id: 'csv',
  extension: 'csv',
  text: (run) => metricsCsv(readMetrics(run)),
};
