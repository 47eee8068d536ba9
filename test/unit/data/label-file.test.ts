import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { idxFiles, openWith, scratch, zip } from './files.ts';
import { npy, npyTexts } from './npy.ts';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/data');
const { write, writeAll } = scratch();
const set = writeAll(idxFiles());
const GIVEN = [0, 1, 2, 3, 1, 1, 2, 3];
const given = async (name: string, bytes: Uint8Array, labelsField = '') =>
  openWith(set, { labelsFile: write(name, bytes), labelsField });
const csv = (head: string, rows: readonly (string | number)[]): Buffer =>
  Buffer.from([head, ...rows].join('\n'));

describe('a file of given labels', () => {
  test.each<[string, Uint8Array, string]>([
    ['labels.npy', npy('<i8', [8], GIVEN), ''],
    ['labels.npz', zip({ 'a.npy': npy('|u1', [8], GIVEN) }), ''],
    [
      'labels.npz',
      zip({ 'a.npy': npy('|u1', [8], GIVEN), 'b.npy': npy('|u1', [8], [0, 0, 0, 0, 0, 0, 0, 0]) }),
      'a',
    ],
    ['labels.pt', readFileSync(resolve(FIXTURES, 'torch.pt')), 'noisy_label'],
    ['labels.csv', csv('given_label', GIVEN), ''],
    [
      'cleanlab.csv',
      csv(
        'index,given_label,is_label_issue',
        GIVEN.map((label, i) => `${i},${label},False`),
      ),
      '',
    ],
    ['texts.npy', npyTexts(GIVEN.map(String)), ''],
  ])('%s: what was on disk is the truth then', async (name, bytes, field) => {
    const { train, test: tested } = await given(name, bytes, field);
    expect([...train.labels]).toEqual(GIVEN);
    expect([...train.truth!]).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    expect(tested!.truth).toBeNull();
  });

  test('of several fields says which was taken, and doubts an order that does not fit', async () => {
    const fields = GIVEN.map((label) => `${label},${3 - label}`);
    const { inferred } = await given('two.csv', csv('noisy_label,clean_label', fields));
    expect(inferred).toEqual([
      'The given labels are noisy_label of two.csv.',
      'clean_label differs from the labels on disk for 8 of 8 samples; the order of the file may be another.',
    ]);
  });

  test.each<[string, Uint8Array, RegExp, string?]>([
    [
      'short.npy',
      npy('|u1', [7], GIVEN.slice(1)),
      /has 7 labels for the 8 training samples of set/,
    ],
    [
      'range.npy',
      npy('|u1', [8], [0, 1, 2, 3, 4, 0, 1, 2]),
      /label of sample 4 is 4, which is none of the 4 classes/,
    ],
    [
      'many.csv',
      csv(
        'a,b',
        GIVEN.map((label) => `${label},${label}`),
      ),
      /has a, b; say with data\.reading\.labelsField which are the given labels/,
    ],
    [
      'none.csv',
      csv(
        'a,b',
        GIVEN.map((label) => `${label},${label}`),
      ),
      /has no "c"; it has a, b/,
      'c',
    ],
    ['uneven.csv', csv('a,b', ['1,2', '3']), /row 3 has 1 value where there are 2 columns/],
    ['empty.csv', new Uint8Array(), /holds no labels/],
    ['gap.csv', csv('given_label', ['0', '1', '2', '3', 'x', '1', '2', '3']), /sample 4 is x/],
    [
      'old.pt',
      readFileSync(resolve(FIXTURES, 'old-torch.pt')),
      /format that PyTorch had before 1\.6/,
    ],
    [
      'evil.pt',
      readFileSync(resolve(FIXTURES, 'evil.pickle')),
      /asks for Python's "posix\.system"/,
    ],
    [
      'no-arrays.pkl',
      readFileSync(resolve(FIXTURES, 'plain-4.pickle')),
      /holds no arrays of labels/,
    ],
    ['objects.npy', readFileSync(resolve(FIXTURES, 'object.npy')), /Python objects/],
  ])('%s is refused', async (name, bytes, message, field = '') => {
    await expect(given(name, bytes, field)).rejects.toThrow(message);
  });
});
