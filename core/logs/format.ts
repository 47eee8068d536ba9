/** What every format of logs is: one file with one of these, and a line in `index.ts`. */
import type { LogTable } from './log.ts';
import type { LogFile } from './source.ts';

/** A format of single files. */
export interface LogFormat {
  /** For sentences that say what can be read. */
  title: string;
  /** The names of its columns, as far as the first bytes tell them; null where it is no such file. */
  namesIn(file: LogFile): readonly string[] | null;
  /**
   * Reads it, keeping the wanted columns only.
   * @param growing it is still being written
   * @throws InputError naming the file, the place and the cure
   */
  read(file: LogFile, wanted: (name: string) => boolean, growing: boolean): Promise<LogTable>;
}
