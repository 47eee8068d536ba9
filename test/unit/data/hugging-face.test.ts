/** Parquet shards of pictures, made by pyarrow (test/fixtures/data/make-hugging-face.py). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { namesFromReadme } from '../../../core/data/formats/hugging-face.ts';
import { openWith, scratch } from './files.ts';

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
  expect(found.inferred.join()).toContain('Left out: 1 shards (data/validation');
});

test('one shard alone is a data set', async () => {
  const path = `${writeAll({ 'a.parquet': fixture('hf-train.parquet') })}/a.parquet`;
  const found = await openWith(path);
  expect([found.train.labels.length, found.test]).toEqual([3, null]);
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
