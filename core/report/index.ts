/** Report formats. A new one is one file and its line here. */
import { basename, dirname, extname, join } from 'node:path';
import { listed } from '../contract/catalogue/listed.ts';
import { InputError } from '../contract/words/errors.ts';
import type { Language } from '../contract/words/texts.ts';
import { makeFolder, writeWhole } from '../disk/write.ts';
import type { ReportDocument } from './document.ts';
import type { DocumentFormat, ReportedRuns, ReportFiles, ReportFormat } from './format.ts';
import { csv } from './formats/csv.ts';
import { html } from './formats/html.ts';
import { reportJson } from './formats/json.ts';
import { latex } from './formats/latex.ts';
import { markdown } from './formats/markdown.ts';
import { pdf } from './formats/pdf.ts';
import { printPage } from './print.ts';
import { storedDocument } from './stored.ts';

/** Formats of all that is told as a document: runs, logs, data sets, figures. */
export const DOCUMENTS = listed<DocumentFormat>('--format', [html, pdf, markdown, latex]);

/** Formats of runs, in the order in which they are offered; the first is written where none is named. */
export const REPORTS = listed<ReportFormat>('--format', [
  ...DOCUMENTS.all.map(({ write, ...format }) => ({
    ...format,
    files: (runs: ReportedRuns, language: Language, name: string) =>
      write(storedDocument(runs, language), name),
  })),
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
  const { files, printed } = REPORTS.of(format);
  await writeFiles(files(runs, language, basename(path)), path, printed);
}

/**
 * Writes what is told.
 * @param format if not given, the one that the file's name ends with
 * @throws InputError where no format ends so, or nothing here can print
 */
export async function writeDocument(
  document: ReportDocument,
  path: string,
  format = documentFormat(path),
): Promise<void> {
  await writeFiles(format.write(document, basename(path)), path, format.printed);
}

/** The format that a file's name ends with. @throws InputError where none does */
export function documentFormat(path: string): DocumentFormat {
  const ending = extname(path).slice(1).toLowerCase();
  const found = DOCUMENTS.all.find(({ extension }) => extension === ending);
  if (found) return found;
  const endings = DOCUMENTS.all.map(({ extension }) => `.${extension}`);
  throw new InputError('report.ending', { where: path, endings });
}

async function writeFiles(
  [report, ...beside]: ReportFiles,
  path: string,
  printed = false,
): Promise<void> {
  const folder = dirname(path);
  makeFolder(folder);
  // The report last: where it is, all of it is.
  for (const { name, text } of beside) writeWhole(join(folder, name), text);
  if (printed) await printPage(report.text, path);
  else writeWhole(path, report.text);
}
