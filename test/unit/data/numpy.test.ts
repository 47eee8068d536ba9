import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNpy } from '../../../core/data/formats/npy.ts';
import { expectRefusal, openWith, scratch, tarGz, zip } from './files.ts';
import type { Files } from './files.ts';
import { npy, npyOf, npyTexts, WRITERS } from './npy.ts';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/data');
const { write, writeAll } = scratch();
const count = (n: number, by = 1): number[] => Array.from({ length: n }, (_, i) => i * by);

describe('.npy arrays', () => {
  /** Numbers that each type holds exactly. */
  const RANGE: Record<string, [number, number]> = {
    b1: [0, 1],
    u1: [0, 255],
    i1: [-128, 127],
    u2: [0, 65_535],
    i2: [-32_768, 32_767],
    u4: [0, 2 ** 32 - 1],
    u8: [0, 2 ** 53 - 1],
    i8: [-(2 ** 53) + 1, 2 ** 53 - 1],
    f4: [-(2 ** 24), 2 ** 24],
  };
  const arrays = fc
    .record({
      type: fc.constantFrom(...Object.keys(WRITERS)),
      order: fc.constantFrom('<', '>'),
      shape: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
      fortran: fc.boolean(),
      version: fc.constantFrom<1 | 2 | 3>(1, 2, 3),
    })
    .chain((header) => {
      const [min, max] = RANGE[header.type] ?? [-(2 ** 31), 2 ** 31 - 1];
      const length = header.shape.reduce((a, b) => a * b, 1);
      const values = fc.array(fc.integer({ min, max }), { minLength: length, maxLength: length });
      return fc.record({ header: fc.constant(header), values });
    });

  test('of every type, order and version are read as they were written', () => {
    fc.assert(
      fc.property(arrays, fc.integer({ min: 0, max: 7 }), ({ header, values }, shift) => {
        const { type, order, shape, fortran, version } = header;
        const file = npy(order + type, shape, values, { fortran, version });
        // At any place in memory: files out of archives are not aligned.
        const moved = new Uint8Array(file.length + shift).subarray(shift);
        moved.set(file);
        const array = readNpy(moved, 'it');
        expect(array.shape).toEqual(shape);
        const expected = fortran && shape.length > 1 ? reordered(values, shape) : values;
        expect(Array.from<number | string>(array.values)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  /** Fortran's order to C's by the definition: the place of [i, j, k] is i + I (j + J k). */
  function reordered(values: number[], shape: number[]): number[] {
    return values.map((_, flat) => {
      let rest = flat;
      const index = shape.map(() => 0);
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        index[axis] = rest % shape[axis]!;
        rest = Math.floor(rest / shape[axis]!);
      }
      return values[index.reduceRight((sum, i, axis) => sum * shape[axis]! + i, 0)]!;
    });
  }

  test('of half precision: every exponent, zeros and the smallest', () => {
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x3555, 0x7c00, 0x7e00);
    const { values } = readNpy(npyOf({ descr: '<f2', shape: [8] }, Buffer.from(bits.buffer)), 'it');
    expect(Array.from<number | string>(values)).toEqual([
      1,
      -2,
      65_504,
      2 ** -24,
      -0,
      0.333251953125,
      Infinity,
      NaN,
    ]);
  });

  test('written by NumPy itself', () => {
    const { values } = readNpy(readFileSync(resolve(FIXTURES, 'version2.npy')), 'it');
    expect([...values]).toEqual([0, 1, 2, 3]);
  });
});

describe('data sets of NumPy arrays', () => {
  const pictures = npy('|u1', [4, 2, 3], count(24));
  const labels = npy('<i8', [4], [0, 1, 2, 1]);

  test('by the names of Keras, in an .npz, a folder, a tar.gz', async () => {
    const files = {
      'x_train.npy': pictures,
      'y_train.npy': labels,
      'x_test.npy': pictures,
      'y_test.npy': labels,
    };
    for (const path of [
      write('a.npz', zip(files)),
      writeAll(files),
      write('a.tgz', await tarGz(files)),
    ]) {
      const dataset = await openWith(path);
      expect(dataset).toMatchObject({ shape: [2, 3, 1], classes: ['0', '1', '2'] });
      expect([...dataset.train.values]).toEqual(count(24));
      expect([...dataset.test!.labels]).toEqual([0, 1, 2, 1]);
      expect(dataset.inferred).toContain(
        'x_test.npy and y_test.npy are the test set.'.replaceAll('.npy', ''),
      );
    }
  });

  test.each<[string, Files, string, string]>([
    ['X and y', { 'X.npy': pictures, 'y.npy': labels }, 'X', 'y'],
    ['images and labels', { 'images.npy': pictures, 'labels.npy': labels }, 'images', 'labels'],
    ['shapes alone', { 'arr_0.npy': pictures, 'arr_1.npy': labels }, 'arr_0', 'arr_1'],
  ])('by %s', async (_, files, samples, named) => {
    const { inferred } = await openWith(write('set.npz', zip(files)));
    expect(inferred).toEqual([
      `${samples} holds the training samples.`,
      `${named} holds the labels.`,
    ]);
  });

  test('with labels and truth that are named', async () => {
    const path = write(
      'set.npz',
      zip({ 'x.npy': pictures, 'a.npy': labels, 'b.npy': npy('|i1', [4], [0, 1, 2, 0]) }),
    );
    const dataset = await openWith(path, { labels: 'b', truth: 'a' });
    expect([...dataset.train.labels]).toEqual([0, 1, 2, 0]);
    expect([...dataset.train.truth!]).toEqual([0, 1, 2, 1]);
    await expectRefusal(path, /has no array "c"; it has .*a \(4\)/, { labels: 'c' });
  });

  const shaped = async (samples: Buffer, of: Buffer = labels) =>
    openWith(write('set.npz', zip({ 'x.npy': samples, 'y.npy': of })));

  test('rows, colours, channels first, floats', async () => {
    expect((await shaped(npy('<f8', [4, 5], count(20, 0.5)))).shape).toEqual([1, 1, 5]);
    expect((await shaped(npy('|u1', [4, 2, 2, 3], count(48)))).shape).toEqual([2, 2, 3]);
    const floats = await shaped(npy('<f4', [4, 2, 2], count(16, 1 / 16)));
    expect(floats.shape).toEqual([2, 2, 1]);
    expect(floats.train.values).toEqual(Float32Array.from(count(16, 1 / 16)));
    const wide = await shaped(npy('<i4', [4, 2, 2], count(16)));
    expect(wide.train.values).toBeInstanceOf(Uint8Array);
    expect(wide.inferred).toContain(
      'x holds whole numbers from 0 to 255, which were taken as pixels.',
    );
    const first = await openWith(resolve(FIXTURES, 'channels-first.npz'));
    expect(first.shape).toEqual([8, 8, 3]);
    expect([...first.train.values.subarray(0, 6)]).toEqual([0, 64, 128, 1, 65, 129]);
  });

  test('labels as a column, one-hot, whole floats, texts, from 1, of two kinds', async () => {
    const codes = async (of: Buffer) => {
      const { train, classes } = await shaped(pictures, of);
      return { codes: [...train.labels], classes };
    };
    const plain = { codes: [0, 1, 2, 1], classes: ['0', '1', '2'] };
    expect(await codes(npy('<i8', [4, 1], [0, 1, 2, 1]))).toEqual(plain);
    expect(await codes(npy('<f4', [4, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0]))).toEqual(plain);
    expect(await codes(npy('<f8', [4], [0, 1, 2, 1]))).toEqual(plain);
    expect(await codes(npyTexts(['cat', 'dog', 'fox', 'dog']))).toEqual({
      ...plain,
      classes: ['cat', 'dog', 'fox'],
    });
    expect(await codes(npy('|u1', [4], [1, 2, 3, 2]))).toEqual({
      ...plain,
      classes: ['1', '2', '3'],
    });
    expect(await codes(npy('|i1', [4], [-1, 1, 1, -1]))).toEqual({
      codes: [0, 1, 1, 0],
      classes: ['-1', '1'],
    });
  });
});

describe('bad arrays are refused:', () => {
  const good = npy('|u1', [4, 2, 3], count(24));
  const labels = npy('|u1', [4], [0, 1, 0, 1]);
  const x = (bytes: Uint8Array): Files => ({ 'x.npy': bytes, 'y.npy': labels });
  const y = (bytes: Uint8Array): Files => ({ 'x.npy': good, 'y.npy': bytes });
  const python = (name: string) => readFileSync(resolve(FIXTURES, name));
  test.each<[string, Files, RegExp]>([
    ['empty', x(new Uint8Array()), /does not begin with/],
    ['not an array', x(Buffer.from('hello, this is text')), /does not begin with/],
    [
      'another version',
      x(npyOf({ descr: '|u1', shape: [4], version: 9 as 3 }, Buffer.alloc(4))),
      /version 9/,
    ],
    [
      'too few bytes',
      x(npy('|u1', [4, 2, 4], count(24))),
      /has 24 bytes of values, but .* asks for 32/,
    ],
    ['too many', x(npy('|u1', [4, 2], count(24))), /has 24 bytes of values/],
    ['huge claims', x(npy('|u1', [2 ** 31 - 1], [1])), /asks for 2,147,483,647/],
    ['huger claims', x(npy('|u1', [2 ** 31 - 1, 2 ** 31 - 1], [1])), /more than can be held/],
    ['objects', x(python('object.npy')), /holds Python objects, which could run anything/],
    ['records', x(python('records.npy')), /records of several fields/],
    ['complex numbers', x(npyOf({ descr: '<c8', shape: [4] }, Buffer.alloc(32))), /type <c8/],
    ['NaN', x(npy('<f4', [4, 2], [0, 1, 2, 3, 4, NaN, 6, 7])), /x\.npy: sample 2, column 1 is NaN/],
    ['Infinity', x(npy('<f8', [4, 1], [0, 1, 2, -Infinity])), /sample 3, column 0 is -Infinity/],
    ['too large', x(npy('<f8', [4, 1], [0, 1, 1e300, 2])), /sample 2, column 0 is too large/],
    ['five axes', x(npy('|u1', [4, 1, 1, 1, 1], count(4))), /1 to 4 axes/],
    ['one class', y(npy('|u1', [4], [1, 1, 1, 1])), /all labels are 1; two classes are needed/],
    [
      'a negative label',
      y(npy('|i1', [4], [0, 1, 2, -1])),
      /label of sample 3 is -1; if that means "no label"/,
    ],
    ['half a label', y(npy('<f4', [4], [0, 1, 2, 0.5])), /label of sample 3 is 0\.5/],
    ['no one-hot rows', y(npy('|u1', [4, 2], [1, 0, 1, 1, 0, 1, 0, 1])), /one-hot rows/],
    [
      'no labels',
      { 'x.npy': good },
      /no samples and labels of the same number; it has x \(4 x 2 x 3\)/,
    ],
    [
      'labels of another count',
      y(npy('|u1', [3], [0, 1, 0])),
      /no samples and labels of the same number/,
    ],
  ])('%s', async (_, files, message) => {
    await expectRefusal(writeAll(files), message);
    await expectRefusal(write('set.npz', zip(files)), message);
  });

  test('cut at ten places', async () => {
    for (let i = 0; i < 10; i++) {
      const cut = good.subarray(0, Math.floor((i * good.length) / 10));
      await expectRefusal(writeAll(x(cut)), /does not begin|cut short/);
    }
  });
});
