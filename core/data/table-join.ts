/** Puts tables of the same columns one under the other. */
import { InputError } from '../errors.ts';
import type { Column } from './formats/table.ts';
import type { TablePart } from './table-dataset.ts';

/**
 * One table of all rows.
 * @param parts at least one
 * @throws InputError where their columns differ
 */
export function joinTables(parts: readonly TablePart[]): TablePart {
  const [first, ...others] = parts;
  if (!first) throw new InputError('There is no table to read; choose another file.');
  if (others.length === 0) return first;
  const columns = first.table.columns.map((column, i) =>
    joined(parts.map(({ table, where }) => sameColumn(first, column, table.columns[i], where))),
  );
  const rows = parts.reduce((sum, { table }) => sum + table.rows, 0);
  return { where: first.where, table: { ...first.table, rows, columns } };
}

function sameColumn(
  first: TablePart,
  column: Column,
  other: Column | undefined,
  where: string,
): Column {
  if (other?.name === column.name && other.kind === column.kind) return other;
  throw new InputError(
    `${where} has not the column "${column.name}" of ${first.where}, or it holds something else there; parts of one table must have the same columns.`,
  );
}

function joined(columns: readonly Column[]): Column {
  const [first] = columns as [Column];
  if (first.kind === 'numbers') {
    const arrays = columns.map((column) => (column as typeof first).values);
    const values = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const array of arrays) {
      values.set(array, at);
      at += array.length;
    }
    return { name: first.name, kind: 'numbers', values };
  }
  const words = new Map<string, number>();
  const codes: number[][] = columns.map((column) => {
    const own = column as typeof first;
    const place = own.words.map(
      (word) => words.get(word) ?? (words.set(word, words.size), words.size - 1),
    );
    return Array.from(own.codes, (code) => (code < 0 ? -1 : place[code]!));
  });
  return {
    name: first.name,
    kind: 'words',
    codes: Int32Array.from(codes.flat()),
    words: [...words.keys()],
  };
}
