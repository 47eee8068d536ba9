/** Writes a data set in a layout. */
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { zip } from './files.ts';
import type { Files } from './files.ts';
import { NUMBERS } from './layouts.ts';
import type { Layout, Row } from './layouts.ts';
import { npy, npyTexts } from './npy.ts';

type Cell = string | number;
type Table = Map<string, Cell[]>;

const isNumber = (text: string): boolean => /^-?\d+$/.test(text);
const cell = (text: string): Cell => (isNumber(text) ? Number(text) : text);

/** The columns of some rows. */
function tableOf(layout: Layout, rows: readonly Row[], first: number): Table {
  const { truthName, labelName, oneHot, classes, index, about, withWord, parts } = layout;
  const columns: [string, Cell[]][] = [];
  for (let i = 0; i < NUMBERS; i++) columns.push([`x${i}`, rows.map((row) => row.numbers[i]!)]);
  if (withWord) columns.push(['colour', rows.map(({ word }) => word)]);
  if (truthName) {
    columns.push(['noisy_label', rows.map(({ label }) => cell(label))]);
    columns.push([truthName, rows.map(({ truth }) => cell(truth))]);
  } else if (oneHot) {
    for (const name of classes) {
      columns.push([`label_${name}`, rows.map(({ label }) => Number(label === name))]);
    }
  } else columns.push([labelName, rows.map(({ label }) => cell(label))]);
  if (about) columns.push([about, rows.map((_, i) => i % 2)]);
  if (parts === 'column') {
    columns.push([layout.splitName, rows.map(({ part }) => layout.partWords[part])]);
  }
  // Columns in any order, but an index is first.
  columns.sort(([a], [b]) => rank(layout, a) - rank(layout, b));
  const counts = rows.map((_, i) => first + i);
  const mixed = counts.map((i) => first + (((i - first) * 7 + 3) % (rows.length || 1)));
  const ids = counts.map((i) => 5000 + i * 37);
  const name = {
    unnamed: '',
    shuffled: '',
    id: 'PassengerId',
    pandas: 'Unnamed: 0',
    level: '__index_level_0__',
  };
  if (index !== 'none') {
    const values = index === 'id' ? ids : index === 'shuffled' && rows.length % 7 ? mixed : counts;
    columns.unshift([name[index], values]);
  }
  return new Map(columns);
}

function rank({ order }: Layout, name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.charCodeAt(0)) % 997;
  return order[sum % order.length]! * 1000 + sum;
}

const quoted = (value: Cell, separator: string): string =>
  typeof value === 'string' && (value.includes(separator) || value.includes('"'))
    ? `"${value.replaceAll('"', '""')}"`
    : String(value);

function separated(table: Table, separator: string, header: boolean, comma: boolean): string {
  const names = [...table.keys()];
  const columns = [...table.values()];
  const rows = columns[0]!.map((_, i) => columns.map((column) => column[i]!));
  const text = (value: Cell) =>
    comma && typeof value === 'number' ? String(value).replace('.', ',') : quoted(value, separator);
  const head = header ? [names.map((name) => quoted(name, separator)).join(separator)] : [];
  return [...head, ...rows.map((row) => row.map(text).join(separator))].join('\n') + '\n';
}

function objects(table: Table, list: boolean): Record<string, unknown>[] {
  const columns = [...table];
  return columns[0]![1].map((_, i) => {
    const row = Object.fromEntries(columns.map(([name, values]) => [name, values[i]]));
    if (!list) return row;
    const { x0, x1, x2, ...rest } = row;
    return { ...rest, emb: [x0, x1, x2] };
  });
}

function parquet(table: Table, list: boolean): Uint8Array {
  const rows = objects(table, list);
  const names = Object.keys(rows[0]!);
  const columnData = names.map((name) => ({ name, data: rows.map((row) => row[name]) }));
  const schema: SchemaElement[] = [{ name: 'root', num_children: names.length }];
  for (const name of names) {
    const [value] = columnData.find((column) => column.name === name)!.data;
    const optional = { name, repetition_type: 'OPTIONAL' } as const;
    if (Array.isArray(value)) {
      schema.push({ ...optional, converted_type: 'LIST', num_children: 1 });
      schema.push({ name: 'list', repetition_type: 'REPEATED', num_children: 1 });
      schema.push({ name: 'element', repetition_type: 'OPTIONAL', type: 'DOUBLE' });
    } else if (typeof value === 'number') schema.push({ ...optional, type: 'DOUBLE' });
    else schema.push({ ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' });
  }
  return Buffer.from(parquetWriteBuffer({ schema, columnData }));
}

/** The bytes and the ending of one table. */
function fileOf(layout: Layout, table: Table): [ending: string, bytes: Uint8Array] {
  const { format, header, list } = layout;
  const text = (value: string) => Buffer.from(value);
  switch (format) {
    case 'csv':
      return ['csv', text(separated(table, ',', header, false))];
    case 'tsv':
      return ['tsv', text(separated(table, '\t', header, false))];
    case 'semicolon':
      return ['csv', text(separated(table, ';', header, true))];
    case 'spaces':
      return ['txt', text(separated(table, ' ', header, false))];
    case 'json':
      return ['json', text(JSON.stringify(objects(table, list)))];
    case 'parquet':
      return ['parquet', parquet(table, list)];
    default:
      return [
        'jsonl',
        text(
          objects(table, list)
            .map((row) => JSON.stringify(row))
            .join('\n'),
        ),
      ];
  }
}

/** Arrays by Keras' names. */
function arrayFiles(layout: Layout): Files {
  const { rows, truthName } = layout;
  const files: Files = {};
  const labels = (of: string[]) =>
    of.every(isNumber) ? npy('<i8', [of.length], of.map(Number)) : npyTexts(of);
  for (const part of ['train', 'test', 'val'] as const) {
    const own = rows.filter((row) => row.part === part);
    if (own.length === 0) continue;
    files[`x_${part}.npy`] = npy(
      '<f4',
      [own.length, NUMBERS],
      own.flatMap(({ numbers }) => numbers),
    );
    const given = truthName ? `y_${part}_noisy.npy` : `y_${part}.npy`;
    files[given] = labels(own.map(({ label }) => label));
    if (truthName) files[`y_${part}.npy`] = labels(own.map(({ truth }) => truth));
  }
  return files;
}

/** Rows that the layout has: without parts, all are for training. */
export function usedRows({ rows, parts, format }: Layout): Row[] {
  const one = parts === 'one' && format !== 'npz' && format !== 'npy';
  return one ? rows.filter(({ part }) => part === 'train') : rows;
}

/** All files of a layout. */
export function filesOf(layout: Layout): Files {
  const { format, parts, partWords, shards, wrapped } = layout;
  const folder = wrapped.map((name) => `${name}/`).join('');
  if (format === 'npz') return { [`${folder}data.npz`]: zip(arrayFiles(layout)) };
  const plain: Files = format === 'npy' ? arrayFiles(layout) : {};
  if (format !== 'npy') {
    const rows = usedRows(layout);
    const groups = parts === 'one' || parts === 'column' ? [rows] : splitByPart(rows);
    for (const group of groups) {
      const word = parts === 'one' || parts === 'column' ? 'data' : partWords[group[0]!.part];
      const size = Math.ceil(group.length / shards);
      for (let i = 0; i < shards; i++) {
        const table = tableOf(layout, group.slice(i * size, (i + 1) * size), i * size);
        const [ending, bytes] = fileOf(layout, table);
        const number = shards === 1 ? '' : `-0000${i}-of-0000${shards}`;
        plain[
          parts === 'folders' ? `${word}/rows${number}.${ending}` : `${word}${number}.${ending}`
        ] = bytes;
      }
    }
  }
  return Object.fromEntries(Object.entries(plain).map(([name, bytes]) => [folder + name, bytes]));
}

function splitByPart(rows: readonly Row[]): Row[][] {
  const parts = ['train', 'test', 'val'] as const;
  return parts
    .map((part) => rows.filter((row) => row.part === part))
    .filter((all) => all.length > 0);
}
