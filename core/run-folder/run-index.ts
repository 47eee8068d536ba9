/**
 * `index.json` of a folder of runs: each run's row, and the state of the files that it was made from. A
 * row counts only while those are the same; losing the file, or damage to it, costs only the time to
 * read the runs again. Several processes may write it: the last one's rows stay.
 */
import { join } from 'node:path';
import * as v from 'valibot';
import { isSealed, jsonOf, sealed } from '../disk/sealed.ts';
import { readIfAble, writeIfAble } from '../disk/spare.ts';
import { writeWhole } from '../disk/write.ts';
import { RunRowSchema } from '../contract/messages/records.ts';
import type { RunRow } from '../contract/messages/records.ts';
import { RULE } from '../stopping/recommend.ts';

/** A row, and the stamp of the files that it was made from. */
export interface IndexedRow {
  stamp: string;
  row: RunRow;
}

/** Rows by the name of their run's folder. */
export type RunIndex = ReadonlyMap<string, IndexedRow>;

/** Changes with what a row says, and with the rule that recommends. */
const VERSION = `1.${RULE}`;

const IndexSchema = v.object({
  version: v.literal(VERSION),
  rows: v.array(v.object({ stamp: v.string(), row: RunRowSchema })),
});

/** Where it lies. @param runs the folder of runs */
export const indexPath = (runs: string): string => join(runs, 'index.json');

/** Reads it; empty where it is missing, damaged or another version's. */
export function readIndex(runs: string): RunIndex {
  const value = jsonOf(readIfAble(indexPath(runs)));
  const found = isSealed(value) ? v.safeParse(IndexSchema, value) : null;
  const rows = found?.success ? found.output.rows : [];
  return new Map(rows.map((one) => [one.row.id, one]));
}

/** Writes it where it can be written. */
export function writeIndex(runs: string, index: RunIndex): void {
  const path = indexPath(runs);
  const value = sealed({ version: VERSION, rows: [...index.values()] });
  writeIfAble(path, () => writeWhole(path, JSON.stringify(value), false));
}
