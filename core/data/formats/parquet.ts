/** Reads Parquet tables, through hyparquet. */
import { parquetMetadata, parquetRead } from 'hyparquet';
import type { FileMetaData, SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { InputError } from '../../errors.ts';
import type { LoadControl } from '../control.ts';
import { ColumnBuilder, readColumns } from './table.ts';
import type { Table } from './table.ts';

/** Values of all columns together; more would not fit into memory. */
const MOST_VALUES = 400e6;
/** Bytes of one group of rows once unpacked; hyparquet holds a group whole. */
const MOST_OF_GROUP = 2 ** 31 - 1;

/** Whether bytes begin as a Parquet file does. */
export function isParquet(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1';
}

/**
 * The footer: schema, sizes and the writer's own notes (`key_value_metadata`).
 * @throws InputError where it is damaged, or claims more than can be held
 */
export function parquetHeader(bytes: Uint8Array, where: string): FileMetaData {
  let found: FileMetaData;
  try {
    found = parquetMetadata(bufferOf(bytes));
  } catch {
    throw damaged(where);
  }
  const rows = Number(found.num_rows);
  const groups = found.row_groups ?? [];
  const unpacked = groups.map((group) =>
    group.columns.reduce(
      (sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0),
      0,
    ),
  );
  const claimed = rows * Math.max(1, leavesOf(found).length);
  const counted = groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (!(rows >= 0) || counted !== rows) throw damaged(where);
  if (claimed > MOST_VALUES || unpacked.some((size) => size > MOST_OF_GROUP)) {
    throw new InputError(
      `${where} claims ${rows.toLocaleString('en')} rows, more than can be held; it is damaged, or ` +
        'too large, so give a smaller part of it.',
    );
  }
  return found;
}

/** The columns that hold one value a row; nested ones are not among them. */
function leavesOf({ schema }: FileMetaData): SchemaElement[] {
  return schema.slice(1).filter(({ num_children: children }) => !children);
}

/**
 * Reads the columns of numbers, texts, dates and truth values; nested ones are left out, and it
 * is said.
 * @throws InputError naming the file, the column and the cure
 */
export async function readParquet(
  bytes: Uint8Array,
  where: string,
  control: LoadControl,
): Promise<Table> {
  const metadata = parquetHeader(bytes, where);
  const top = topColumns(metadata);
  const flat = top.filter(({ nested }) => !nested).map(({ name }) => name);
  if (flat.length === 0) {
    throw new InputError(`${where} has no columns of numbers or texts; choose another file.`);
  }
  const left = top.filter(({ nested }) => nested).map(({ name }) => `"${name}"`);
  const inferred = left.length > 0 ? [`Nested columns were left out: ${left.join(', ')}.`] : [];
  return readColumns(async (asWords) => {
    const columns = new Map(
      flat.map((name) => [
        name,
        new ColumnBuilder(name, { where, firstRow: 1 }, asWords.has(name)),
      ]),
    );
    await readValues(bytes, where, metadata, columns, control);
    return { builders: [...columns.values()], inferred };
  });
}

/** The columns of the first level, in their order. */
export function topColumns({ schema }: FileMetaData): { name: string; nested: boolean }[] {
  const found: { name: string; nested: boolean }[] = [];
  for (let at = 1; at < schema.length;) {
    const { name, num_children: children = 0, repetition_type: repetition } = schema[at]!;
    found.push({ name, nested: children > 0 || repetition === 'REPEATED' });
    at = afterTree(schema, at);
  }
  return found;
}

function afterTree(schema: SchemaElement[], at: number): number {
  let next = at + 1;
  for (let i = 0; i < (schema[at]?.num_children ?? 0) && next < schema.length; i++) {
    next = afterTree(schema, next);
  }
  return next;
}

async function readValues(
  bytes: Uint8Array,
  where: string,
  metadata: FileMetaData,
  columns: ReadonlyMap<string, ColumnBuilder>,
  { progress, signal }: LoadControl,
): Promise<void> {
  const rows = Number(metadata.num_rows);
  let start = 0;
  // Group by group, so that it can be stopped and memory holds one group unpacked.
  for (const group of metadata.row_groups) {
    signal?.throwIfAborted();
    const end = start + Number(group.num_rows);
    const parts = await groupOf(bytes, where, metadata, [...columns.keys()], start, end);
    for (const [name, builder] of columns) {
      for (const part of parts.get(name) ?? []) {
        for (let i = 0; i < part.length; i++) builder.addValue(plainValue(part[i], where, name));
      }
    }
    start = end;
    progress?.(rows === 0 ? 1 : end / rows, 'Reading rows');
  }
}

type Part = ArrayLike<unknown>;

async function groupOf(
  bytes: Uint8Array,
  where: string,
  metadata: FileMetaData,
  columns: string[],
  rowStart: number,
  rowEnd: number,
): Promise<Map<string, Part[]>> {
  const parts = new Map<string, Part[]>(columns.map((name) => [name, []]));
  try {
    await parquetRead({
      file: bufferOf(bytes),
      metadata,
      columns,
      rowStart,
      rowEnd,
      compressors,
      onChunk: ({ columnName, columnData }) => void parts.get(columnName)?.push(columnData),
    });
  } catch {
    throw damaged(where);
  }
  for (const part of parts.values()) {
    const count = part.reduce((sum, { length }) => sum + length, 0);
    if (count !== rowEnd - rowStart) throw damaged(where);
  }
  return parts;
}

function plainValue(value: unknown, where: string, column: string): number | string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  throw new InputError(
    `${where}: column "${column}" holds lists or objects; take it out, or write its parts as columns of their own.`,
  );
}

/** A file in memory, as hyparquet wants it. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  const whole = byteOffset === 0 && byteLength === buffer.byteLength;
  return (whole ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer;
}

function damaged(where: string): InputError {
  return new InputError(`${where} is a damaged or cut Parquet file; write or copy it again.`);
}
