/** Reads Parquet tables, through hyparquet; runs in a thread of its own. */
import { doing, note } from '../../contract/words/notes.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import { ListBuilder } from '../formats/list-column.ts';
import { ColumnBuilder, readColumns } from '../formats/table.ts';
import type { Table } from '../formats/table.ts';
import { damaged, rowGroups, readGroup, topColumns } from './header.ts';
import type { Group, ParquetFile } from './header.ts';

/**
 * Reads the columns of numbers, texts, dates and truth values; lists of numbers become a column for
 * each place; other nested ones are left out. Both are said.
 * @throws InputError naming the file, the column and the cure
 */
export function tableOf(file: ParquetFile, progress: LoadControl['progress']): Promise<Table> {
  const { where } = file;
  const top = topColumns(file);
  const read = top.filter(({ nested, list }) => !nested || list);
  if (read.length === 0) {
    throw new InputError('parquet.noColumns', { where });
  }
  const left = top.filter(({ nested, list }) => nested && !list).map(({ name }) => `"${name}"`);
  const inferred = left.length > 0 ? [note('nested', { names: left })] : [];
  return readColumns(async (asWords) => {
    const columns = new Map<string, ColumnBuilder | ListBuilder>(
      read.map(({ name, list }) => [
        name,
        list
          ? new ListBuilder(name, where)
          : new ColumnBuilder(name, { where, firstRow: 1 }, asWords.has(name)),
      ]),
    );
    await readValues(file, columns, progress);
    const all = [...columns.values()];
    const lists = all.filter((one) => one instanceof ListBuilder);
    return {
      builders: all.flatMap((one) => (one instanceof ListBuilder ? one.builders() : [one])),
      inferred: [...inferred, ...lists.map((list) => list.said())],
    };
  });
}

async function readValues(
  file: ParquetFile,
  columns: ReadonlyMap<string, ColumnBuilder | ListBuilder>,
  progress: LoadControl['progress'],
): Promise<void> {
  const rows = Number(file.metadata.num_rows);
  for (const group of rowGroups(file)) {
    const parts = await partsOf(file, group, [...columns.keys()]);
    for (const [name, builder] of columns) {
      for (const part of parts.get(name) ?? []) {
        for (let i = 0; i < part.length; i++) {
          if (builder instanceof ListBuilder) builder.add(part[i]);
          else builder.addValue(plainValue(part[i], file.where, name));
        }
      }
    }
    progress?.(rows === 0 ? 1 : group.rowEnd / rows, doing('rows'));
  }
}

type Part = ArrayLike<unknown>;

async function partsOf(
  file: ParquetFile,
  group: Group,
  columns: string[],
): Promise<Map<string, Part[]>> {
  const parts = new Map<string, Part[]>(columns.map((name) => [name, []]));
  await readGroup(file, group, columns, {
    onChunk: ({ columnName, columnData }) => void parts.get(columnName)?.push(columnData),
  });
  for (const part of parts.values()) {
    const count = part.reduce((sum, { length }) => sum + length, 0);
    if (count !== group.rowEnd - group.rowStart) throw damaged(file.where);
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
  throw new InputError('parquet.nested', { where, column });
}
