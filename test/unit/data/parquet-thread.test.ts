/** The thread that reads Parquet is ended where a file, or the person, makes it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { readParquet } from '../../../core/data/parquet/index.ts';
import { attempt } from '../../fuzz/attempt.ts';
import { FORMATS } from '../../fuzz/formats.ts';

const DATA = join(import.meta.dirname, '../../fixtures/data');
const small = () => Uint8Array.from(readFileSync(join(DATA, 'tables/people-snappy.parquet')));
const rowsOf = async (bytes: Uint8Array) => (await readParquet(bytes, 'set', {})).table.rows;

/** A table whose numbers all differ: 8 bytes each, and a moment to read. */
function large(rows: number): Uint8Array {
  const data = Array.from({ length: rows }, (_, i) => i / 7);
  return new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'x', data, type: 'DOUBLE' }] }));
}

test('reading is cancelled within a file, and the next file is read', async () => {
  const bytes = large(300_000);
  const giving = new AbortController();
  const reading = readParquet(bytes, 'set', { signal: giving.signal });
  setTimeout(() => giving.abort(new Error('was cancelled.')), 20);
  await expect(reading).rejects.toThrow('was cancelled.');
  expect(await rowsOf(small())).toBe(60);
});

test('files asked for at once are read one after the other', async () => {
  const all = await Promise.all([rowsOf(small()), rowsOf(large(5000)), rowsOf(small())]);
  expect(all).toEqual([60, 5000, 60]);
});

// Runs that are longer than their page, which grew an array without end; a frame of Zstandard that
// claims gigabytes.
test.each([
  ['parquet', 7908],
  ['parquet-zstd', 2393],
  ['parquet-zstd', 2609],
])('%s, damaged as number %i, is refused', async (format, number) => {
  const seed = await FORMATS[format]!(DATA);
  expect(await attempt(format, seed, number)).toMatchObject({ kind: 'refused' });
});
