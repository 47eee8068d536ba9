/** Reads pictures and their labels from Parquet as Hugging Face writes it; runs in a thread of its own. */
import { InputError } from '../../errors.ts';
import { GIVEN, LABEL, TRUTH } from '../table-roles.ts';
import { groupsOf, readGroup } from './header.ts';
import type { ParquetFile } from './header.ts';
import type { PictureRows } from './messages.ts';

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
 * @param asked the columns of labels and of true labels; empty to find them
 * @returns the column of labels
 * @throws InputError naming the file, the row and the cure
 */
export async function readPictures(
  file: ParquetFile,
  asked: { labels: string; truth: string },
  use: (rows: PictureRows, share: number) => void,
): Promise<string> {
  const columns = columnsOf(file, asked);
  const { pictures, labels, truth } = columns;
  for (const group of groupsOf(file)) {
    let rows: Record<string, unknown>[] = [];
    await readGroup(file, group, [pictures, labels, ...(truth ? [truth] : [])], {
      utf8: false,
      rowFormat: 'object',
      onComplete: (found) => void (rows = found),
    });
    const place = (i: number) => `${file.where}, row ${group.rowStart + i + 1}`;
    const found = rows.map((row, i) => pictureOf(row[pictures], place(i)));
    use(
      {
        bytes: joined(found),
        lengths: found.map(({ length }) => length),
        labels: rows.map((row, i) => labelOf(row[labels], place(i))),
        truth: truth ? rows.map((row, i) => labelOf(row[truth], place(i))) : null,
      },
      group.rowEnd / Number(file.metadata.num_rows),
    );
  }
  return labels;
}

/** @throws InputError where one is missing */
function columnsOf(file: ParquetFile, asked: { labels: string; truth: string }) {
  const pictures = pictureColumn(file);
  const columns = file.metadata.schema.map(({ name }) => name);
  const usual = (names: readonly string[]) =>
    names.map((name) => columns.find((each) => each.toLowerCase() === name)).find(Boolean);
  const labels = asked.labels || usual([...GIVEN, 'fine_label', ...LABEL]);
  const truth = asked.truth || usual(TRUTH);
  if (!pictures) {
    throw new InputError(
      `${file.where} has no column of pictures, as the other shards have; take it away.`,
    );
  }
  for (const [name, field] of [
    [labels ?? 'label', 'labels'],
    ...(truth ? [[truth, 'truth']] : []),
  ]) {
    if (columns.includes(name!)) continue;
    throw new InputError(
      `${file.where} has no column "${name}"; name the right one with data.reading.${field}.`,
    );
  }
  return { pictures, labels: labels!, truth };
}

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

function pictureOf(value: unknown, place: string): Uint8Array {
  const bytes = (value as { bytes?: unknown } | null)?.bytes;
  if (bytes instanceof Uint8Array) return bytes;
  throw new InputError(`${place} holds no bytes of a picture; write the data set with them.`);
}

function labelOf(value: unknown, place: string): string | number {
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (typeof value === 'number' || typeof value === 'string') return value;
  throw new InputError(`${place} has no label; fill it in or take out the row.`);
}
