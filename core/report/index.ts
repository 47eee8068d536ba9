/** Report formats. A new one is one file and one line here. */
import { checkWhole, readMetrics } from '../run-folder/check.ts';
import { readRunConfig } from '../run-folder/stored.ts';
import { runView } from '../run-folder/views.ts';
import { dirname } from 'node:path';
import { makeFolder, writeWhole } from '../disk/write.ts';
import type { Language } from '../contract/words/texts.ts';
import { metricsCsv } from './csv.ts';
import { reportHtml } from './html.ts';

const FORMATS = {
  html: (run: string, language: Language) =>
    reportHtml(runView(run, checkWhole(run)), readRunConfig(run), language),
  csv: (run: string) => metricsCsv(readMetrics(run)),
};

/** A report's format. */
export type ReportFormat = keyof typeof FORMATS;

/** The names of all formats. */
export const REPORT_FORMATS = Object.keys(FORMATS) as ReportFormat[];

/**
 * A run's report as text.
 * @param language of its words; a CSV's columns have the same names in all
 * @throws InputError where the run cannot be read
 */
export function reportText(run: string, format: ReportFormat, language: Language = 'en'): string {
  return FORMATS[format](run, language);
}

/** Writes a run's report. @throws InputError where the run cannot be read */
export function writeReport(
  run: string,
  format: ReportFormat,
  path: string,
  language: Language = 'en',
): void {
  const text = reportText(run, format, language);
  makeFolder(dirname(path));
  writeWhole(path, text);
}
