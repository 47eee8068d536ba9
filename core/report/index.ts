/** Report formats. A new one is one file and its line here. */
import { basename, dirname, join } from 'node:path';
import { listed } from '../contract/catalogue/listed.ts';
import type { Language } from '../contract/words/texts.ts';
import { makeFolder, writeWhole } from '../disk/write.ts';
import type { ReportedRuns, ReportFormat } from './format.ts';
import { csv } from './formats/csv.ts';
import { html } from './formats/html.ts';
import { reportJson } from './formats/json.ts';
import { latex } from './formats/latex.ts';
import { markdown } from './formats/markdown.ts';
import { pdf } from './formats/pdf.ts';
import { printPage } from './print.ts';

/** Every format, in the order in which they are offered; the first is written where none is named. */
export const REPORTS = listed<ReportFormat>('--format', [
  html,
  pdf,
  markdown,
  latex,
  csv,
  reportJson,
]);

/**
 * A run's report as text: of a PDF file the page that it is printed from.
 * @throws InputError where there is no such format, or the run cannot be read
 */
export const reportText = (run: string, format: string, language: Language = 'en'): string =>
  REPORTS.of(format).files([run], language, basename(run))[0].text;

/**
 * Writes the report of a run, or of several, and what belongs to it beside it.
 * @throws InputError as `reportText` does, and where nothing here can print
 */
export async function writeReport(
  runs: ReportedRuns,
  format: string,
  path: string,
  language: Language = 'en',
): Promise<void> {
  const { files, printed = false } = REPORTS.of(format);
  const [report, ...beside] = files(runs, language, basename(path));
  const folder = dirname(path);
  makeFolder(folder);
  // The report last: where it is, all of it is.
  for (const { name, text } of beside) writeWhole(join(folder, name), text);
  if (printed) await printPage(report.text, path);
  else writeWhole(path, report.text);
}
