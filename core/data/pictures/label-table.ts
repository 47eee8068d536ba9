/** Labels of pictures from a table of file names beside them. */
import { basename, dirname, join } from 'node:path/posix';
import type { ReadingConfig } from '../../config/data-schema.ts';
import { InputError } from '../../errors.ts';
import type { Column, Table } from '../formats/table.ts';
import { columnNamed, GIVEN, LABEL, TRUTH } from '../table-roles.ts';
import { leftOut, partNamed } from './layout.ts';
import type { Folders, Labelled, Part } from './layout.ts';

/** A table and where it lies in the tree. */
export interface LabelTable {
  path: string;
  /** What errors name. */
  where: string;
  table: Table;
}

/** Usual names of the column of file names, in lower case. */
const FILES = ['file_name', 'filename', 'file', 'image', 'path', 'image_path', 'img', 'id'];

/**
 * Labels pictures by tables; a table or folder called test or validation is the test part.
 * @throws InputError where a column, a picture or a label is missing
 */
export function byTables(
  tables: readonly LabelTable[],
  pictures: readonly string[],
  reading: ReadingConfig,
): Folders {
  const find = finder(pictures);
  const labelled = tables.flatMap((table) => rowsOf(table, find, reading));
  const used = new Set(labelled.map(({ path }) => path));
  const left = pictures.filter((path) => !used.has(path));
  return {
    labelled,
    numbers: labelled.every(({ label, truth }) => isNumber(label) && isNumber(truth ?? label)),
    inferred: [
      `Labels come from ${tables.map(({ path }) => path).join(', ')}.`,
      ...leftOut(left, 'pictures that the table does not name'),
    ],
  };
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text));

/** Whether a table has a column of file names. */
export const namesFiles = ({ columns }: Table): boolean => usual(columns, FILES) !== undefined;

const usual = (columns: readonly Column[], names: readonly string[]): Column | undefined =>
  names
    .map((name) => columns.find((column) => column.name.toLowerCase() === name))
    .find((column) => column !== undefined);

function rowsOf(
  { path, where, table }: LabelTable,
  find: (name: string, folder: string) => string | null,
  reading: ReadingConfig,
): Labelled[] {
  const files = usual(table.columns, FILES)!;
  const labels = reading.labels
    ? columnNamed(table, reading.labels, where)
    : usual(table.columns, [...GIVEN, ...LABEL]);
  if (!labels) {
    throw new InputError(
      `${where} has no column called label; name the column of labels with data.reading.labels.`,
    );
  }
  const truth = reading.truth
    ? columnNamed(table, reading.truth, where)
    : usual(table.columns, TRUTH);
  return Array.from({ length: table.rows }, (_, row) => {
    const name = textAt(files, row) ?? '';
    const picture = find(name, dirname(path));
    if (!picture) {
      throw new InputError(
        `${where}, row ${row + 1} names the picture "${name.slice(0, 120)}", which is not there; add it or take out the row.`,
      );
    }
    return {
      path: picture,
      part: partOf(path, picture),
      label: needed(labels, row, where),
      truth: truth ? needed(truth, row, where) : null,
    };
  });
}

function needed(column: Column, row: number, where: string): string {
  const text = textAt(column, row);
  if (text !== null) return text;
  throw new InputError(
    `${where}, row ${row + 1} has no value in column "${column.name}"; fill it in or take out the row.`,
  );
}

/** A cell as text; null where it is missing. */
function textAt(column: Column, row: number): string | null {
  if (column.kind === 'words') return column.words[column.codes[row]!] ?? null;
  return Number.isNaN(column.values[row]!) ? null : String(column.values[row]!);
}

/** By the table's own name, then by the folders of the picture. */
function partOf(table: string, picture: string): Part {
  const words = [
    ...basename(table)
      .split(/[^A-Za-z]+/)
      .slice(0, -1),
    ...dirname(picture).split('/'),
  ];
  const parts = words.map(partNamed).filter((part) => part !== null);
  return parts.some((part) => part !== 'train') ? 'test' : 'train';
}

/** Finds a picture by its path from the table's folder or the root, else by a name that only one has. */
function finder(pictures: readonly string[]) {
  const exact = new Set(pictures);
  const byName = new Map<string, string | null>();
  for (const path of pictures) {
    const name = basename(path);
    for (const key of new Set([name, name.replace(/\.[^.]*$/, '')])) {
      byName.set(key, byName.has(key) ? null : path);
    }
  }
  return (name: string, folder: string): string | null => {
    const path = name.replaceAll('\\', '/');
    const near = [join(folder, path), join(path)].find((each) => exact.has(each));
    return near ?? byName.get(basename(path)) ?? null;
  };
}
