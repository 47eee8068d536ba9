/** What a report's format is. */
import type { Language } from '../contract/words/texts.ts';

/** A file of a report. */
export interface ReportFile {
  name: string;
  text: string;
}

/** Folders of runs: of several it is told how they compare. */
export type ReportedRuns = readonly [string, ...string[]];

/** A format of a run's report: one file with one of these, and a line in `index.ts`. */
export interface ReportFormat {
  id: string;
  /** How the names of its files end. */
  extension: string;
  /** Its text is a page, which a browser turns into the file. */
  printed?: boolean;
  /**
   * The report of a run, or of several, then what lies beside it, such as pictures.
   * @param language of its words
   * @param name of the report's file
   * @throws InputError where a run cannot be read
   */
  files: (runs: ReportedRuns, language: Language, name: string) => [ReportFile, ...ReportFile[]];
}
