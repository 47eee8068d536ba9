/** Puts tables of the same columns one under the other. */
import { note } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import type { Column } from './formats/table.ts';
import type { TablePart } from './table-part.ts';
import { isIndexNamed, likelihood } from './table-names.ts';

/**
 * One table of all rows; or of all columns, where one of two files holds the labels of the other.
 * @param parts at least one
 * @throws InputError where their columns differ
 */
export function joinTables(parts: readonly TablePart[]): TablePart {
  const [first, ...others] = parts;
  if (!first) throw new InputError('table.none');
  if (others.length === 0) return first;
  const beside = labelsBeside(parts);
  if (beside) return beside;
  for (const part of others) checkColumns(first, part);
  const columns = first.table.columns.map((column) =>
    joined(
      alike(
        parts.map(({ table }) => table.columns.find(({ name }) => name === column.name)!),
        first,
        parts,
      ),
    ),
  );
  const rows = parts.reduce((sum, { table }) => sum + table.rows, 0);
  const inferred = [...new Set(parts.flatMap(({ table }) => table.inferred))];
  return { where: first.where, table: { rows, columns, inferred } };
}

/** X and y in two files: as many rows, and one column in one of them; null where it is not so. */
function labelsBeside(parts: readonly TablePart[]): TablePart | null {
  const [a, b] = parts;
  if (parts.length !== 2 || a!.table.rows !== b!.table.rows) return null;
  const values = ({ table }: TablePart) => table.columns.filter(({ name }) => !isIndexNamed(name));
  const lone = [a!, b!].find((part) => values(part).length === 1);
  const other = lone === a ? b! : a!;
  if (!lone || values(other).length === 1) return null;
  const [label] = values(lone) as [Column];
  const taken = other.table.columns.some(({ name }) => name === label.name);
  const name = taken || likelihood(label.name) === 0 ? 'label' : label.name;
  if (other.table.columns.some((column) => column.name === name)) return null;
  return {
    where: other.where,
    table: {
      rows: other.table.rows,
      columns: [...other.table.columns, { ...label, name }],
      inferred: [
        ...other.table.inferred,
        ...lone.table.inferred,
        note('labelsBeside', { labels: fileOf(lone), rows: fileOf(other) }),
      ],
    },
  };
}

/** The file's own name; before it stands the data set's. */
const fileOf = ({ where }: TablePart): string => where.split(', ').at(-1)!;

function checkColumns(first: TablePart, part: TablePart): void {
  const names = new Set(part.table.columns.map(({ name }) => name));
  const own = new Set(first.table.columns.map(({ name }) => name));
  const lacks = [...own].find((name) => !names.has(name));
  const strange = [...names].find((name) => !own.has(name));
  if (lacks === undefined && strange === undefined) return;
  const [where, name, other] =
    lacks === undefined ? [first.where, strange, part.where] : [part.where, lacks, first.where];
  throw new InputError('table.partColumns', { where, name, other });
}

/** Columns of one kind: one without any value is of every kind. @throws InputError where they differ */
function alike(
  columns: readonly Column[],
  first: TablePart,
  parts: readonly TablePart[],
): Column[] {
  const words = columns.some(({ kind }) => kind === 'words');
  return columns.map((column, i) => {
    if (!words || column.kind === 'words') return column;
    if (column.values.every((value) => Number.isNaN(value))) {
      return {
        name: column.name,
        kind: 'words',
        codes: new Int32Array(column.values.length).fill(-1),
        words: [],
      };
    }
    const other = columns.findIndex(({ kind }) => kind === 'words');
    throw new InputError('table.mixedParts', {
      column: column.name,
      where: parts[i]!.where,
      other: (parts[other] ?? first).where,
    });
  });
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
    blanks: [...new Set(columns.flatMap((column) => (column as typeof first).blanks ?? []))],
  };
}
