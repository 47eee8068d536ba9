import { readMetrics } from '../../run-folder/check.ts';
import { metricsCsv } from '../csv.ts';
import type { ReportFormat } from '../format.ts';

/** Every epoch; columns have the same names in all languages. */
export const csv: ReportFormat = {
  id: 'csv',
  extension: 'csv',
  files: (run, _language, name) => [{ name, text: metricsCsv(readMetrics(run)) }],
};
