/** Report formats. A new one is one file and one line here. */
import { checkWhole, readMetrics } from '../runs/check.ts';
import { readRunConfig } from '../runs/stored.ts';
import { runView } from '../runs/views.ts';
import { dirname } from 'node:path';
import { makeFolder, writeWhole } from '../disk/write.ts';
import { metricsCsv } from './csv.ts';
import { reportHtml } from './html.ts';

const FORMATS = {
  html: (run: string) => reportHtml(runView(run, checkWhole(run)), readRunConfig(run)),
  csv: (run: string) => metricsCsv(readMetrics(run)),
};

/** A report's format. */
export type ReportFormat = keyof typeof FORMATS;

/** The names of all formats. */
export const REPORT_FORMATS = Object.keys(FORMATS) as ReportFormat[];

/** A run's report as text. @throws InputError where the run cannot be read */
export function reportText(run: string, format: ReportFormat): string {
  return FORMATS[format](run);
}

/** Writes a run's report. @throws InputError where the run cannot be read */
export function writeReport(run: string, format: ReportFormat, path: string): void {
  const text = reportText(run, format);
  makeFolder(dirname(path));
  writeWhole(path, text);
}
