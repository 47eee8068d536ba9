/** What a log of any program comes to: signals by epoch, and how they were found. */
import type { Where } from '../contract/words/place.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { LOG_ROLES, LOG_SIGNALS } from '../contract/messages/logs.ts';
import type { LogColumns, LogView } from '../contract/messages/logs.ts';
import type { StoppingSignals } from '../stopping/signals.ts';

/** The signals that are looked for; test columns and true labels are not among them. */
export const SIGNALS = LOG_SIGNALS satisfies readonly (keyof StoppingSignals)[];
export type Signal = (typeof SIGNALS)[number];

/** What a column can be taken for. */
export const ROLES = LOG_ROLES;
export type Role = (typeof ROLES)[number];

/** Columns by what they are taken for; several for one signal mean their average, none leaves it out. */
export type Columns = LogColumns;

/** A log, read. */
export interface Log {
  /** In the order of epochs, which are whole numbers, 0 being before training. */
  rows: StoppingSignals[];
  /** Each row's epoch (or step) as the log writes it. */
  names: string[];
  /** Each row's step, where the log tells it besides; else null. */
  steps: (number | null)[];
  /** Whether `names` are steps, and not epochs. */
  byStep: boolean;
  /** The kind of log, in words. */
  format: string;
  /** Which column was taken for what. */
  columns: Columns;
  /** Columns that may be chosen: all but those of test data and true labels. */
  available: string[];
  /** How many trainings the log holds; the last one is read. */
  trainings: number;
  /** Whether its columns were told at its beginning, so that no later row can bring another. */
  isHeaded: boolean;
  /** Of how many samples prediction changes are, where the log tells them as a share. */
  changesOf: number | null;
  /** Columns of test data, which are never read. */
  tests: string[];
  /** Accuracies that may be of any samples, and so were not taken. */
  unsaid: string[];
  /** What was guessed, left out or put right while reading: a sentence each. */
  notes: Phrase[];
}

/** What a log holds, its epochs or steps as it writes them itself. */
export function ownRows({ rows, names }: Log): LogView['rows'] {
  return rows.map(({ epoch: _, ...signals }, i) => ({ at: Number(names[i]), ...signals }));
}

/** Rows as a file holds them, sparse; only the columns that may be needed. */
export interface LogTable {
  /** The kind of log, in words. */
  format: string;
  /** Whether epoch 0 is before training; elsewhere it is the first epoch trained. */
  zeroIsBefore: boolean;
  /** Whether its columns are told once, at its beginning. */
  isHeaded?: boolean;
  /** The file or folder, for errors. */
  where: string;
  /** Names of all columns, in their order. */
  names: string[];
  rows: number;
  /** Values by column, NaN where there is none. */
  values: ReadonlyMap<string, Float64Array>;
  /** The first value of a column that is no number: where it stands, and what it is. */
  words: ReadonlyMap<string, { place: Where; text: string }>;
  notes: Phrase[];
}

/** How a log is read. */
export interface LogOptions {
  /** Columns that the person named; the others are guessed. */
  columns?: Columns;
  /** The file is still being written: a last line without its end is left for later. */
  growing?: boolean;
}
