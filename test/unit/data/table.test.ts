/** Tables: pandas' own files in every format, hand-made CSV, and what is refused. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectRefusal, openWith, scratch, zip } from './files.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/data/tables');
const { write, writeAll } = scratch();
const csv = (text: string, name = 'rows.csv'): string => write(name, Buffer.from(text));

describe('the same table, as pandas writes it', () => {
  const files = readdirSync(FIXTURES).filter((name) => name.startsWith('people'));

  test.each(files)('%s', async (name) => {
    const impute = { missing: 'impute' as const };
    const [one, other] = [
      await openWith(join(FIXTURES, 'people.csv'), impute),
      await openWith(join(FIXTURES, name), impute),
    ];
    expect(other.shape).toEqual([1, 1, 6]);
    expect(other.columns.map((column) => column.toLowerCase())).toEqual([
      'age',
      'עיר = haifa',
      'עיר = tel aviv, il',
      'עיר = ירושלים',
      'ok = false',
      'ok = true',
    ]);
    expect(other.classes).toEqual(['a', 'b']);
    expect([...other.train.values]).toEqual([...one.train.values]);
    expect([...other.train.labels]).toEqual([...one.train.labels]);
    expect([...other.train.truth!]).toEqual([...one.train.truth!]);
    expect(other.missing).toEqual([
      { column: 'age', count: 1 },
      { column: 'עיר', count: 1 },
    ]);
  });

  test('its first rows, read by eye', async () => {
    const { train, inferred } = await openWith(join(FIXTURES, 'people.csv'), { missing: 'drop' });
    expect(train.labels.length).toBe(58);
    expect([...train.values.subarray(0, 12)]).toEqual(
      [41.3, 0, 1, 0, 1, 0, 38.7, 0, 1, 0, 1, 0].map(Math.fround),
    );
    expect([...train.labels.subarray(0, 3)]).toEqual([1, 0, 0]);
    expect(inferred).toContain('Labels are in column "given_label".');
    expect(inferred).toContain('True labels are in column "true_label".');
    expect(inferred).toContain(
      'Column "" was left out: it has no name, as the index of a table has.',
    );
    expect(inferred).toContain('2 rows with missing values were left out.');
  });

  test('missing values are refused until a person chooses', () =>
    expectRefusal(join(FIXTURES, 'people.csv'), /age: 1, עיר: 1\); choose .*"drop".*"impute"/));
});

describe('CSV', () => {
  test('whatever is written with quotes is read back', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 3 })),
          {
            minLength: 2,
            maxLength: 30,
          },
        ),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        async (rows, separator, end) => {
          fc.pre(new Set(rows.map(([, label]) => label)).size > 1);
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const head = [quoted(`a "${separator}" b`), 'label'].join(separator);
          const body = rows.map(([x, label]) =>
            [quoted(String(x)), `class ${label}`].join(separator),
          );
          const { train, classes, columns } = await openWith(csv([head, ...body].join(end)));
          expect(columns).toEqual([`a "${separator}" b`]);
          // Adding 0 makes 0 of -0, which is the same number.
          expect(Array.from(train.values, (value) => value + 0)).toEqual(
            rows.map(([x]) => Math.fround(x) + 0),
          );
          expect(Array.from(train.labels, (label) => classes[label])).toEqual(
            rows.map(([, label]) => `class ${label}`),
          );
        },
      ),
      { numRuns: 40 },
    ));

  test('a first line of numbers is a row; the last column that may be labels is', async () => {
    const { train, inferred, classes } = await openWith(csv('0.5,1.5,0\n2.5,3.5,1\n4.5,5.5,1\n'));
    expect([...train.values]).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
    expect(classes).toEqual(['0', '1']);
    expect(inferred).toContain('The first line holds numbers, so it is a row too.');
  });

  test('a quoted newline, a byte order mark and Latin-1', async () => {
    const marked = await openWith(csv('\ufeffx,label\r\n1,"a\r\nb"\r\n2,c\r\n'));
    expect(marked.classes).toEqual(['a\r\nb', 'c']);
    expect(marked.columns).toEqual(['x']);
    const latin = await openWith(
      write('latin.csv', Buffer.from('größe,label\n1,ä\n2,b\n', 'latin1')),
    );
    expect([latin.columns[0], latin.classes]).toEqual(['größe', ['b', 'ä']]);
    expect(latin.inferred[0]).toMatch(/Latin-1/);
  });

  test('numbers with few kinds and a word among them are kinds, as they were written', async () => {
    const { columns } = await openWith(csv('grade,label\n01,x\n2,y\nfail,x\n'));
    expect(columns).toEqual(['grade = 01', 'grade = 2', 'grade = fail']);
  });

  test('a folder of parts: train.csv and test.csv, coded alike', async () => {
    const folder = writeAll({
      'train.csv': Buffer.from('c,n,label\nred,1,x\nblue,,y\nblue,5,x\n'),
      'test.csv': Buffer.from('c,n,label\nblue,7,y\ngreen,,x\n'),
    });
    const { train, test: tested, inferred } = await openWith(folder, { missing: 'impute' });
    expect([...train.values]).toEqual([0, 1, 1, 1, 0, 3, 1, 0, 5]);
    // "green" is in no training row: none of the kinds. The median comes from training.
    expect([...tested!.values]).toEqual([1, 0, 7, 0, 0, 3]);
    expect([...tested!.labels]).toEqual([1, 0]);
    expect(inferred[0]).toMatch(/train\.csv, those to test on from test\.csv/);
  });

  test('a zip of one table', async () => {
    const path = write('t.zip', zip({ 'a/rows.csv': Buffer.from('x,label\n1,p\n2,q\n') }));
    expect((await openWith(path)).classes).toEqual(['p', 'q']);
  });

  test.each([
    ['a short row', 'a,b,label\n1,2,x\n3,4\n', /row 3 has 2 values where there are 3 columns/],
    ['an open quote', 'a,label\n1,"x\n3,y\n', /after row 1: a quote is opened but not closed/],
    [
      'a wrong word among measurements',
      `a,label\n${Array.from({ length: 300 }, (_, i) => `${i}.5,${i % 2}`).join('\n')}\noops,1\n`,
      /row 302, column a: "oops" is not a number/,
    ],
    ['infinity', 'a,label\n1,x\ninf,y\n', /column "a": the value of data row 2 is Infinity/],
    ['one class', 'a,label\n1,x\n2,x\n', /column "label": all labels are x; two classes/],
    ['only a header', 'a,b,label\n', /rows? /],
    ['only labels', 'label\nx\ny\n', /no columns besides its labels/],
  ])('%s is refused', (_, text, message) => expectRefusal(csv(text), message));

  test('a label column that is not there is named, with those that are', () =>
    expectRefusal(csv('a,label\n1,x\n2,y\n'), /no column "klass"; its columns are "a", "label"/, {
      labels: 'klass',
    }));
});

describe('ARFF', () => {
  const header =
    "% a comment\n@relation 'play it'\n@attribute outlook {sunny, 'very rainy'}\n" +
    "@attribute 'the temp' numeric\n@attribute n {1,2}\n@attribute play {yes,no}\n@data\n";

  test('reads attributes, comments, quotes and missing values', async () => {
    const path = csv(
      `${header}sunny,85,1,no\n'very rainy',?,2,yes\n% x\nsunny,70,1,yes\n`,
      'w.arff',
    );
    const { columns, train, classes } = await openWith(path, { missing: 'impute', labels: 'play' });
    expect(columns).toEqual([
      'outlook = sunny',
      'outlook = very rainy',
      'the temp',
      'n = 1',
      'n = 2',
    ]);
    expect([...train.values]).toEqual([1, 0, 85, 1, 0, 0, 1, 77.5, 0, 1, 1, 0, 70, 1, 0]);
    expect(classes).toEqual(['no', 'yes']);
  });

  test.each([
    ['no data', header.replace('@data\n', ''), /no line "@data"/],
    ['sparse rows', `${header}{0 sunny, 3 no}\n`, /sparse rows/],
    ['an unknown type', header.replace('numeric', 'relational'), /line 4: the type "relational"/],
  ])('%s is refused', (_, text, message) => expectRefusal(csv(text, 'w.arff'), message));
});

describe('JSON rows', () => {
  test('fields that some rows lack are missing there', async () => {
    const path = csv(
      '{"x":1,"label":"p"}\n{"label":"q","y":2}\n{"x":3,"y":4,"label":"p"}\n',
      'r.jsonl',
    );
    const { train, columns } = await openWith(path, { missing: 'impute' });
    expect(columns).toEqual(['x', 'y']);
    expect([...train.values]).toEqual([1, 3, 2, 2, 3, 4]);
  });

  test.each([
    ['a broken line', '{"x":1,"label":"p"}\n{"x":\n', /line 2 is not valid JSON/],
    ['a nested value', '{"x":{"a":1},"label":"p"}\n', /row 1, field x is a list or an object/],
    ['a row that is no object', '{"x":1,"label":"p"}\n3\n', /row 2 is not an object/],
  ])('%s is refused', (_, text, message) => expectRefusal(csv(text, 'r.jsonl'), message));
});

describe('Parquet that is damaged', () => {
  const whole = readFileSync(join(FIXTURES, 'people-snappy.parquet'));

  test.each(Array.from({ length: 10 }, (_, i) => Math.floor(((i + 0.5) / 10) * whole.length)))(
    'cut at byte %i',
    (length) =>
      expectRefusal(write('cut.parquet', whole.subarray(0, length)), /damaged or cut|no column/),
  );
});
