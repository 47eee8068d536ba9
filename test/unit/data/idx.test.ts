import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { expectRefusal, idx, idxFiles, idxImages, idxLabels } from './files.ts';
import { openWith, scratch, tar, tarGz, zip } from './files.ts';
import type { Files } from './files.ts';

const { write, writeAll, folder } = scratch();
const train = {
  'train-images-idx3-ubyte': idxImages(8),
  'train-labels-idx1-ubyte': idxLabels(8),
};

describe('IDX files', () => {
  test('are the same from a folder, a zip, a tar and a gzipped tar', async () => {
    const files = idxFiles('MNIST/raw/');
    const folder = await openWith(writeAll(files));
    expect(folder).toMatchObject({ name: 'set', shape: [2, 3, 1], inferred: [] });
    expect(folder.classes).toEqual(['0', '1', '2', '3']);
    expect([...folder.train.values.subarray(0, 7)]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(folder.test!.labels).toEqual(Uint8Array.of(0, 1, 2, 3));
    for (const bytes of [zip(files), await tar(files), await tarGz(files)]) {
      expect({ ...(await openWith(write('any.bin', bytes))), name: 'set' }).toEqual(folder);
    }
  });

  test.each([
    ['gzipped', 'train-images-idx3-ubyte.gz', 'train-labels.idx1-ubyte.gz'],
    ['with dots', 'train-images.idx3-ubyte', 'train-labels.idx1-ubyte'],
    ['of Fashion-MNIST', 'fashion-train-images-idx3-ubyte', 'fashion-train-labels-idx1-ubyte.gz'],
  ])('%s', async (_, images, labels) => {
    const packed = (name: string, bytes: Buffer) => (name.endsWith('gz') ? gzipSync(bytes) : bytes);
    const dataset = await openWith(
      writeAll({ [images]: packed(images, idxImages(8)), [labels]: packed(labels, idxLabels(8)) }),
    );
    expect(dataset.train.labels).toHaveLength(8);
    expect(dataset.test).toBeNull();
  });

  test('alone find their labels and the test part beside them', async () => {
    const path = writeAll(idxFiles('emnist-digits-'));
    const dataset = await openWith(join(path, 'emnist-digits-t10k-images-idx3-ubyte'));
    expect([dataset.train.labels.length, dataset.test!.labels.length]).toEqual([8, 4]);
    const odd = write('my-images', idxImages(8));
    await expectRefusal(odd, /no train-labels file/);
    writeFileSync(join(dirname(odd), 'my-labels'), idxLabels(8));
    expect((await openWith(odd)).train.labels).toHaveLength(8);
    await expectRefusal(join(path, 'emnist-digits-train-labels-idx1-ubyte'), /file of images/);
  });

  test("EMNIST's pictures are turned upright, and letters begin with a", async () => {
    const labels = idx(
      [52],
      Uint8Array.from({ length: 52 }, (_, i) => 1 + (i % 26)),
    );
    const dataset = await openWith(
      writeAll({
        'emnist-letters-train-images-idx3-ubyte.gz': gzipSync(idxImages(52)),
        'emnist-letters-train-labels-idx1-ubyte.gz': gzipSync(labels),
      }),
    );
    expect(dataset.shape).toEqual([3, 2, 1]);
    expect([...dataset.train.values.subarray(0, 6)]).toEqual([0, 3, 1, 4, 2, 5]);
    expect([dataset.classes[0], dataset.classes[25]]).toEqual(['a', 'z']);
    expect([...dataset.train.labels.subarray(0, 3)]).toEqual([0, 1, 2]);
    expect(dataset.inferred).toEqual([
      'EMNIST stores its pictures on their side; they were turned upright.',
      'Labels run from 1 to 26; 1 is the first class.',
    ]);
  });

  test('of other types become float32', async () => {
    const values = Buffer.alloc(16);
    [-1.5, 2, 0, 300].forEach((value, i) => values.writeFloatBE(value, 4 * i));
    const dataset = await openWith(
      writeAll({
        'train-images-idx3-ubyte': idx([2, 1, 2], values, 0x0d),
        'train-labels-idx1-ubyte': idx([2], Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), 0x0c),
      }),
    );
    expect(dataset.train.values).toEqual(Float32Array.of(-1.5, 2, 0, 300));
    expect(dataset.train.labels).toEqual(Uint8Array.of(0, 1));
  });
});

describe('bad IDX files are refused, naming the file, the place and the cure:', () => {
  const images = (bytes: Uint8Array): Files => ({ ...train, 'train-images-idx3-ubyte': bytes });
  test.each<[string, Files, RegExp]>([
    ['empty', images(new Uint8Array()), /first four bytes are missing/],
    ['wrong magic', images(idxLabels(8)), /0x00000801 instead of 0x00000803/],
    ['a cut header', images(idxImages(4).subarray(0, 9)), /holds 9 bytes, but .* asks for 16/],
    ['too much', images(Buffer.concat([idxImages(4), Buffer.alloc(1)])), /holds 41 bytes/],
    ['no samples', images(idx([0, 2, 3], new Uint8Array())), /it is empty/],
    ['huge sizes', images(idx([0xffffffff, 0xffff, 0xffff], new Uint8Array(5))), /asks for/],
    ['a cut gzip', images(gzipSync(idxImages(8)).subarray(0, 20)), /damaged or cut short/],
    ['no images', { 'train-labels-idx1-ubyte': idxLabels(8) }, /no train-images/],
    ['no labels', { 'train-images-idx3-ubyte': idxImages(8) }, /no train-labels/],
    ['unequal counts', { ...train, 'train-labels-idx1-ubyte': idxLabels(7) }, /7 labels for the 8/],
    [
      'one class',
      { ...train, 'train-labels-idx1-ubyte': idx([8], new Uint8Array(8)) },
      /all labels are 0; two classes are needed/,
    ],
    [
      'another test size',
      {
        ...train,
        't10k-images-idx3-ubyte': idx([1, 3, 3], new Uint8Array(9)),
        't10k-labels-idx1-ubyte': idxLabels(1),
      },
      /test images are 3 x 3 and training images 2 x 3/,
    ],
    ['two sets', { ...idxFiles('a-'), ...idxFiles('b-') }, /holds 2 data sets \(a, b\)/],
  ])('%s', (_, files, message) => expectRefusal(writeAll(files), message));

  test('cut at ten places', async () => {
    const bytes = idxImages(8);
    for (let i = 0; i < 10; i++) {
      const cut = bytes.subarray(0, Math.floor((i * bytes.length) / 10));
      await expectRefusal(writeAll(images(cut)), /missing|but its header asks for/);
    }
  });

  test('nothing there, or nothing of the kind', async () => {
    await expectRefusal(join(folder, 'nowhere'), /does not exist/);
    await expectRefusal(
      write('empty', new Uint8Array()),
      /not a kind of file that can be read; what can be/,
    );
    await expectRefusal(writeAll({}), /is empty; what can be read/);
    await expectRefusal(writeAll({ 'a.doc': idxLabels(1) }), /holds a\.doc, not a data set/);
  });
});
