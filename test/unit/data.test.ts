import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inferAll } from '../../core/config/schema.ts';
import { readIdxFolder } from '../../core/data/folder.ts';
import { openDataset } from '../../core/data/index.ts';
import { splitDataset } from '../../core/data/split.ts';
import { readIdx } from '../../core/data/idx.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-data-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The bytes of an IDX file of unsigned bytes. */
function idx(sizes: number[], data: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x0800 | sizes.length, 0);
  sizes.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([header, data]);
}

const images = (n: number): Buffer =>
  idx(
    [n, 2, 3],
    Uint8Array.from({ length: n * 6 }, (_, i) => i % 251),
  );
const labels = (n: number): Buffer =>
  idx(
    [n],
    Uint8Array.from({ length: n }, (_, i) => i % 4),
  );

function folderOf(name: string, files: Record<string, Buffer>): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(path, file), bytes);
  return path;
}

describe('IDX files', () => {
  const write = (name: string, bytes: Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };

  test('give their sizes and bytes', () => {
    const found = readIdx(write('good', images(4)), 3);
    expect(found.sizes).toEqual([4, 2, 3]);
    expect([...found.data].slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test.each([
    ['empty', Buffer.alloc(0), /first four bytes are missing/],
    ['wrong magic', labels(4), /0x00000801 where 0x00000803 should be/],
    ['a cut header', images(4).subarray(0, 9), /holds 9 bytes where its header asks for 16/],
    ['cut data', images(4).subarray(0, 30), /holds 30 bytes where its header asks for 40/],
    ['too much data', Buffer.concat([images(4), Buffer.alloc(1)]), /holds 41 bytes/],
    ['no samples', idx([0, 2, 3], new Uint8Array()), /it is empty/],
    ['huge sizes', idx([0xffffffff, 0xffff, 0xffff], new Uint8Array(5)), /asks for/],
  ])('%s is refused, naming the file and the cure', (name, bytes, message) => {
    const path = write(name.replaceAll(' ', '-'), bytes);
    expect(() => readIdx(path, 3)).toThrow(message);
    expect(() => readIdx(path, 3)).toThrow(path);
  });

  test('a damaged gzip is refused', () => {
    const path = write('bad.gz', gzipSync(images(4)).subarray(0, 20));
    expect(() => readIdx(path, 3)).toThrow(/damaged or cut short/);
  });
});

describe('folders', () => {
  const train = { 'train-images-idx3-ubyte': images(8), 'train-labels-idx1-ubyte': labels(8) };

  test('with and without test files, plain and gzipped', () => {
    const plain = readIdxFolder(folderOf('plain', train));
    expect(plain).toMatchObject({ name: 'plain', shape: [2, 3, 1], test: null });
    expect(plain.classes).toEqual(['0', '1', '2', '3']);
    const zipped = readIdxFolder(
      folderOf('zipped', {
        'train-images-idx3-ubyte.gz': gzipSync(images(8)),
        'train-labels.idx1-ubyte': labels(8),
        't10k-images-idx3-ubyte': images(2),
        't10k-labels-idx1-ubyte': labels(2),
      }),
    );
    expect(zipped.train).toEqual({ ...plain.train, height: 2, width: 3 });
    expect(zipped.test?.labels).toHaveLength(2);
  });

  test.each([
    ['missing images', {}, /has no train-images-idx3-ubyte/],
    ['missing labels', { 'train-images-idx3-ubyte': images(8) }, /no train-labels-idx1-ubyte/],
    ['unequal counts', { ...train, 'train-labels-idx1-ubyte': labels(7) }, /7 labels for the 8/],
    [
      'other test size',
      {
        ...train,
        't10k-images-idx3-ubyte': idx([1, 3, 3], new Uint8Array(9)),
        't10k-labels-idx1-ubyte': labels(1),
      },
      /test images are 3 x 3 and training images 2 x 3/,
    ],
    [
      'one class',
      { ...train, 'train-labels-idx1-ubyte': idx([8], new Uint8Array(8)) },
      /two classes are needed/,
    ],
  ])('%s', (name, files, message) => {
    expect(() => readIdxFolder(folderOf(name.replace(' ', '-'), files))).toThrow(message);
  });

  test('that are not there, or are files', () => {
    expect(() => readIdxFolder(join(folder, 'nowhere'))).toThrow(/does not exist/);
    writeFileSync(join(folder, 'file'), '');
    expect(() => readIdxFolder(join(folder, 'file'))).toThrow(/is a file/);
  });
});

describe('MNIST and its split', () => {
  const mnist = { source: 'mnist', reading: inferAll };
  const config = {
    ...mnist,
    train: 5000,
    holdoutShare: 0.2,
    test: 1000,
    labelsAreTrue: true,
    seed: 3,
  };

  test('has the published counts', async () => {
    const { shape, train, test: tested } = await openDataset(mnist);
    expect(shape).toEqual([28, 28, 1]);
    expect([train.labels.length, tested!.labels.length]).toEqual([60_000, 10_000]);
    // LeCun's page: the first five training labels are 5 0 4 1 9.
    expect([...train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
  });

  test('parts are disjoint, of the sizes asked for, and have all classes in their shares', async () => {
    const dataset = await openDataset(mnist);
    const { train, holdout, test: tested } = splitDataset(dataset, config);
    expect([train.length, holdout.length, tested.length]).toEqual([5000, 1000, 1000]);
    expect(new Set([...train, ...holdout]).size).toBe(6000);
    for (const [part, size] of [
      [train, 5000],
      [holdout, 1000],
    ] as const) {
      for (let c = 0; c < 10; c++) {
        const share = dataset.train.labels.filter((label) => label === c).length / 60_000;
        const count = part.filter((i) => dataset.train.labels[i] === c).length;
        expect(Math.abs(count - share * size)).toBeLessThanOrEqual(1.5);
      }
    }
  });

  test('is the same for a seed; more samples include those of fewer', async () => {
    const dataset = await openDataset(mnist);
    const few = splitDataset(dataset, { ...config, train: 1000 });
    expect(splitDataset(dataset, config).train.slice(0, 1000)).toEqual(few.train);
    expect(splitDataset(dataset, { ...config, seed: 4 }).train).not.toEqual(few.train);
  });

  test('too many samples are refused, naming the field and the limit', async () => {
    const dataset = await openDataset(mnist);
    expect(() => splitDataset(dataset, { ...config, train: 60_000 })).toThrow(
      /^data\.train: 60000 training and 12000 hold-out samples are more than the 60000/,
    );
    expect(() => splitDataset(dataset, { ...config, test: 10_001 })).toThrow(/^data\.test: 10001/);
  });
});
