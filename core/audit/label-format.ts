/** What a format of audited labels is. */
import type { Language } from '../contract/words/texts.ts';
import type { DecidedLabels } from './decided.ts';

/** A format that a run's labels are written in: one file with one of these, and a line in `formats/index.ts`. */
export interface LabelFormat {
  id: string;
  /** How the names of its files end; null where it is a folder. */
  extension: string | null;
  /**
   * Writes them.
   * @param path of the file, or of a folder that is not there yet or empty
   * @param language of its words
   * @throws InputError where the data are not at hand that it needs, DiskError
   */
  write: (path: string, labels: DecidedLabels, language: Language) => void | Promise<void>;
}
