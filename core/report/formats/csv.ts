import { basename } from 'node:path';
import { readMetrics } from '../../run-folder/check.ts';
import { metricsCsv } from '../csv.ts';
import type { ReportFormat } from '../format.ts';

/** Every epoch; columns have the same names in all languages. */
export const csv: ReportFormat = {
  id: 'csv',
  extension: 'csv',
  files: (runs, _language, name) => {
    const read = runs.map((run) => ({ run: basename(run), rows: readMetrics(run) }));
    return [{ name, text: metricsCsv(read) }];
  },
};
