/** What a report's format is. */
import type { Language } from '../contract/words/texts.ts';
import type { ReportDocument } from './document.ts';

/** A file of a report. */
export interface ReportFile {
  name: string;
  text: string;
}

/** Folders of runs: of several it is told how they compare. */
export type ReportedRuns = readonly [string, ...string[]];

/** The report, then what lies beside it, such as pictures. */
export type ReportFiles = [ReportFile, ...ReportFile[]];

/** A format that writes whatever is told as a document: one file with one of these, and a line in `index.ts`. */
export interface DocumentFormat {
  id: string;
  /** How the names of its files end. */
  extension: string;
  /** Its text is a page, which a browser turns into the file. */
  printed?: boolean;
  /** @param name of the report's file */
  write: (document: ReportDocument, name: string) => ReportFiles;
}

/** A format that writes the numbers of runs: one file with one of these, and a line in `index.ts`. */
export interface ReportFormat extends Omit<DocumentFormat, 'write'> {
  /**
   * @param language of its words
   * @param name of the report's file
   * @throws InputError where a run cannot be read
   */
  files: (runs: ReportedRuns, language: Language, name: string) => ReportFiles;
}
