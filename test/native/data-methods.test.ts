/** The core's answers about data, asked as the window asks them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inferAll } from '../../core/contract/config/schema.ts';
import { createLab } from '../../core/api/lab.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';

const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-data-'));
const events: LabEvent[] = [];
const lab = createLab(join(folder, 'runs'), (event) => events.push(event));
const table = join(folder, 'table.csv');
beforeAll(() => {
  const columns = Array.from({ length: 15 }, (_, j) => `c${j}`);
  const rows = Array.from({ length: 40 }, (_, i) =>
    [...columns.map((_, j) => i * 100 + j + 0.5), i % 2 ? 'odd' : 'even'].join(','),
  );
  writeFileSync(table, [[...columns, 'label'].join(','), ...rows].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const source = (path: string) => ({
  source: path,
  reading: inferAll,
  clusters: {
    clusters: 2,
    classes: 2,
    dimension: 20,
    samples: 400,
    eps0: 0.5,
    spread: 'ball' as const,
    alpha: [],
  },
  seed: 0,
});
const page = (from: number, ofClass: number | null) => ({
  part: 'train' as const,
  from,
  count: 5,
  ofClass,
});

test('samples come by pages, of every class or of one; a row gives its numbers', async () => {
  const data = source(table);
  const all = await lab['data.samples']({ data, ...page(38, null) });
  expect(all.total).toBe(40);
  expect(all.samples.map(({ index }) => index)).toEqual([38, 39]);
  expect(all.samples[1]!.row).toEqual(Array.from({ length: 15 }, (_, j) => 3900.5 + j));
  const odd = await lab['data.samples']({ data, ...page(2, 1) });
  expect(odd.total).toBe(20);
  expect(odd.samples.map(({ index }) => index)).toEqual([5, 7, 9, 11, 13]);
  expect(odd.samples.every(({ given, truth }) => given === 1 && truth === null)).toBe(true);
});

test('pictures have no row, and their pixels are those on disk', async () => {
  const { samples } = await lab['data.samples']({ data: source('mnist'), ...page(0, null) });
  // The first labels of MNIST's training set.
  expect(samples.map(({ given }) => given)).toEqual([5, 0, 4, 1, 9]);
  expect(samples[0]!.row).toBeNull();
  expect(Buffer.from(samples[0]!.pixels, 'base64')).toHaveLength(784);
});

test('a part that is not there is said to be missing', async () => {
  const asked = { data: source(table), ...page(0, null), part: 'test' as const };
  await expect(lab['data.samples'](asked)).rejects.toThrow(`${table} has no test set`);
});

test('reading is cancelled for all who wait, tells how far it is, and can be begun again', async () => {
  // Another data set first, since the one read last is at hand at once.
  await lab['data.describe']({ data: source(table) });
  const data = source('mnist');
  const waiting = [lab['data.describe']({ data }), lab['data.duplicates']({ data })];
  const outcomes = Promise.allSettled(waiting);
  await lab['data.cancel']({});
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected' });
    expect(String((outcome as PromiseRejectedResult).reason)).toContain('was cancelled.');
  }
  expect(await lab['data.duplicates']({ data })).toEqual({ exact: 0, disagreeing: 0 });
});

test('a transition matrix is read from its file, and one that is none is refused in a sentence', async () => {
  const path = join(folder, 'matrix.csv');
  writeFileSync(path, 'odd,even\n0.75,0.25\n0,1\n');
  const { matrix } = await lab['noise.readMatrix']({ path });
  expect(matrix).toEqual([
    [0.75, 0.25],
    [0, 1],
  ]);
  writeFileSync(path, '0.75,x\n0,1\n');
  await expect(lab['noise.readMatrix']({ path })).rejects.toThrow(
    `${path}, line 1: "x" is not a share`,
  );
});

test('a loss that the network cannot be trained with is refused before training', async () => {
  const network = {
    preset: 'theory',
    widths: [],
    depth: 0,
    activation: 'relu',
    dropout: 0,
  } as const;
  const asked = { network: { ...network, widths: [] }, data: source(table) };
  const refused = async () => lab['network.describe']({ ...asked, loss: 'cross-entropy' });
  await expect(refused()).rejects.toThrow('does not fit the network "theory"; give squared');
  expect((await lab['network.describe']({ ...asked, loss: 'squared' })).parameters).toBeGreaterThan(
    0,
  );
});
