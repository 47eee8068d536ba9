/** A table as a part of a data set. */
import type { Table } from './formats/table.ts';

/** A table and the file that errors name. */
export interface TablePart {
  table: Table;
  where: string;
  /** The places of its rows in the part as it lies on disk, and how many are there; all where not given. */
  places?: { at: Uint32Array; of: number };
}
