/** Parts, indices and ids in tables as people have them: used or left out, and said. */
import { describe, expect, test } from 'vitest';
import { openWith, scratch, zip } from './files.ts';
import type { Files } from './files.ts';
import { csv, kind, x } from './made-rows.ts';
import type { Cells } from './made-rows.ts';

const { write, writeAll } = scratch();

const open = (bytes: Buffer, name = 'rows.csv') => openWith(write(name, bytes));
const openAll = (files: Files) => openWith(writeAll(files));

describe('columns that are no features', () => {
  test.each([
    ['unnamed and shuffled', '', (i: number) => (i * 7) % 60],
    ['of pandas', 'Unnamed: 0', (i: number) => i + 3],
    ['of Parquet', '__index_level_0__', (i: number) => (i * 11) % 60],
    ['an id', 'PassengerId', (i: number) => 5000 + i * 7],
    ['a name in every row', 'Name', (i: number) => `person ${i}`],
    ['a count under another name', 'when', (i: number) => (i * 13) % 60],
  ])('%s', async (_, name, value) => {
    const { columns, inferred } = await open(
      csv(`${name},a,label`, (i) => [value(i), x(i), i % 3]),
    );
    expect(columns).toEqual(['a']);
    expect(inferred.some((said) => said.startsWith(`Column "${name}" was left out: `))).toBe(true);
  });

  test('what may be an id is used, and said', async () => {
    const { inferred } = await open(csv('n,a,label', (i) => [70 + i * i, x(i), i % 3]));
    expect(inferred).toContain(
      'Used as values, though they may be ids: "n"; take ids out of the file.',
    );
  });
});

describe('parts', () => {
  const row = (i: number): Cells => [x(i), i % 3];

  test('by a column: validation is left out, and said', async () => {
    const {
      train,
      test: tested,
      columns,
      inferred,
    } = await open(
      csv('a,label,Subset', (i) => [...row(i), kind(i, 'Training', 'Training', 'dev', 'TEST')]),
    );
    expect([train.labels.length, tested!.labels.length, columns]).toEqual([30, 15, ['a']]);
    expect(inferred).toContain('The validation set (dev) was left out.');
  });

  test('by a column of true and false', async () => {
    const found = await open(
      csv('a,label,is_test', (i) => [...row(i), kind(i, 'False', 'False', 'True')]),
    );
    expect([found.train.labels.length, found.test!.labels.length]).toEqual([40, 20]);
  });

  test('by numbers as usual: 0, 1 and 2, and nothing else', async () => {
    const split = (of: (i: number) => number) =>
      open(csv('a,label,split', (i) => [...row(i), of(i)]));
    const found = await split((i) => [0, 0, 1, 2][i % 4]!);
    expect([found.train.labels.length, found.test!.labels.length]).toEqual([30, 15]);
    expect([...found.test!.values.subarray(0, 2)]).toEqual([x(3), x(7)]);
    expect(found.inferred).toContain(
      'Column "split" says which set each row belongs to: 0 is training, 1 validation, 2 test, as usual.',
    );
    const other = await split((i) => i % 4);
    expect([other.columns, other.test]).toEqual([['a'], null]);
  });

  test('folds are none, and are no feature', async () => {
    const {
      columns,
      test: tested,
      inferred,
    } = await open(csv('a,label,fold', (i) => [...row(i), i % 5]));
    expect([columns, tested]).toEqual([['a'], null]);
    expect(inferred).toContain(
      'Column "fold" was left out: numbers of folds are not training and test sets.',
    );
  });

  test('validation is the test part where there is no other, and said', async () => {
    const { test: tested, inferred } = await openAll({
      'train.csv': csv('a,label', row),
      'val.csv': csv('label,a', (i) => [i % 3, x(i)]),
    });
    expect([...tested!.values.subarray(0, 2)]).toEqual([x(0), x(1)]);
    expect(inferred).toContain(
      'There is no test set; the validation set (val.csv) is used instead.',
    );
  });

  test('a test part without labels is left out, and said: Titanic', async () => {
    const { test: tested, inferred } = await openAll({
      'train.csv': csv('PassengerId,a,Survived', (i) => [i + 1, x(i), i % 2]),
      'test.csv': csv('PassengerId,a', (i) => [i + 61, x(i)]),
      'gender_submission.csv': csv('PassengerId,Survived', (i) => [i + 61, i % 2]),
    });
    expect(tested).toBe(null);
    expect(inferred).toContain('Left out because they have no labels: gender_submission.csv.');
    expect(inferred).toContain(
      'test.csv was left out: it has no labels (no column "Survived"), so it cannot be tested on.',
    );
  });

  test('a test part is scored by its true labels', async () => {
    const both = (wrong: number) =>
      csv('a,noisy_label,clean_label', (i) => [x(i), i % wrong === 0 ? 0 : i % 3, i % 3]);
    const { test: tested, inferred } = await openAll({ 'train.csv': both(5), 'test.csv': both(2) });
    expect([...tested!.labels.subarray(0, 6)]).toEqual([0, 1, 2, 0, 1, 2]);
    expect(inferred).toContain('The test set is scored by its column "clean_label".');
  });

  test('wrapped, zipped, in shards, beside litter', async () => {
    const path = write(
      'set.zip',
      zip({
        '__MACOSX/a/._train-1.csv': Buffer.from('x'),
        'a/My Data/train-10.csv': csv('a,label', (i) => [x(i + 60), i % 3]),
        'a/My Data/train-9.csv': csv('label,a', (i) => [i % 3, x(i)]),
        'a/My Data/README.txt': Buffer.from('about, this'),
      }),
    );
    const { train } = await openWith(path);
    expect(train.labels.length).toBe(120);
    expect([train.values[0], train.values[60]]).toEqual([x(0), x(60)]);
  });

  test('samples and labels in files of their own', async () => {
    const { columns, train } = await openAll({
      'X_train.csv': csv(',a,b', (i) => [i, x(i), x(i + 1)]),
      'y_train.csv': csv(',0', (i) => [i, i % 3]),
    });
    expect([columns, [...train.labels.subarray(0, 4)]]).toEqual([
      ['a', 'b'],
      [0, 1, 2, 0],
    ]);
  });

  test('classes that no training sample has are told', async () => {
    const { inferred } = await openAll({
      'train.csv': csv('a,label', (i) => [x(i), i % 2]),
      'test.csv': csv('a,label', row),
    });
    expect(inferred).toContain('No training sample is of "2", so a network cannot learn it.');
  });
});
