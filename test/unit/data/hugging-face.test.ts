/** Parquet shards of pictures, made by pyarrow (test/fixtures/data/make-hugging-face.py). */
import { readFileSync } from 'node:fs';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { ReadingConfig } from '../../../core/contract/config/schema.ts';
import { namesFromReadme } from '../../../core/data/formats/hugging-face.ts';
import { expectRefusal, openWith, scratch } from './files.ts';

const { writeAll } = scratch();
const fixture = (name: string) => readFileSync(`test/fixtures/data/${name}`);

test('shards become pictures, parts and named classes', async () => {
  const found = await openWith(
    writeAll({
      'README.md': Buffer.from('# no names here'),
      'data/train-00000-of-00001.parquet': fixture('hf-train.parquet'),
      'data/validation-00000-of-00001.parquet': fixture('hf-test.parquet'),
      'data/test-00000-of-00001.parquet': fixture('hf-test.parquet'),
    }),
  );
  expect([found.classes, found.shape]).toEqual([
    ['cold', 'warm'],
    [2, 3, 3],
  ]);
  expect([...found.train.labels, ...found.test!.labels]).toEqual([0, 1, 0, 1]);
  expect([...found.train.values.slice(36, 39), ...found.test!.values.slice(0, 3)]).toEqual([
    9, 0, 200, 255, 9, 0,
  ]);
  expect(found.inferred.join()).toContain('The validation set (data/validation');
});

test('one shard alone is a data set', async () => {
  const path = `${writeAll({ 'a.parquet': fixture('hf-train.parquet') })}/a.parquet`;
  const found = await openWith(path);
  expect([found.train.labels.length, found.test]).toEqual([3, null]);
});

test('a file of labels is joined by the names of the pictures', async () => {
  const set = writeAll({ 'data/train.parquet': fixture('hf-train.parquet') });
  const labelsFile = `${writeAll({ 'given.csv': Buffer.from('file,label\n2.png,1\n0.png,0\n1.png,1\n') })}/given.csv`;
  const { train, inferred } = await openWith(set, { labelsFile });
  expect([[...train.labels], [...train.truth!]]).toEqual([
    [0, 1, 1],
    [0, 1, 0],
  ]);
  expect(inferred).toContain(
    'The given labels were joined by column "file": 3 of 3 training samples.',
  );
});

test('class names are read from the head of README.md', () => {
  const names = namesFromReadme(
    [
      '---',
      'dataset_info:',
      '  features:',
      '  - name: image',
      '    dtype: image',
      '  - name: label',
      '    dtype:',
      '      class_label:',
      '        names:',
      "          '0': airplane",
      "          '1': bird",
      '---',
      '# Text',
    ].join('\n'),
  );
  expect([names('label'), names('image')]).toEqual([['airplane', 'bird'], null]);
  expect(namesFromReadme('---\n: [\n---')('label')).toBe(null);
});

test('a table of numbers has named classes too', async () => {
  const found = await openWith(
    writeAll({
      'train.parquet': fixture('hf-table.parquet'),
      'notes.csv': Buffer.from('a,b\n1,2'),
    }),
  );
  expect([found.classes, found.columns]).toEqual([['cold', 'warm'], ['degrees']]);
});

/** A shard as `datasets` writes it, of so many pictures. */
function shard(
  pictures: readonly Uint8Array[],
  labels: readonly (number | null)[],
  called = 'label',
): Buffer {
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const;
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 2 },
    { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
    { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
    { name: 'path', ...text },
    { name: called, type: 'INT64', repetition_type: 'OPTIONAL' },
  ];
  const names = { [called]: { _type: 'ClassLabel', names: ['cold', 'warm'] } };
  const columnData = [
    { name: 'image', data: pictures.map((bytes, i) => ({ bytes, path: `${i}.png` })) },
    { name: called, data: labels.map((label) => (label === null ? null : BigInt(label))) },
  ];
  const kvMetadata = [{ key: 'huggingface', value: JSON.stringify({ info: { features: names } }) }];
  return Buffer.from(parquetWriteBuffer({ schema, columnData, kvMetadata }));
}

describe('a shard that is wrong is refused in one sentence', async () => {
  const create = { width: 3, height: 2, channels: 3 as const, background: '#204060' };
  const png = await sharp({ create }).png().toBuffer();
  const whole = fixture('hf-train.parquet');
  const cases: [string, Buffer, RegExp, Partial<ReadingConfig>?][] = [
    ['cut', whole.subarray(0, 900), /damaged or cut Parquet file/],
    [
      'a page cut out',
      Buffer.concat([whole.subarray(0, 200), whole.subarray(400)]),
      /damaged or cut Parquet file/,
    ],
    [
      'a picture that is none',
      shard([png, Buffer.from('text')], [0, 1]),
      /row 2 is not a picture that can be read/,
    ],
    [
      'a cut picture',
      shard([png, png.subarray(0, 60)], [0, 1]),
      /row 2 is a damaged or cut picture/,
    ],
    ['a label out of range', shard([png, png], [0, 7]), /row 2 has the label 7, but .* 0 to 1/],
    ['a label below 0', shard([png, png], [-1, 1]), /row 1 has the label -1/],
    ['no label', shard([png, png], [0, null]), /row 2 has no label; fill it in/],
    ['no column of labels', shard([png, png], [0, 1], 'x'), /no column "label"; name the right/],
    [
      'a named column that is missing',
      shard([png, png], [0, 1]),
      /no column "kind"; name the right one with data.reading.labels/,
      { labels: 'kind' },
    ],
  ];

  test.each(cases)('%s', (_, bytes, message, reading) =>
    expectRefusal(
      writeAll({ 'train.parquet': bytes, 'notes.md': Buffer.from('x') }),
      message,
      reading,
    ),
  );
});
