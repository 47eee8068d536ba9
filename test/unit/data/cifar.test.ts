import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { expectRefusal, openWith, scratch, tarGz, zip } from './files.ts';
import type { Files } from './files.ts';

const root = resolve(import.meta.dirname, '../../..');
const FIXTURES = resolve(root, 'test/fixtures/data');
const SHARED = resolve(root, '..', 'shared', 'data');
const SAMPLE = resolve(SHARED, 'cifar-10-sample-binary.tar.gz');
const { write, writeAll } = scratch();

/** Records whose planes are `red`, 100 and 200, after their labels. */
function batch(labels: readonly (readonly number[])[], red = 7): Buffer {
  const plane = (value: number) => Buffer.alloc(1024, value);
  return Buffer.concat(
    labels.map((own) => Buffer.concat([Buffer.from(own), plane(red), plane(100), plane(200)])),
  );
}

const NAMES = 'airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n';
const files: Files = {
  'cifar-10-batches-bin/batches.meta.txt': Buffer.from(NAMES),
  'cifar-10-batches-bin/data_batch_4.bin': batch([[4], [5]], 4),
  'cifar-10-batches-bin/data_batch_1.bin': batch([[1], [2]], 1),
  'cifar-10-batches-bin/data_batch_2.bin': batch([[9], [3]], 2),
  'cifar-10-batches-bin/data_batch_3.bin': batch([[8], [7]], 3),
  'cifar-10-batches-bin/data_batch_5.bin': batch([[0], [6]], 5),
  'cifar-10-batches-bin/test_batch.bin': batch([[3]], 6),
};

describe('CIFAR, binary', () => {
  test.each<[string, () => Promise<string>]>([
    ['a folder', async () => writeAll(files)],
    ['a tar.gz', async () => write('set.tar.gz', await tarGz(files))],
    ['a zip', async () => write('set.zip', zip(files))],
    [
      'a folder of gzips',
      async () =>
        writeAll(
          Object.fromEntries(
            Object.entries(files).map(([name, bytes]) => [
              name.endsWith('bin') ? `${name}.gz` : name,
              gzipSync(bytes),
            ]),
          ),
        ),
    ],
  ])('from %s: batches in order, pixels interleaved', async (_, make) => {
    const { shape, classes, train, test: tested, inferred } = await openWith(await make());
    expect(shape).toEqual([32, 32, 3]);
    expect(classes).toHaveLength(10);
    expect(classes[9]).toBe('truck');
    expect([...train.labels]).toEqual([1, 2, 9, 3, 8, 7, 4, 5, 0, 6]);
    expect([...tested!.labels]).toEqual([3]);
    expect(train.values).toHaveLength(10 * 3072);
    expect([...train.values.subarray(0, 6)]).toEqual([1, 100, 200, 1, 100, 200]);
    expect(Array.from({ length: 10 }, (_, i) => train.values[i * 3072])).toEqual([
      1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
    ]);
    expect(tested!.values[3069]).toBe(6);
    expect(inferred).toEqual([]);
  });

  test('batches of unequal sizes, and some that are missing', async () => {
    const { train } = await openWith(
      writeAll({
        'data_batch_2.bin': batch([[1]], 2),
        'data_batch_3.bin': batch([[2], [3], [4]], 3),
        'data_batch_9.bin': batch([[0]], 9),
      }),
    );
    expect([...train.labels]).toEqual([1, 2, 3, 4, 0]);
    expect([0, 1, 4].map((i) => train.values[i * 3072])).toEqual([2, 3, 9]);
  });

  test('a batch alone, under its own or another name', async () => {
    for (const name of ['data_batch_3.bin', 'mine.bin']) {
      const dataset = await openWith(write(name, batch([[1], [2]])));
      expect([...dataset.train.labels]).toEqual([1, 2]);
      expect(dataset.inferred).toEqual([
        "The names of the classes are not with the batches; CIFAR-10's own were taken.",
        'No training sample is of "airplane", "cat", "deer", "dog", "frog", "horse", "ship", "truck", so a network cannot learn it.',
      ]);
    }
    const tested = await openWith(write('test_batch.bin', batch([[1], [2]])));
    expect(tested.inferred[0]).toMatch(/only a test set/);
  });

  test('CIFAR-100 takes its fine labels', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `class ${i}`).join('\n');
    const dataset = await openWith(
      writeAll({
        'train.bin': batch([
          [3, 99],
          [4, 50],
        ]),
        'test.bin': batch([[1, 7]]),
        'fine_label_names.txt': Buffer.from(names),
        'coarse_label_names.txt': Buffer.from('other'),
      }),
    );
    expect([...dataset.train.labels]).toEqual([99, 50]);
    expect(dataset.classes[99]).toBe('class 99');
    expect([...dataset.train.values.subarray(0, 3)]).toEqual([7, 100, 200]);
  });

  test.each<[string, Files, RegExp]>([
    ['empty', { 'data_batch_1.bin': new Uint8Array() }, /not a whole number of records of 3,073/],
    ['cut short', { 'data_batch_1.bin': batch([[1], [2]]).subarray(0, 4000) }, /4,000 bytes/],
    ['a label out of range', { 'data_batch_1.bin': batch([[1], [10]]) }, /label of record 1 is 10/],
    ['one class', { 'data_batch_1.bin': batch([[1], [1]]) }, /two classes are needed/],
    [
      'two kinds',
      { 'data_batch_1.bin': batch([[1]]), 'train.bin': batch([[1, 1]]) },
      /belongs to another CIFAR/,
    ],
  ])('%s is refused', (_, bad, message) => expectRefusal(writeAll(bad), message));

  test('cut at ten places is refused', async () => {
    const bytes = batch([[1], [2], [3]]);
    for (let i = 0; i < 10; i++) {
      const cut = bytes.subarray(0, Math.floor((i * bytes.length) / 10) + 1);
      await expectRefusal(writeAll({ 'data_batch_1.bin': cut }), /not a whole number of records/);
    }
  });
});

describe('CIFAR, Python', () => {
  test('CIFAR-10 as Python 2 pickled it: batches in order, names, pixels', async () => {
    const {
      name,
      classes,
      train,
      test: tested,
    } = await openWith(resolve(FIXTURES, 'cifar-10-python.tar.gz'));
    expect(name).toBe('CIFAR-10');
    expect(classes[9]).toBe('truck');
    expect([...train.labels.subarray(0, 8)]).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    expect(Array.from({ length: 20 }, (_, i) => train.values[i * 3072])).toEqual(
      [10, 20, 30, 40, 50].flatMap((first) => [0, 1, 2, 3].map((r) => first + r)),
    );
    expect([...tested!.values.subarray(0, 3)]).toEqual([90, 100, 200]);
  });

  test('CIFAR-100 takes its fine labels and names', async () => {
    const {
      classes,
      train,
      test: tested,
    } = await openWith(resolve(FIXTURES, 'cifar-100-python.tar.gz'));
    expect([classes.length, classes[5]]).toEqual([100, 'class 5']);
    expect([...train.labels]).toEqual([0, 1, 2, 3, 4]);
    expect([...tested!.labels]).toEqual([0, 1]);
  });

  test('a pickle with code is refused, and a batch without data', async () => {
    const evil = await readFile(resolve(FIXTURES, 'evil.pickle'));
    await expectRefusal(
      writeAll({ data_batch_1: evil }),
      /data_batch_1 asks for Python's "posix\.system"/,
    );
    expect(existsSync('ran-by-pickle')).toBe(false);
    const plain = await readFile(resolve(FIXTURES, 'plain-2.pickle'));
    await expectRefusal(writeAll({ data_batch_1: plain }), /lacks the data/);
    await expectRefusal(writeAll({ data_batch_1: plain.subarray(0, 100) }), /cut short/);
  });
});

describe.skipIf(!existsSync(SAMPLE))(
  `the genuine sample (skipped where ${SAMPLE} is absent)`,
  () => {
    test('has its published counts and the first labels of CIFAR-10', async () => {
      const { train, test: tested, classes } = await openWith(SAMPLE);
      expect([train.labels.length, tested!.labels.length]).toEqual([5000, 1000]);
      expect([...train.labels.subarray(0, 5)].map((label) => classes[label])).toEqual([
        'frog',
        'truck',
        'truck',
        'deer',
        'automobile',
      ]);
      expect([...tested!.labels.subarray(0, 4)].map((label) => classes[label])).toEqual([
        'cat',
        'ship',
        'ship',
        'airplane',
      ]);
      // The first pixel of the frog, as torchvision shows it.
      expect([...train.values.subarray(0, 3)]).toEqual([59, 62, 63]);
    });

    test('takes the human labels of CIFAR-10N, and refuses those of all 50,000', async () => {
      const labelsFile = resolve(SHARED, 'cifar-10n-sample.csv');
      const { train } = await openWith(SAMPLE, { labelsFile, labelsField: 'worse_label' });
      const wrong = train.labels.filter((label, i) => label !== train.truth![i]).length;
      expect(wrong / 5000).toBeCloseTo(0.4021, 1);
      await expect(openWith(SAMPLE, { labelsFile })).rejects.toThrow(
        /say with data\.reading\.labelsField which are the given labels/,
      );
      const all = resolve(SHARED, 'cifar-10n-worse_label.npy');
      await expect(openWith(SAMPLE, { labelsFile: all })).rejects.toThrow(
        /50,000 labels for the 5,000 training/,
      );
    });
  },
);
