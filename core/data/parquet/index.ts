/** Reads Parquet, in a thread of its own. */
import type { LoadControl } from '../control.ts';
import type { AskedColumns, PictureRows, Results } from './messages.ts';
import { ask } from './thread.ts';

export type { PictureRows } from './messages.ts';

/** Whether bytes begin as a Parquet file does. */
export function isParquet(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1';
}

/**
 * Whether a file has a column of pictures, as Hugging Face writes them.
 * @param bytes are given away
 * @throws InputError naming the file and the cure
 */
export async function hasPictures(
  bytes: Uint8Array,
  where: string,
  control: LoadControl,
): Promise<boolean> {
  return (await ask({ kind: 'about', bytes, where }, control)).pictures !== null;
}

/**
 * Reads the columns of numbers, texts, dates and truth values, and the writer's notes.
 * @param bytes are given away
 * @throws InputError naming the file, the column and the cure
 */
export function readParquet(
  bytes: Uint8Array,
  where: string,
  control: LoadControl,
): Promise<Results['table']> {
  return ask({ kind: 'table', bytes, where }, control);
}

/**
 * Reads encoded pictures and their labels, and hands them over a group of rows at a time.
 * @param bytes are given away
 * @param columns those of labels and of true labels
 * @throws InputError naming the file, the row and the cure
 */
export function readPictureRows(
  bytes: Uint8Array,
  where: string,
  columns: AskedColumns,
  control: LoadControl,
  use: (rows: PictureRows) => void,
): Promise<Results['pictures']> {
  return ask({ kind: 'pictures', bytes, where, ...columns }, control, use);
}
