/** Pictures in folders as people have them, each kind rebuilt: read as meant, or asked about. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ReadingConfig } from '../../../core/contract/config/schema.ts';
import { expectRefusal, openWith, scratch } from './files.ts';
import type { Files } from './files.ts';
import { deepPng, pictures, readingOf, text, tinyPng } from './pictures.ts';

const { folder, writeAll } = scratch();
const { expectRead } = readingOf(writeAll);
beforeAll(() => {
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
});

describe('part folders are parts', () => {
  test('whatever they are called, and what is left out is said', async () => {
    await expectRead(
      pictures({
        'fruits/Training/Apple': 4,
        'fruits/Training/Fig': 3,
        'fruits/Test/Apple': 2,
        'fruits/Test/Fig': 1,
        'fruits/test-multiple_fruits': 4,
      }),
      ['Apple,Fig', '4,3', '2,1'],
      /no class folders: test-multiple_fruits \(4\)/,
    );
    await expectRead(
      pictures({
        'seg_train/seg_train/sea': 3,
        'seg_train/seg_train/wood': 3,
        'seg_test/seg_test/sea': 2,
        'seg_test/seg_test/wood': 1,
        'seg_pred/seg_pred': 5,
      }),
      ['sea,wood', '3,3', '2,1'],
      /no labels: seg_pred\. Trained on: seg_train; tested on: seg_test\./,
    );
    await expectRead(
      pictures({ 'train/a': 3, 'train/b': 3, 'test/a': 1, 'test/b': 1, 'dev/a': 2, 'dev/b': 2 }),
      ['a,b', '3,3', '1,1'],
      /validation set \(dev\) was left out/,
    );
    await expectRead(
      pictures({ 'train/a': 3, 'train/b': 3, 'test/a': 1, 'test/b': 1, unlabelled: 9 }),
      ['a,b', '3,3', '1,1'],
      /Left out because they have no labels: unlabelled/,
    );
  });

  test('validation serves as the test part where there is no labelled one, and that is said', async () => {
    await expectRead(
      pictures({ 'train/a': 3, 'train/b': 3, 'valid/a': 1, 'valid/b': 1, test: 4 }),
      ['a,b', '3,3', '1,1'],
      /no test set; the validation set \(valid\) is used.*no class folders: test \(4\)/,
    );
  });

  test('a noisy training part is not mixed with a clean one', async () => {
    await expectRead(
      pictures({
        'noisy_train/0': 3,
        'noisy_train/1': 3,
        'clean_train/0': 2,
        'clean_train/1': 2,
        'clean_test/0': 1,
        'clean_test/1': 1,
      }),
      ['0,1', '3,3', '1,1'],
      /Left out: clean_train, because training uses the noisy part \(noisy_train\)/,
    );
  });

  test('inside each class too', async () => {
    await expectRead(pictures({ 'cat/train': 3, 'cat/test': 1, 'dog/train': 2, 'dog/test': 1 }), [
      'cat,dog',
      '3,2',
      '1,1',
    ]);
  });

  test('capitals that differ between parts are one class, which is said', async () => {
    await expectRead(
      pictures({ 'train/Cat': 3, 'train/Dog': 2, 'test/cat': 1, 'test/dog': 1 }),
      ['Cat,Dog', '3,2', '1,1'],
      /"Cat" and "cat".* as one class/,
    );
  });

  test('unlabelled pictures beside classes are left out', async () => {
    await expectRead(
      pictures({ cat: 3, dog: 2, Unlabeled: 5 }),
      ['cat,dog', '3,2', null],
      /no labels: Unlabeled/,
    );
  });

  test('a class that only the test part has is told', async () => {
    await expectRead(
      pictures({ 'train/a': 3, 'train/b': 2, 'test/a': 1, 'test/zebra': 1 }),
      ['a,b,zebra', '3,2,0', '1,0,1'],
      /No training sample is of "zebra"/,
    );
  });
});

describe('folders that are no classes are refused with the cure', () => {
  test.each<[string, Record<string, number>, RegExp]>([
    [
      'one part beside unknown',
      { 'train/a': 2, 'train/b': 2, 'extra/a': 2, 'extra/b': 2 },
      /"train" beside "extra" looks like a training set.*train, test, validation/,
    ],
    [
      'a flat test folder',
      { cat: 2, dog: 2, test: 3 },
      /"test" beside "cat", "dog" looks like a test set/,
    ],
    ['pieces', { images_part_1: 3, images_part_2: 3 }, /pieces of one folder.*filename and label/],
    [
      'a spread by numbers',
      { 'images/0/00': 2, 'images/0/01': 2, 'images/1/02': 2 },
      /pieces of one folder/,
    ],
    ['masks', { images: 3, masks: 3 }, /what is marked in them/],
    [
      'two data sets',
      { 'one/train/a': 2, 'one/test/a': 2, 'two/train/b': 2, 'two/test/b': 2 },
      /are data sets, not classes; give one/,
    ],
    [
      'parts without classes',
      { train_images: 3, test_images: 3 },
      /parts \(test_images, train_images\) without class folders/,
    ],
    ['one folder', { images: 4 }, /only one class, "images"/],
  ])('%s', async (_, counts, message) => {
    await expectRefusal(writeAll(pictures(counts)), message);
  });

  test('classes in file names are not guessed', async () => {
    const files = Object.fromEntries(
      [1, 2, 3, 4].flatMap((i) => [
        [`cat.${i}.png`, tinyPng(i)],
        [`dog.${i}.png`, tinyPng(10 + i)],
      ]),
    ) as Files;
    await expectRefusal(
      writeAll(files),
      /put each class into a folder.*file names are not guessed/,
    );
  });

  test('but a train is a class among other vehicles, which is said', async () => {
    await expectRead(
      pictures({ bus: 2, car: 2, train: 2 }),
      ['bus,car,train', '2,2,2', null],
      /"train" was taken as a class/,
    );
  });
});

describe('what is asked for and cannot be used is an error', () => {
  const labels = text('file,label', '1,a', '2,b', '3,a', '4,b');
  test.each<[string, boolean, Partial<ReadingConfig>, RegExp]>([
    [
      'labels without a table',
      false,
      { labels: 'label' },
      /without a table of labels, so data\.reading\.labels "label" names nothing/,
    ],
    [
      'truth without a table',
      false,
      { truth: 'label' },
      /data\.reading\.truth "label" names nothing/,
    ],
    [
      'files without a table',
      false,
      { files: 'file' },
      /no table with a column "file" \(data\.reading\.files\)/,
    ],
    [
      'missing without a table',
      false,
      { missing: 'drop' },
      /data\.reading\.missing cannot be "drop"/,
    ],
    [
      'labels that no table has',
      true,
      { labels: 'nothing' },
      /no column "nothing" \(data\.reading\.labels\); its columns are "file", "label"/,
    ],
    [
      'truth that no table has',
      true,
      { truth: 'nothing' },
      /no column "nothing" \(data\.reading\.truth\)/,
    ],
    ['files that no table has', true, { files: 'nothing' }, /no table with a column "nothing"/],
    [
      'a column of files that names none',
      true,
      { files: 'label' },
      /column "label" \(data\.reading\.files\) does not name any picture/,
    ],
    ['imputed labels', true, { missing: 'impute' }, /data\.reading\.missing cannot be "impute"/],
  ])('%s', async (_, hasTable, reading, message) => {
    const files = pictures({ cat: 2, dog: 2 });
    await expectRefusal(
      writeAll(hasTable ? { ...files, 'labels.csv': labels } : files),
      message,
      reading,
    );
  });

  test('a column of file names is taken as asked', async () => {
    const files = {
      ...pictures({ images: 4 }),
      'labels.csv': text(
        'first,second,label',
        '1.png,4.png,a',
        '2.png,3.png,a',
        '3.png,2.png,a',
        '4.png,1.png,b',
      ),
    };
    await expectRefusal(
      writeAll(files),
      /"first" and "second" name different pictures.*data\.reading\.files/,
    );
    const { train, classes } = await openWith(writeAll(files), { files: 'second' });
    const place = Array.from(train.labels).indexOf(classes.indexOf('b'));
    expect(train.values[4 * place]).toBe(1);
  });
});

test('12 bits of 16 are used in full, which is said', async () => {
  const deep = (top: number) => deepPng(2, 1, Uint16Array.of(0, top));
  const { train, inferred } = await openWith(
    writeAll({ 'a/1.png': deep(4095), 'b/1.png': deep(2048) }),
  );
  expect([...train.values]).toEqual([0, 255, 0, 128]);
  expect(inferred.join()).toContain('values up to 4,095, so they were taken as 12 bits');
});

test('empty class folders are refused, other folders beside classes are told', async () => {
  const path = writeAll({ ...pictures({ cat: 2, dog: 2 }), 'notes/a.pdf': text('x') });
  const { inferred } = await openWith(path);
  expect(inferred.join()).toContain('Not taken as classes because they hold no pictures: notes.');
  mkdirSync(join(path, 'bird'));
  await expectRefusal(path, /bird is a class folder without pictures/);
});
