/** What every format of logs is: one file with one of these, and a line in `formats/index.ts`. */
import type { LogTable } from './log.ts';
import type { LogFile } from './source.ts';

/** How a log is read. */
export interface LogReading {
  /** What the person named, for errors. */
  where: string;
  /** Which columns are kept. */
  wanted: (name: string) => boolean;
  /** Whether it is still being written. */
  growing: boolean;
}

/** A format of logs. What it is called, for sentences that say what can be read, is the text `log.formats`. */
export interface LogFormat {
  id: string;
  /** Whether all files of its kind in a folder are one log, and not several. */
  together?: true;
  /** Whether its columns are told once, at its beginning, so that no later row can bring another. */
  isHeaded?: true;
  /**
   * The names of a file's columns, as far as its first bytes tell them, which may be none; null where it
   * is no such file.
   */
  namesIn(file: LogFile): readonly string[] | null;
  /**
   * Reads a log.
   * @param files one, or all of its kind
   * @throws InputError naming the file, the place and the cure
   */
  read(files: readonly [LogFile, ...LogFile[]], reading: LogReading): Promise<LogTable>;
}
