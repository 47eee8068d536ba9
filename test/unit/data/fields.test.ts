/** The columns and arrays that a person can choose labels from, also where reading waits for that choice. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { inferAll } from '../../../core/contract/config/schema.ts';
import { fieldsOf } from '../../../core/data/index.ts';
import { openWith, scratch, zip } from './files.ts';
import { npyOf } from './npy.ts';
import { text, tinyPng } from './pictures.ts';

const { write, writeAll } = scratch();
const cache = mkdtempSync(join(tmpdir(), 'label-noise-lab-fields-'));
vi.stubEnv('XDG_CACHE_HOME', cache);
afterAll(() => rmSync(cache, { recursive: true }));

const fields = (source: string) => fieldsOf({ source, reading: inferAll });

test('of a table that cannot be read before its labels are chosen', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i / 7},${i % 2},${i % 3}`);
  const path = write('two.csv', text('size,colour,kind', ...rows));
  await expect(openWith(path)).rejects.toThrow('several columns that could be the labels');
  expect(await fields(path)).toEqual(['size', 'colour', 'kind']);
  expect((await openWith(path, { labels: 'kind' })).classes).toEqual(['0', '1', '2']);
});

test('of NumPy arrays', async () => {
  const bytes = (n: number) => Uint8Array.from({ length: n }, (_, i) => i % 2);
  const array = (n: number, shape: number[]) => npyOf({ descr: '|u1', shape }, bytes(n));
  const files = { 'x.npy': array(24, [6, 2, 2]), 'y.npy': array(6, [6]), 'z.npy': array(6, [6]) };
  expect((await fields(write('set.npz', zip(files)))).sort()).toEqual(['x', 'y', 'z']);
});

test('of Parquet with pictures', async () => {
  const path = write('a.parquet', readFileSync('test/fixtures/data/hf-train.parquet'));
  expect(await fields(path)).toEqual(['label']);
});

test('of the table beside pictures, the first time and from the cache', async () => {
  const names = Array.from({ length: 8 }, (_, i) => `${i}.png`);
  const set = writeAll({
    ...Object.fromEntries(names.map((name, i) => [`all/${name}`, tinyPng(i)])),
    'labels.csv': text('file,label,rater', ...names.map((name, i) => `${name},${i % 2},${i % 4}`)),
  });
  const columns = ['file', 'label', 'rater'];
  expect(await fields(set)).toEqual(columns);
  const other = write('other.csv', text('a,label', '1,x', '2,y', '3,x', '4.5,y'));
  await openWith(other);
  expect(await fields(set)).toEqual(columns);
});

test('of a source that is not there are none', async () => {
  expect(await fields(join(cache, 'nowhere'))).toEqual([]);
});
