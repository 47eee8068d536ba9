/** Labels and names of columns in tables as people have them: read as they mean them, or told. */
import { describe, expect, test } from 'vitest';
import { expectRefusal, openWith, scratch } from './files.ts';
import type { Files } from './files.ts';
import { csv, kind, x } from './made-rows.ts';

const { write, writeAll } = scratch();

const open = (bytes: Buffer, name = 'rows.csv') => openWith(write(name, bytes));
const openAll = (files: Files) => openWith(writeAll(files));

describe('labels', () => {
  test('with gaps are the classes that occur, by their numbers', async () => {
    const { classes, inferred } = await open(
      csv('a,quality', (i) => [x(i), kind(i, 10, 8, 30, 3)]),
    );
    expect(classes).toEqual(['3', '8', '10', '30']);
    expect(inferred).toContain('The classes are the 4 labels that occur: 3, 8, 10, 30.');
  });

  test('called NA, None, null and nan are classes; an empty one is missing', async () => {
    const { classes, train, inferred } = await open(
      csv('a,label', (i) => [x(i), kind(i, 'NA', 'None', 'null', 'nan', 'x', '')]),
    );
    expect(classes).toEqual(['NA', 'None', 'nan', 'null', 'x']);
    expect(train.labels.length).toBe(50);
    expect(inferred).toContain(
      'The label "NA" (10 rows) is a class; only an empty cell is a missing label.',
    );
    expect(inferred).toContain('10 rows without a label in "label" were left out.');
    const blank = await open(csv('a,label', (i) => [x(i), kind(i, 'null', 'nan')]));
    expect(blank.classes).toEqual(['nan', 'null']);
  });

  test('beside noisy ones are the true ones; other ones are left out', async () => {
    const { classes, train, columns, inferred } = await open(
      csv('a,label,noisy_label,annotator_1,is_noisy', (i) => [
        x(i),
        i % 3,
        i % 5 === 0 ? 0 : i % 3,
        i % 2,
        Number(i % 5 === 0),
      ]),
    );
    expect([classes, columns]).toEqual([['0', '1', '2'], ['a']]);
    const wrong = train.labels.filter((label, i) => label !== train.truth![i]).length;
    expect(wrong).toBe(8);
    expect(inferred).toEqual([
      'Labels are in column "noisy_label".',
      'True labels are in column "label".',
      'Column "annotator_1" was left out: its name says that it tells of the labels.',
      'Column "is_noisy" was left out: its name says that it tells of the labels.',
    ]);
  });

  test('one column a class are one label', async () => {
    const { classes, columns } = await open(
      csv('a,label_-1,label_2,label_10', (i) => [
        x(i),
        ...[0, 1, 2].map((k) => Number(i % 3 === k)),
      ]),
    );
    expect([classes, columns]).toEqual([['-1', '2', '10'], ['a']]);
  });

  test.each([
    [
      'wine: the label first',
      null,
      (i: number) => [1 + (i % 3), x(i), 80 + (i % 40), 400 + (i % 50)],
      '"column 1", "column 3", "column 4"',
    ],
    [
      'two noisy ones',
      'a,noisy_label_sym,noisy_label_asym',
      (i: number) => [x(i), i % 2, i % 3],
      '"noisy_label_sym", "noisy_label_asym"',
    ],
    [
      'several labels a row',
      'a,label_x,label_z',
      (i: number) => [x(i), i % 2, Number(i % 3 > 0)],
      '"label_x", "label_z"',
    ],
    [
      'no usual name',
      'a,island,sex',
      (i: number) => [x(i), kind(i, 'p', 'q', 'r'), kind(i, 'f', 'm')],
      '"island", "sex"',
    ],
  ])('of which several columns could be are asked for: %s', (_, head, cells, names) =>
    expectRefusal(
      write('rows.csv', csv(head, cells)),
      new RegExp(
        `several columns that could be the labels: ${names}; name the right one with data.reading.labels`,
      ),
    ),
  );

  test('the only column that can be is taken, and a copy of it is no feature', async () => {
    const { columns, inferred } = await open(
      csv('a,outcome,code', (i) => [x(i), kind(i, 'ill', 'well'), kind(i, 7, 8)]),
    );
    expect(columns).toEqual(['a']);
    expect(inferred).toContain('Column "code" was left out: it tells "outcome" in other words.');
  });

  test('that only case tells apart, in two parts, are one class', async () => {
    const { classes, inferred } = await openAll({
      'train.csv': csv('a,label', (i) => [x(i), kind(i, 'Cat', 'Dog')]),
      'test.csv': csv('a,label', (i) => [x(i), kind(i, 'cat', 'dog')]),
    });
    expect(classes).toEqual(['Cat', 'Dog']);
    expect(inferred).toContain('"Cat" and "cat", "Dog" and "dog" were taken as one class.');
    const both = await open(csv('a,label', (i) => [x(i), kind(i, 'A', 'a', 'b')]));
    expect(both.classes).toEqual(['A', 'a', 'b']);
    expect(both.inferred).toContain('"A" and "a" were kept as classes of their own.');
  });
});

describe('the first line', () => {
  test('of values is a row: iris.data', async () => {
    const { train, columns, inferred } = await open(
      csv(null, (i) => [5.1 + (i % 7) / 10, 3.5 - (i % 5) / 10, kind(i, 'setosa', 'virginica')]),
      'iris.data',
    );
    expect([train.labels.length, columns]).toEqual([60, ['column 1', 'column 2']]);
    expect(inferred).toContain('The first line holds values, so it is a row too.');
  });

  test('of words that come again is a row: mushrooms', async () => {
    const words = csv(null, (i) => [
      kind(i, 'p', 'e'),
      kind(i >> 1, 'x', 'b'),
      kind(i >> 2, 's', 'y'),
    ]);
    await expectRefusal(write('m.data', words), /"column 1", "column 2", "column 3"/);
  });

  test('of pixels is a row, with the labels first or last', async () => {
    const pixels = (i: number) =>
      Array.from({ length: 16 }, (_, k) => (k === 15 ? 0 : (i * k * 7) % 256));
    const first = await open(csv(null, (i) => [i % 10, ...pixels(i)]));
    const last = await open(csv(null, (i) => [0, ...pixels(i).slice(0, 15), i % 10]));
    for (const { train, classes } of [first, last]) {
      expect([train.labels.length, classes.length]).toEqual([60, 10]);
      expect([...train.labels.subarray(0, 12)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    }
  });

  test('that counts is the names that pandas makes', async () => {
    const { columns, inferred } = await open(
      csv(',0,1,2', (i) => [i, x(i), x(i + 1), kind(i, 'p', 'q')]),
    );
    expect(columns).toEqual(['0', '1']);
    expect(inferred).toContain('The first line, 0 to 2, was taken as the names of the columns.');
  });
});

test('more than 256 classes take labels of two bytes', async () => {
  const rows = Array.from({ length: 600 }, (_, i) => `${x(i)},class ${i % 300}`).join('\n');
  const { classes, train } = await open(Buffer.from(`a,label\n${rows}\n`));
  expect([classes.length, train.labels.length]).toEqual([300, 600]);
  expect(Array.from(train.labels, (label) => classes[label]).slice(298, 301)).toEqual([
    'class 298',
    'class 299',
    'class 0',
  ]);
});
