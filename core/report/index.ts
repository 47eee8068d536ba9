/** Report formats. A new one is one file and its line here. */
import { dirname } from 'node:path';
import { listed } from '../contract/catalogue/listed.ts';
import type { Language } from '../contract/words/texts.ts';
import { makeFolder, writeWhole } from '../disk/write.ts';
import type { ReportFormat } from './format.ts';
import { csv } from './formats/csv.ts';
import { html } from './formats/html.ts';

/** Every format, in the order in which they are offered; the first is written where none is named. */
export const REPORTS = listed<ReportFormat>('--format', [html, csv]);

/**
 * A run's report as text.
 * @throws InputError where there is no such format, or the run cannot be read
 */
export const reportText = (run: string, format: string, language: Language = 'en'): string =>
  REPORTS.of(format).text(run, language);

/** Writes a run's report. @throws InputError as `reportText` does */
export function writeReport(
  run: string,
  format: string,
  path: string,
  language: Language = 'en',
): void {
  const text = reportText(run, format, language);
  makeFolder(dirname(path));
  writeWhole(path, text);
}
