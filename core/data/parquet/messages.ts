/** What is said between a program and its thread that reads Parquet. */
import type { Phrase } from '../../contract/words/phrase.ts';
import type { Table } from '../formats/table.ts';

/** What the thread is asked for. */
export type Job = {
  /** The whole file. */
  bytes: Uint8Array;
  /** What errors call it. */
  where: string;
} & ({ kind: 'about' } | { kind: 'table' } | ({ kind: 'pictures' } & AskedColumns));

/** Columns of labels and of true labels; empty to find them. */
export interface AskedColumns {
  labels: string;
  truth: string;
  /** Whether rows may lack labels, as those of a test part do. */
  lenient: boolean;
}

/** What each job ends with. */
export interface Results {
  about: {
    /** The column of pictures (`{bytes, path}`); null where there is none. */
    pictures: string | null;
  };
  table: {
    table: Table;
    /** What `datasets` by Hugging Face noted, as JSON; null where it did not. */
    notes: string | null;
  };
  pictures: {
    /** The columns of labels and of true labels. */
    labels: string;
    truth: string | null;
    notes: string | null;
  };
}

/** Rows with pictures, as many as a group of the file has. */
export interface PictureRows {
  /** The encoded pictures, one after the other. */
  bytes: Uint8Array;
  lengths: number[];
  /** The name of each picture's file; null where none is told. */
  names: (string | null)[];
  labels: (string | number | null)[];
  truth: (string | number | null)[] | null;
}

/** What the thread answers; `done`, `refused` and `failed` end a job. */
export type Reply =
  /** The footer is sound and claims so many values. */
  | { kind: 'begun'; values: number }
  | { kind: 'progress'; share: number; doing: Phrase }
  /** The columns beside the pictures. */
  | { kind: 'fields'; names: string[] }
  | { kind: 'rows'; rows: PictureRows }
  | { kind: 'done'; result: Results[Job['kind']] }
  /** What the person is told. */
  | { kind: 'refused'; phrase: Phrase }
  /** A mistake of ours. */
  | { kind: 'failed'; message: string };
