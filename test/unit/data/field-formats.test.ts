/** Numbers, lists and foreign formats as people have them: read, or refused with the cure. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { expectRefusal, openWith, scratch, zip } from './files.ts';
import type { Files } from './files.ts';
import { csv, kind, x } from './made-rows.ts';

const { write, writeAll } = scratch();

const open = (bytes: Buffer, name = 'rows.csv') => openWith(write(name, bytes));
const openAll = (files: Files) => openWith(writeAll(files));

describe('numbers and lists', () => {
  test('with commas between thousands, where all of a column reads so', async () => {
    const { train, inferred } = await open(
      csv('a,label', (i) => [`"${i + 1},00${i % 10}"`, i % 2]),
    );
    expect([...train.values.subarray(0, 3)]).toEqual([1000, 2001, 3002]);
    expect(inferred).toContain('Column "a": the commas in 1,000 stand between thousands.');
    const spoiled = await open(
      csv('a,b,label', (i) => [i === 9 ? 'many' : '"1,001"', x(i), i % 2]),
    );
    expect(spoiled.columns).toEqual(['a = 1,001', 'a = many', 'b']);
  });

  test('separated by spaces, as R and others write them', async () => {
    const r = await open(
      Buffer.from(
        `"x" "Species"\n${csv(null, (i) => [`"${i}"`, x(i), kind(i, '"a b"', '"c"')], ' ').toString()}`,
      ),
      'r.txt',
    );
    expect([r.columns, r.classes, r.train.labels.length]).toEqual([['x'], ['a b', 'c'], 60]);
    const wide = await open(
      csv(null, (i) => [`  ${x(i)}`, '', x(i + 2), i % 3], '  '),
      'seeds.dat',
    );
    expect([wide.columns.length, wide.classes]).toEqual([2, ['0', '1', '2']]);
  });

  test('in sparse rows: LIBSVM', async () => {
    const {
      train,
      test: tested,
      shape,
    } = await openAll({
      'a.train': csv(null, (i) => [i % 2 ? '+1' : '-1', `1:${x(i)}`, '4:2'], ' '),
      'a.test': csv(null, (i) => [i % 2 ? '+1' : '-1', `2:${x(i)}`], ' '),
    });
    expect(shape).toEqual([1, 1, 4]);
    expect([...train.values.subarray(0, 4), ...tested!.values.subarray(0, 4)]).toEqual([
      ...[x(0), 0, 0, 2],
      ...[0, x(0), 0, 0],
    ]);
    await expectRefusal(
      write('b.svm', Buffer.from('1 1:2\n0 1:x\n')),
      /b\.svm, line 2: "1:x" is not place:value/,
    );
  });

  test('in lists are features: Parquet and JSON Lines', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({
      emb: [
        [x(i), 1],
        [2, x(i + 1)],
      ],
      label: i % 2,
    }));
    const lines = await open(
      Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')),
      'r.jsonl',
    );
    const optional = { repetition_type: 'OPTIONAL' } as const;
    const list = { converted_type: 'LIST', num_children: 1 } as const;
    const parquet = parquetWriteBuffer({
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'emb', ...optional, ...list },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', ...optional, type: 'DOUBLE' },
        { name: 'label', ...optional, type: 'INT32' },
      ],
      columnData: [
        { name: 'emb', data: rows.map(({ emb }) => emb.flat()) },
        { name: 'label', data: rows.map(({ label }) => label) },
      ],
    });
    const shard = await open(Buffer.from(parquet), 'r.parquet');
    for (const { train, columns } of [lines, shard]) {
      expect(columns).toEqual(['emb[0]', 'emb[1]', 'emb[2]', 'emb[3]']);
      expect([...train.values.subarray(0, 4)]).toEqual([x(0), 1, 2, x(1)]);
    }
    const uneven = [...rows, { emb: [[1]], label: 0 }].map((row) => JSON.stringify(row)).join('\n');
    await expectRefusal(
      write('u.jsonl', Buffer.from(uneven)),
      /row 31, field emb has 1 number, but/,
    );
  });
});

describe('what cannot be used is refused with its cure', () => {
  const table = csv('a,label', (i) => [x(i), i % 2]);
  test.each([
    [{ imageSize: 32 }, /data\.reading\.imageSize \(32\) cannot be used for .*rows\.csv/],
    [{ colour: 'grey' as const }, /data\.reading\.colour \(grey\) cannot be used/],
    [{ labelsField: 'b' }, /data\.reading\.labelsField \(b\) names a column of a file of labels/],
  ])('%o', async (reading, message) => {
    await expect(openWith(write('rows.csv', table), reading)).rejects.toThrow(message);
  });

  test.each<[string, Uint8Array, RegExp]>([
    [
      'book.xlsx',
      zip({ 'xl/workbook.xml': Buffer.from('<x/>') }),
      /Excel workbook, .*save the sheet as CSV/,
    ],
    [
      'train_32x32.mat',
      Buffer.from('MATLAB 5.0 MAT-file, Platform'),
      /MATLAB file, .*numpy\.savez/,
    ],
    ['data.h5', Buffer.from('\x89HDF\r\n\x1a\n\0\0', 'latin1'), /HDF5 file, .*numpy\.savez/],
    ['frame.pkl', Uint8Array.of(0x80, 4, 0x95, 0, 0), /is a pickle, .*CSV or Parquet/],
  ])('%s', (name, bytes, message) => expectRefusal(write(name, bytes), message));

  test('a folder of Arrow files', () =>
    expectRefusal(
      writeAll({ 'train/data-00000-of-00001.arrow': Uint8Array.of(255, 255, 255, 255, 1) }),
      /save_to_disk of Hugging Face \(Arrow\).*to_parquet/,
    ));
});
