/** Reads pictures and their labels from Parquet as Hugging Face writes it; runs in a thread of its own. */
import { inRow } from '../../contract/words/place.ts';
import type { Where } from '../../contract/words/place.ts';
import { InputError } from '../../contract/words/errors.ts';
import { likelihood, roleNamed } from '../table-names.ts';
import type { NamedRole } from '../table-names.ts';
import { rowGroups, readGroup, topColumns } from './header.ts';
import type { ParquetFile } from './header.ts';
import type { AskedColumns, PictureRows } from './messages.ts';

/** The column whose children are `bytes` and `path`; null where there is none. */
export function pictureColumn({ metadata: { schema } }: ParquetFile): string | null {
  const at = schema.findIndex(
    ({ num_children: children }, i) =>
      i > 0 &&
      children === 2 &&
      [schema[i + 1]?.name, schema[i + 2]?.name].sort().join() === 'bytes,path',
  );
  return schema[at]?.name ?? null;
}

/**
 * Hands over the rows, a group at a time.
 * @param asked the columns of labels and of true labels, empty to find them; `lenient` where a
 * shard may lack labels, which are null then
 * @returns the columns of labels and of true labels
 * @throws InputError naming the file, the row and the cure
 */
export async function readPictures(
  file: ParquetFile,
  asked: AskedColumns,
  use: (rows: PictureRows, share: number) => void,
): Promise<{ labels: string; truth: string | null }> {
  const { pictures, labels, truth } = columnsOf(file, asked);
  const read = [labels, truth].filter((name) => name !== undefined && name !== '') as string[];
  for (const group of rowGroups(file)) {
    let rows: Record<string, unknown>[] = [];
    await readGroup(file, group, [pictures, ...read], {
      utf8: false,
      rowFormat: 'object',
      onComplete: (found) => void (rows = found),
    });
    const place = (i: number) => inRow(file.where, group.rowStart + i + 1);
    const found = rows.map((row, i) => pictureOf(row[pictures], place(i)));
    use(
      {
        bytes: joined(found),
        lengths: found.map(({ length }) => length),
        names: rows.map((row) => nameOf(row[pictures])),
        labels: rows.map((row, i) => labelOf(row[labels ?? ''], place(i), asked.lenient)),
        truth: truth ? rows.map((row, i) => labelOf(row[truth], place(i), asked.lenient)) : null,
      },
      group.rowEnd / Number(file.metadata.num_rows),
    );
  }
  return { labels: labels ?? '', truth: truth ?? null };
}

/** @throws InputError where one is missing */
function columnsOf(file: ParquetFile, asked: AskedColumns) {
  const pictures = pictureColumn(file);
  const columns = topColumns(file).map(({ name }) => name);
  const called = (role: NamedRole) => columns.filter((name) => roleNamed(name) === role);
  const likely = called('label').sort((a, b) => likelihood(b) - likelihood(a) || fine(b) - fine(a));
  const [given, ...others] = called('given');
  if (!asked.labels && others.length > 0) {
    throw new InputError('parquet.severalGiven', {
      where: file.where,
      names: called('given'),
      field: { path: 'data.reading.labels' },
    });
  }
  const labels = asked.labels || given || likely[0] || called('truth')[0];
  const isGiven = labels !== undefined && roleNamed(labels) === 'given';
  const truth =
    asked.truth || [...called('truth'), ...(isGiven ? likely : [])].find((name) => name !== labels);
  if (!pictures) {
    throw new InputError('parquet.noPictures', { where: file.where });
  }
  for (const [name, field] of [
    [labels ?? 'label', 'labels'],
    ...(truth ? [[truth, 'truth']] : []),
  ]) {
    if (columns.includes(name!) || asked.lenient) continue;
    throw new InputError('parquet.noColumn', {
      where: file.where,
      name,
      field: { path: `data.reading.${field}` },
    });
  }
  const there = (name: string | undefined) => (name && columns.includes(name) ? name : undefined);
  return { pictures, labels: there(labels), truth: there(truth) };
}

/** CIFAR-100's fine labels are its classes. */
const fine = (name: string): number => Number(/fine/i.test(name));

/** All in one buffer of their own, which can be given away. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function pictureOf(value: unknown, place: Where): Uint8Array {
  const bytes = (value as { bytes?: unknown } | null)?.bytes;
  if (bytes instanceof Uint8Array) return bytes;
  throw new InputError('parquet.noBytes', { where: place });
}

/** The name of a picture's file, where it is told. */
function nameOf(value: unknown): string | null {
  const path = (value as { path?: unknown } | null)?.path;
  // Texts are read as bytes, for pictures are.
  const name = path instanceof Uint8Array ? Buffer.from(path).toString() : path;
  return typeof name === 'string' && name !== '' ? name : null;
}

function labelOf(value: unknown, place: Where, lenient: boolean): string | number | null {
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (lenient && (value === null || value === undefined)) return null;
  throw new InputError('table.noLabel', { where: place });
}
