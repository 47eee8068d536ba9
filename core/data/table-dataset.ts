/** From tables to a data set. */
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import { basename, resolve } from 'node:path';
import type { ReadingConfig } from '../contract/config/data-schema.ts';
import { InputError } from '../contract/words/errors.ts';
import { encodeLabels } from './classes.ts';
import { emptyParts } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import { textAt, withoutBlanks } from './formats/table.ts';
import type { Column, Table } from './formats/table.ts';
import { encode, encoderOf } from './table-encode.ts';
import type { Labels } from './labels.ts';
import { isUnique } from './table-leaks.ts';
import { isIdNamed } from './table-names.ts';
import type { TablePart } from './table-part.ts';
import { columnNamed, rolesOf } from './table-roles.ts';
import type { Roles } from './table-roles.ts';

/** Classes that a file names by number, such as Hugging Face's ClassLabel. */
export type NamesOf = (column: string) => readonly string[] | null;

/** More columns than this would not fit a network or the memory. */
const MOST_ENCODED = 100_000;
/** In larger tables labels are joined by the place of a row alone: so many texts take memory. */
const MOST_IDS = 200_000;

/**
 * Makes a data set. Rows without a label are left out; other missing values are handled as
 * `reading.missing` says, by the training part's medians and most frequent kinds.
 * @param test the rows to test on; null where there are none
 * @throws InputError naming the file, the column and the cure
 */
export function tableDataset(
  path: string,
  format: Phrase,
  train: TablePart,
  test: TablePart | null,
  reading: ReadingConfig,
  namesOf: NamesOf = () => null,
): Dataset {
  const roles = rolesOf(train.table, reading, train.where);
  const said = [...train.table.inferred, ...roles.inferred];
  const tested = test && testPart(test, roles, said);
  const words = [roles.labels, ...(roles.truth ? [roles.truth] : [])];
  const parts = (tested ? [train, tested] : [train]).map((part) => ({
    ...part,
    table: plainTable(part.table, words),
  }));
  const missing = countMissing(parts[0]!, roles);
  if (reading.missing === 'ask') refuseMissing(parts, roles);
  const kept = parts.map((part) => keptRows(part, roles, reading.missing === 'drop'));
  const gapped = new Set(missing.map(({ column }) => column));
  const encoders = roles.features.map((name) =>
    encoderOf(columnNamed(parts[0]!.table, name, train.where), kept[0]!.rows, gapped.has(name)),
  );
  const width = encoders.reduce((sum, { names }) => sum + names.length, 0);
  if (width > MOST_ENCODED) throw tooWide(train.where, width);
  const labels = labelsOf(
    parts,
    kept.map(({ rows }) => rows),
    roles,
  );
  const values = parts.map((part, i) => encode(part, kept[i]!.rows, encoders, width));
  const samples = (i: number) => ({
    values: values[i]!,
    labels: labels.codes[i]!,
    truth: labels.truth[i] ?? null,
  });
  const names = namesOf(roles.labels);
  return {
    name: basename(resolve(path)),
    format,
    ...emptyParts(),
    shape: [1, 1, width],
    classes: named(labels.classes, names),
    ...(names ? { written: labels.classes } : {}),
    train: samples(0),
    // A test part is scored by its true labels, where it has them.
    test: tested
      ? { ...samples(1), labels: labels.truth[1] ?? labels.codes[1]!, truth: null }
      : null,
    inferred: [
      ...said,
      ...labels.inferred,
      ...leftRows(kept, roles),
      ...blankClasses(parts, roles),
    ],
    columns: encoders.flatMap(({ names: own }) => own),
    missing,
    ...placesOf(parts[0]!, kept[0]!.rows),
    ...idsOf(train, kept[0]!.rows),
  };
}

/** The same table where "NA" is a missing value, but in columns of labels. */
const plainTable = (table: Table, labels: readonly string[]): Table => ({
  ...table,
  columns: table.columns.map((column) =>
    labels.includes(column.name) ? column : withoutBlanks(column),
  ),
});

/**
 * The test part, its given labels those that it has: a part without any is left out.
 * @param said takes a sentence for what was guessed
 */
function testPart(test: TablePart, { labels, truth }: Roles, said: Phrase[]): TablePart | null {
  const { table, where } = test;
  const has = (name: string | null) =>
    name !== null &&
    table.columns.some((column) => column.name === name && hasValues(column, table.rows));
  if (has(labels)) {
    if (truth && has(truth)) said.push(note('testScored', { column: truth }));
    if (!truth || has(truth)) return test;
    const labelled = table.columns.find(({ name }) => name === labels)!;
    return withColumn(test, { ...labelled, name: truth });
  }
  if (truth && has(truth)) {
    said.push(note('testScored', { column: truth }));
    const labelled = table.columns.find(({ name }) => name === truth)!;
    return withColumn(test, { ...labelled, name: labels });
  }
  said.push(note('testUnlabelled', { name: where.split(', ').at(-1), column: labels }));
  return null;
}

const hasValues = (column: Column, rows: number): boolean => gapsIn(column, rows) < rows;

function withColumn(part: TablePart, column: Column): TablePart {
  const others = part.table.columns.filter(({ name }) => name !== column.name);
  return { ...part, table: { ...part.table, columns: [...others, column] } };
}

function leftRows(
  kept: readonly { dropped: number; unlabelled: number }[],
  roles: Roles,
): Phrase[] {
  const sum = (of: 'dropped' | 'unlabelled') => kept.reduce((all, each) => all + each[of], 0);
  const [dropped, unlabelled] = [sum('dropped'), sum('unlabelled')];
  const { labels, truth } = roles;
  const code = truth ? 'rowsUnlabelledBoth' : 'rowsUnlabelled';
  return [
    ...(unlabelled > 0 ? [note(code, { n: unlabelled, column: labels, truth: truth ?? '' })] : []),
    ...(dropped > unlabelled ? [note('dropped', { n: dropped - unlabelled })] : []),
  ];
}

/** Says of each label such as "NA" that it is a class. */
function blankClasses(parts: readonly TablePart[], { labels, truth }: Roles): Phrase[] {
  const found = new Map<string, number>();
  for (const { table } of parts) {
    for (const column of table.columns) {
      if (column.kind !== 'words' || (column.name !== labels && column.name !== truth)) continue;
      for (const blank of column.blanks ?? []) {
        const code = column.words.indexOf(blank);
        const count = column.codes.reduce((sum, own) => sum + (own === code ? 1 : 0), 0);
        found.set(blank, (found.get(blank) ?? 0) + count);
      }
    }
  }
  return [...found].map(([blank, count]) => note('blankClass', { label: blank, n: count }));
}

/** Where the training rows lie on disk, if some of those there are left out. */
function placesOf({ table, places }: TablePart, rows: Uint32Array): Pick<Dataset, 'places'> {
  if (!places && rows.length === table.rows) return {};
  const at = places ? rows.map((row) => places.at[row]!) : rows;
  return { places: { at, of: places?.of ?? table.rows } };
}

/** The values of the first column that is an id, for labels to be joined by. */
function idsOf({ table }: TablePart, rows: Uint32Array): Pick<Dataset, 'ids'> {
  const column = table.columns.find((each) => isIdNamed(each.name) && isUnique(each));
  if (!column || rows.length > MOST_IDS) return {};
  return { ids: Array.from(rows, (row) => textAt(column, row)!) };
}

function named(classes: string[], names: readonly string[] | null): string[] {
  return names ? classes.map((name) => names[Number(name)] ?? name) : classes;
}

const isMissing = (column: Column, row: number): boolean =>
  column.kind === 'words' ? column.codes[row]! < 0 : Number.isNaN(column.values[row]!);

/** How many of the rows lack a value; a plain loop, for a table may have millions of cells. */
function gapsIn(column: Column, rows: number): number {
  let count = 0;
  if (column.kind === 'words') {
    const { codes } = column;
    for (let row = 0; row < rows; row++) if (codes[row]! < 0) count++;
  } else {
    const { values } = column;
    for (let row = 0; row < rows; row++) if (Number.isNaN(values[row]!)) count++;
  }
  return count;
}

function countMissing({ table, where }: TablePart, roles: Roles): Dataset['missing'] {
  const names = [...roles.features, roles.labels, ...(roles.truth ? [roles.truth] : [])];
  return names.flatMap((name) => {
    const count = gapsIn(columnNamed(table, name, where), table.rows);
    return count > 0 ? [{ column: name, count }] : [];
  });
}

function refuseMissing(parts: readonly TablePart[], roles: Roles): void {
  for (const part of parts) {
    const found = countMissing(part, { ...roles, truth: null }).filter(
      ({ column }) => column !== roles.labels,
    );
    if (found.length === 0) continue;
    throw new InputError('table.missing', {
      where: part.where,
      columns: found.map(({ column, count }) => `${column}: ${count.toLocaleString('en')}`),
      field: { path: 'data.reading.missing' },
    });
  }
}

/** The rows that have a label and, where rows are dropped, every value. */
function keptRows(
  { table, where }: TablePart,
  roles: Roles,
  drop: boolean,
): { rows: Uint32Array; dropped: number; unlabelled: number } {
  // Columns without a gap need no look at each row.
  const columnsOf = (names: readonly string[]) =>
    names
      .map((name) => columnNamed(table, name, where))
      .filter((column) => gapsIn(column, table.rows) > 0);
  const labels = columnsOf([roles.labels, ...(roles.truth ? [roles.truth] : [])]);
  const features = drop ? columnsOf(roles.features) : [];
  const rows = new Uint32Array(table.rows);
  let [kept, unlabelled] = [0, 0];
  for (let row = 0; row < table.rows; row++) {
    if (labels.some((column) => isMissing(column, row))) unlabelled++;
    else if (!features.some((column) => isMissing(column, row))) rows[kept++] = row;
  }
  if (kept === 0) throw new InputError('table.allMissing', { where });
  return { rows: rows.subarray(0, kept), dropped: table.rows - kept, unlabelled };
}

function labelsOf(
  parts: readonly TablePart[],
  rows: readonly Uint32Array[],
  { labels, truth }: Roles,
): { codes: Labels[]; truth: Labels[]; classes: string[]; inferred: Phrase[] } {
  const raw = (name: string) =>
    parts.map(({ table, where }, i) => ({
      where: `${where}, column "${name}"`,
      values: labelValues(columnNamed(table, name, where), rows[i]!),
    }));
  // Both kinds of labels are numbered together, so that one class has one number.
  const encoded = encodeLabels([...raw(labels), ...(truth ? raw(truth) : [])]);
  return {
    ...encoded,
    codes: encoded.codes.slice(0, parts.length),
    truth: encoded.codes.slice(parts.length),
  };
}

function labelValues(column: Column, rows: Uint32Array): number[] | string[] {
  return column.kind === 'words'
    ? Array.from(rows, (row) => column.words[column.codes[row]!]!)
    : Array.from(rows, (row) => column.values[row]!);
}

function tooWide(where: string, width: number): InputError {
  return new InputError('table.tooWide', { where, width, most: MOST_ENCODED });
}
