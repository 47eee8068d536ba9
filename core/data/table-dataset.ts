/** From tables to a data set: numbers as they are, words as one column for each of their kinds. */
import { basename, resolve } from 'node:path';
import type { ReadingConfig } from '../config/data-schema.ts';
import { InputError } from '../errors.ts';
import { encodeLabels } from './classes.ts';
import { plain } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import type { Column, Table } from './formats/table.ts';
import { columnNamed, rolesOf } from './table-roles.ts';
import type { Roles } from './table-roles.ts';

/** A table and the file that errors name. */
export interface TablePart {
  table: Table;
  where: string;
}

/** Classes that a file names by number, such as Hugging Face's ClassLabel. */
export type NamesOf = (column: string) => readonly string[] | null;

/** More columns than this would not fit a network or the memory. */
const MOST_ENCODED = 100_000;

/**
 * Makes a data set. Rows without a label are left out; other missing values are handled as
 * `reading.missing` says, by the training part's medians and most frequent kinds.
 * @param test the rows to test on; null where there are none
 * @throws InputError naming the file, the column and the cure
 */
export function tableDataset(
  path: string,
  format: string,
  train: TablePart,
  test: TablePart | null,
  reading: ReadingConfig,
  namesOf: NamesOf = () => null,
): Dataset {
  const roles = rolesOf(train.table, reading, train.where);
  const parts = test ? [train, test] : [train];
  const missing = countMissing(train, roles);
  if (reading.missing === 'ask') refuseMissing(parts, roles);
  const kept = parts.map((part) => keptRows(part, roles, reading.missing === 'drop'));
  const encoders = roles.features.map((name) =>
    encoderOf(columnNamed(train.table, name, train.where), kept[0]!.rows),
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
  const dropped = kept.reduce((sum, { dropped: count }) => sum + count, 0);
  return {
    name: basename(resolve(path)),
    format,
    ...plain(),
    shape: [1, 1, width],
    classes: named(labels.classes, namesOf(roles.labels)),
    train: samples(0),
    test: test ? samples(1) : null,
    inferred: [
      ...train.table.inferred,
      ...roles.inferred,
      ...labels.inferred,
      ...(dropped > 0
        ? [`${dropped.toLocaleString('en')} rows with missing values were left out.`]
        : []),
    ],
    columns: encoders.flatMap(({ names }) => names),
    missing,
  };
}

function named(classes: string[], names: readonly string[] | null): string[] {
  return names ? classes.map((name) => names[Number(name)] ?? name) : classes;
}

const isMissing = (column: Column, row: number): boolean =>
  column.kind === 'words' ? column.codes[row]! < 0 : Number.isNaN(column.values[row]!);

function countMissing({ table, where }: TablePart, roles: Roles): Dataset['missing'] {
  const names = [...roles.features, roles.labels, ...(roles.truth ? [roles.truth] : [])];
  return names.flatMap((name) => {
    const column = columnNamed(table, name, where);
    let count = 0;
    for (let row = 0; row < table.rows; row++) if (isMissing(column, row)) count++;
    return count > 0 ? [{ column: name, count }] : [];
  });
}

function refuseMissing(parts: readonly TablePart[], roles: Roles): void {
  for (const part of parts) {
    const found = countMissing(part, { ...roles, truth: null }).filter(
      ({ column }) => column !== roles.labels,
    );
    if (found.length === 0) continue;
    const told = found
      .slice(0, 4)
      .map(({ column, count }) => `${column}: ${count.toLocaleString('en')}`);
    throw new InputError(
      `${part.where} has missing values (${told.join(', ')}${found.length > 4 ? ' and more' : ''}); ` +
        'choose what to do with data.reading.missing: "drop" such rows, or "impute" them.',
    );
  }
}

/** The rows that have a label and, where rows are dropped, every value. */
function keptRows(
  { table, where }: TablePart,
  roles: Roles,
  drop: boolean,
): { rows: Uint32Array; dropped: number } {
  const names = [
    roles.labels,
    ...(roles.truth ? [roles.truth] : []),
    ...(drop ? roles.features : []),
  ];
  const columns = names.map((name) => columnNamed(table, name, where));
  const rows = new Uint32Array(table.rows);
  let kept = 0;
  for (let row = 0; row < table.rows; row++) {
    if (!columns.some((column) => isMissing(column, row))) rows[kept++] = row;
  }
  if (kept === 0)
    throw new InputError(`${where} has no row without missing values; choose "impute".`);
  return { rows: rows.subarray(0, kept), dropped: table.rows - kept };
}

function labelsOf(
  parts: readonly TablePart[],
  rows: readonly Uint32Array[],
  { labels, truth }: Roles,
): { codes: Uint8Array[]; truth: Uint8Array[]; classes: string[]; inferred: string[] } {
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

/** How a column becomes numbers, told by the training part. */
interface Encoder {
  column: string;
  /** The columns it becomes. */
  names: string[];
  /** Null for numbers; else the place of each kind. */
  kinds: Map<string, number> | null;
  /** What stands in for a missing value: a number, or the place of a kind. */
  instead: number;
}

function encoderOf(column: Column, rows: Uint32Array): Encoder {
  const { name } = column;
  if (column.kind === 'numbers') {
    const { values } = column;
    // Sorting a column takes as long as reading it, so only those with gaps are.
    const gaps = rows.some((row) => Number.isNaN(values[row]!));
    return { column: name, names: [name], kinds: null, instead: gaps ? medianOf(values, rows) : 0 };
  }
  const counts = new Uint32Array(column.words.length);
  for (const row of rows) if (column.codes[row]! >= 0) counts[column.codes[row]!]!++;
  const sorted = [...column.words].sort();
  const most = column.words[counts.indexOf(Math.max(...counts))]!;
  const kinds = new Map(sorted.map((word, i) => [word, i]));
  return {
    column: name,
    names: sorted.map((word) => `${name} = ${word}`),
    kinds,
    instead: kinds.get(most)!,
  };
}

/** The median of the values that are there; 0 where none is. */
function medianOf(column: Float64Array, rows: Uint32Array): number {
  const values = new Float64Array(rows.length);
  let known = 0;
  for (const row of rows) if (!Number.isNaN(column[row]!)) values[known++] = column[row]!;
  if (known === 0) return 0;
  const sorted = values.subarray(0, known).sort();
  const middle = known >> 1;
  return known % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Rows x width numbers; a kind that the training part has not stays all zeros. */
function encode(
  { table, where }: TablePart,
  rows: Uint32Array,
  encoders: readonly Encoder[],
  width: number,
): Float32Array {
  const out = new Float32Array(rows.length * width);
  let first = 0;
  for (const encoder of encoders) {
    const column = columnNamed(table, encoder.column, where);
    if (column.kind === 'numbers' && !encoder.kinds) {
      fillNumbers(out, column.values, rows, {
        first,
        width,
        instead: encoder.instead,
        where,
        name: column.name,
      });
    } else {
      const places = placesOf(column, encoder);
      for (let i = 0; i < rows.length; i++) {
        const place = places(rows[i]!);
        if (place !== null) out[i * width + first + place] = 1;
      }
    }
    first += encoder.names.length;
  }
  return out;
}

function fillNumbers(
  out: Float32Array,
  values: Float64Array,
  rows: Uint32Array,
  to: { first: number; width: number; instead: number; where: string; name: string },
): void {
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!;
    const number = Number.isNaN(value) ? to.instead : value;
    if (!Number.isFinite(Math.fround(number))) {
      throw new InputError(
        `${to.where}, column "${to.name}": the value of data row ${rows[i]! + 1} is ${number}, which cannot be ` +
          'computed with; correct it, or leave it empty.',
      );
    }
    out[i * to.width + to.first] = number;
  }
}

/** The place of a row's kind, or null where the training part has none such. */
function placesOf(
  column: Column,
  { kinds, instead, names, column: name }: Encoder,
): (row: number) => number | null {
  if (!kinds || column.kind === 'numbers') {
    throw new InputError(
      `Column "${name}" holds ${kinds ? 'texts in the training part and numbers in the test part' : 'numbers in the training part and texts in the test part'}; make them alike.`,
    );
  }
  const known = column.words.map((word) => kinds.get(word) ?? null);
  return (row) =>
    column.codes[row]! < 0 ? Math.min(instead, names.length - 1) : known[column.codes[row]!]!;
}

function tooWide(where: string, width: number): InputError {
  return new InputError(
    `${where} becomes ${width.toLocaleString('en')} columns once its texts are kinds, more than ` +
      `${MOST_ENCODED.toLocaleString('en')}; take out columns of texts.`,
  );
}
