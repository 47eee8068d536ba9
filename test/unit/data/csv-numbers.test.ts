/** The quick way through CSV of numbers gives what the way through all CSV gives, or leaves it to that. */
import { said } from '../said.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '../../../core/data/formats/csv.ts';
import { readCsvNumbers } from '../../../core/data/formats/csv-numbers.ts';

const quick = (text: string) => readCsvNumbers(Buffer.from(text), {});
/** A quote that is said to be what it is anyway keeps the quick way shut. */
const slow = (text: string) => readCsv(Buffer.from(text), 'set', {}, { quote: '"' });

test('numbers are those that Number reads, to the last bit', async () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.integer().map(String),
    fc.tuple(fc.integer(), fc.nat()).map(([a, b]) => `${a}.${b}`),
    fc.constantFrom('', '-0', '.5', '5.', '007.250', '1e5', '-1E-3', '0.1234567890123456789', '+4'),
  );
  const ends = fc.constantFrom('\n', '\r\n', '\n\n');
  const rows = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(rows, ends, fc.boolean(), async (cells, end, closed) => {
      const lines = ['a,b', ...cells.map((row) => row.join(','))];
      const text = lines.join(end) + (closed ? end : '');
      expect(await quick(text)).toEqual(await slow(text));
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['a word', 'a,b\n1,x\n'],
  ['a quote', 'a,b\n1,"2"\n'],
  ['a space', 'a,b\n1, 2\n'],
  ['too few values', 'a,b\n1\n'],
  ['too many values', 'a,b\n1,2,3\n'],
  ['another separator', 'a;b\n1;2\n'],
  ['one column', 'a\n1\n'],
  ['no rows', 'a,b\n'],
  ['a quoted name', '"a",b\n1,2\n'],
  ['a mark of UTF-8', '\ufeffa,b\n1,2\n'],
])('%s is left to the other way', async (_, text) => {
  expect(await quick(text)).toBeNull();
});

test('it is cancelled between stretches', async () => {
  const text = `a,b\n${'1,2\n'.repeat(50_000)}`;
  const giving = new AbortController();
  const reading = readCsvNumbers(Buffer.from(text), { signal: giving.signal });
  giving.abort(new Error('was cancelled.'));
  await expect(reading).rejects.toThrow('was cancelled.');
});

test('a first line of numbers is a row, unless it counts the columns', async () => {
  const [row, names] = [await quick('5,2,7\n3,4,1\n'), await quick('0,1,2\n3,4,1\n')];
  expect(row!.columns.map(({ name }) => name)).toEqual(['column 1', 'column 2', 'column 3']);
  expect([row!.rows, names!.rows]).toEqual([2, 1]);
  expect(names!.columns.map(({ name }) => name)).toEqual(['0', '1', '2']);
  expect([said(row!.inferred), said(names!.inferred)]).toEqual([
    ['The first line holds numbers, so it is a row too.'],
    ['The first line, 0 to 2, was taken as the names of the columns.'],
  ]);
});
