/** What a Parquet file may ask of this machine, checked before anything is unpacked. */
import { brotliDecompressSync, unzipSync } from 'node:zlib';
import { decompress as decompressZstd } from 'fzstd';
import type { ColumnMetaData, Compressors, FileMetaData, RowGroup } from 'hyparquet';
import { compressors as others } from 'hyparquet-compressors';
import { MOST_LISTED } from '../formats/list-column.ts';
import { parquetHeader as pageHeader } from 'hyparquet/src/column.js';

/** Values of all columns together; more would not fit into memory. */
const MOST_VALUES = 400e6;
/** Values that a byte of a file may stand for: pages of one value only come near it, bombs do not. */
const MOST_PER_BYTE = 2000;
/** Values that any file may have. */
const HARMLESS_VALUES = 5e6;
/** Bytes of one group of rows once unpacked; hyparquet holds a group whole. */
const MOST_OF_GROUP = 2 ** 31 - 1;
/** A page may unpack to so many times its bytes, or to what any page may. */
const MOST_RATIO = 1000;
const HARMLESS_PAGE = 2 ** 25;

/** Values that a file claims to have in all its columns. */
export function valuesOf({ num_rows: rows, schema, row_groups: groups }: FileMetaData): number {
  const leaves = schema.slice(1).filter(({ num_children: children }) => !children);
  const listed = groups.flatMap(({ columns }) =>
    columns.map(({ meta_data: of }) => Number(of?.num_values ?? 0)),
  );
  return Math.max(
    Number(rows) * Math.max(1, leaves.length),
    listed.reduce((sum, count) => sum + Math.max(0, count), 0),
  );
}

/** Whether a file of `size` bytes claims more than it can hold, or than can be held. */
export function claimsTooMuch(metadata: FileMetaData, size: number): boolean {
  const values = valuesOf(metadata);
  const unpacked = metadata.row_groups.map(({ columns }) =>
    columns.reduce((sum, { meta_data: of }) => sum + Number(of?.total_uncompressed_size ?? 0), 0),
  );
  return (
    values > MOST_VALUES ||
    (values > HARMLESS_VALUES && values > MOST_PER_BYTE * size) ||
    unpacked.some((bytes) => bytes > MOST_OF_GROUP)
  );
}

/**
 * Goes through the pages of some columns of a group by their headers.
 * @throws Error where one reaches out of its column, or claims more values than its group has rows
 */
export function checkGroup(
  bytes: Uint8Array,
  { columns, num_rows: rows }: RowGroup,
  names: readonly string[],
): void {
  let unpacked = 0;
  for (const { meta_data: of } of columns) {
    if (!of || !names.includes(of.path_in_schema[0]!)) continue;
    if (Number(of.num_values) > Number(rows) * (isListPath(of.path_in_schema) ? MOST_LISTED : 1)) {
      throw new Error('A column has more values than rows.');
    }
    unpacked += checkPages(bytes, of);
    if (unpacked > MOST_OF_GROUP) throw new Error('A group unpacks to too much.');
  }
}

/** A list of numbers lies in levels of its own: `name.list.element`. */
const isListPath = (path: readonly string[]): boolean =>
  path.length > 2 || /^(array|bag|item|element)$/.test(path[1] ?? '');

/** @returns bytes that the column's pages claim to unpack to */
function checkPages(bytes: Uint8Array, of: ColumnMetaData): number {
  const start = Number(of.dictionary_page_offset || of.data_page_offset);
  const size = Number(of.total_compressed_size);
  // A view throws where it does not fit into its buffer.
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, size);
  const reader = { view, offset: 0 };
  let left = Number(of.num_values);
  let unpacked = 0;
  while (left > 0 && reader.offset < size - 1) {
    const page = pageHeader(reader);
    const [packed, whole] = [page.compressed_page_size, page.uncompressed_page_size];
    if (!(packed >= 0 && whole >= 0 && reader.offset + packed <= size)) {
      throw new Error('A page reaches out of its column.');
    }
    const data = page.data_page_header ?? page.data_page_header_v2;
    const values = data?.num_values ?? page.dictionary_page_header?.num_values ?? 0;
    if (values < 0 || values > (data ? left : whole))
      throw new Error('A page has too many values.');
    if (data) left -= values;
    unpacked += whole;
    reader.offset += packed;
  }
  return unpacked;
}

type Unpack = (input: Uint8Array, length: number) => Uint8Array;

/** Unpacks to `length` bytes at most, which the input must be able to hold. */
const bounded =
  (unpack: Unpack): Unpack =>
  (input, length) => {
    if (length > HARMLESS_PAGE && length > MOST_RATIO * input.length) {
      throw new Error('A page claims more than it can hold.');
    }
    return unpack(input, length);
  };

/** hyparquet's decompressors, none of which gives more than a page claims; Node's own where it has them. */
export const COMPRESSORS: Compressors = Object.fromEntries(
  Object.entries({
    ...others,
    GZIP: (input, length) => unzipSync(input, { maxOutputLength: Math.max(1, length) }),
    BROTLI: (input, length) =>
      brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
    ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
  } satisfies Compressors).map(([codec, unpack]) => [codec, bounded(unpack as Unpack)]),
);
