/** What a report's format is. */
import type { Language } from '../contract/words/texts.ts';

/** A format of a run's report: one file with one of these, and a line in `index.ts`. */
export interface ReportFormat {
  id: string;
  /** How the names of its files end. */
  extension: string;
  /**
   * A run's report.
   * @param run its folder
   * @param language of its words
   * @throws InputError where the run cannot be read
   */
  text: (run: string, language: Language) => string;
}
