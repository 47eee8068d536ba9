/** Pictures as people have them, each kind rebuilt: read as meant, or asked about. */
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ReadingConfig } from '../../../core/config/schema.ts';
import { expectRefusal, openWith, scratch } from './files.ts';
import type { Files } from './files.ts';
import { deepPng, tinyPng } from './pictures.ts';

const { folder, writeAll } = scratch();
beforeAll(() => {
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
});

/** Pictures by folder: `{ 'train/cat': 3 }`. They are called 1.png and so on, all different. */
function pictures(counts: Record<string, number>, ending = 'png'): Files {
  const files: Files = {};
  let number = 0;
  for (const [path, count] of Object.entries(counts)) {
    for (let i = 0; i < count; i++) files[`${path}/${++number}.${ending}`] = tinyPng(number);
  }
  return files;
}

const text = (...lines: string[]): Uint8Array => Buffer.from(`${lines.join('\n')}\n`);

/** Classes, samples of each class to train on and to test on, and what was said. */
async function read(files: Files, reading: Partial<ReadingConfig> = {}) {
  const { classes, train, test: tested, inferred } = await openWith(writeAll(files), reading);
  const counts = (labels: ArrayLike<number>) =>
    classes.map((_, i) => Array.from(labels).filter((label) => label === i).length);
  return {
    classes: classes.join(),
    train: counts(train.labels).join(),
    test: tested ? counts(tested.labels).join() : null,
    truth: train.truth ? counts(train.truth).join() : null,
    said: inferred.join(' '),
  };
}

/** Its counts, and a sentence among what was said. */
async function expectRead(
  files: Files,
  [classes, train, tested]: [string, string, string | null],
  said: RegExp = /^$/,
  reading: Partial<ReadingConfig> = {},
): Promise<void> {
  const found = await read(files, reading);
  expect(found).toMatchObject({ classes, train, test: tested });
  expect(found.said).toMatch(said);
}

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
      /no class folders: test-multiple_fruits \(4 pictures\)/,
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
      /validation part \(dev\) was left out/,
    );
    await expectRead(
      pictures({ 'train/a': 3, 'train/b': 3, 'test/a': 1, 'test/b': 1, unlabelled: 9 }),
      ['a,b', '3,3', '1,1'],
      /Left out, for it has no labels: unlabelled/,
    );
  });

  test('validation serves as the test part where there is no labelled one, and that is said', async () => {
    await expectRead(
      pictures({ 'train/a': 3, 'train/b': 3, 'valid/a': 1, 'valid/b': 1, test: 4 }),
      ['a,b', '3,3', '1,1'],
      /no test part; the validation part \(valid\) serves.*no class folders: test \(4 pictures\)/,
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
      /Left out: clean_train, for training is on the noisy part \(noisy_train\)/,
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
      /No training picture is of the classes zebra/,
    );
  });
});

describe('folders that are no classes are refused with the cure', () => {
  test.each<[string, Record<string, number>, RegExp]>([
    [
      'one part beside unknown',
      { 'train/a': 2, 'train/b': 2, 'extra/a': 2, 'extra/b': 2 },
      /"train" beside "extra" looks like a training part.*train, test, validation/,
    ],
    [
      'a flat test folder',
      { cat: 2, dog: 2, test: 3 },
      /"test" beside "cat", "dog" looks like a test part/,
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
      /are data sets and no classes; give one/,
    ],
    [
      'parts without classes',
      { train_images: 3, test_images: 3 },
      /parts \(test_images, train_images\) without class folders/,
    ],
    ['one folder', { images: 4 }, /one class only, "images"/],
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

describe('a table that names the pictures is where labels come from', () => {
  test('as HAM10000: pieces of one folder, ids without endings, several other columns', async () => {
    const files = {
      ...pictures({ HAM10000_images_part_1: 3, HAM10000_images_part_2: 3 }, 'jpg'),
      'HAM10000_metadata.csv': text(
        'lesion_id,image_id,dx,dx_type,age,sex',
        ...[1, 2, 3, 4, 5, 6].map(
          (i) =>
            `HAM_${i % 4},${i},${i % 2 ? 'nv' : 'mel'},${i > 3 ? 'histo' : 'follow_up'},${40 + i},${i % 3 ? 'male' : 'female'}`,
        ),
      ),
    };
    await expectRead(files, ['mel,nv', '3,3', null], /from HAM10000_metadata\.csv.*column "dx"/);
    const other = {
      ...files,
      'HAM10000_metadata.csv': text(
        'image_id,finding_a,finding_b',
        ...[1, 2, 3, 4, 5, 6].map((i) => `${i},${i % 2 ? 'x' : 'y'},${i % 3 ? 'p' : 'q'}`),
      ),
    };
    await expectRefusal(
      writeAll(other),
      /several columns that could be the labels: "finding_a", "finding_b"/,
    );
    await expectRead(other, ['p,q', '4,2', null], /./, { labels: 'finding_b' });
  });

  test('as Waterbirds: class folders of species, a table of two classes and numbered parts', async () => {
    const files = pictures({ '001.Albatross': 4, '002.Wren': 4 }, 'jpg');
    const rows = Object.keys(files).map(
      (path, i) =>
        `${i + 1},${path},${Number(path.startsWith('001'))},${i % 3},${i % 2},/b/bamboo/${i}.jpg`,
    );
    files['metadata.csv'] = text('img_id,img_filename,y,split,place,place_filename', ...rows);
    await expectRead(
      files,
      ['0,1', '1,2', '1,1'],
      /0 is training, 1 validation, 2 test.*validation part \(val\) was left out/,
    );
  });

  test('as Clothing1M: key lists, labels as given and true ones, names of classes', async () => {
    const files = pictures({ 'images/0/00': 3, 'images/1/01': 3, 'images/2/02': 3 }, 'jpg');
    const paths = Object.keys(files);
    const kv = (all: string[], shift: number) =>
      text(...all.map((path, i) => `${path} ${(i + shift) % 2}`));
    Object.assign(files, {
      'annotations/noisy_label_kv.txt': kv(paths.slice(0, 6), 0),
      'annotations/clean_label_kv.txt': kv(paths.slice(4), 1),
      'annotations/noisy_train_key_list.txt': text(...paths.slice(0, 4)),
      'annotations/clean_train_key_list.txt': text(...paths.slice(4, 6)),
      'annotations/clean_val_key_list.txt': text(...paths.slice(6, 7)),
      'annotations/clean_test_key_list.txt': text(...paths.slice(7)),
      'annotations/category_names_eng.txt': text('T-Shirt', 'Shirt'),
      'annotations/category_names_chn.txt': text('T恤', '衬衫'),
    });
    await expectRead(
      files,
      ['T-Shirt,Shirt', '2,2', '1,1'],
      /clean_train_key_list.txt, for training is on the noisy part.*category_names_eng/,
    );
  });

  test('as Kaggle: flat part folders, train.csv with labels, test.csv and a submission without', async () => {
    const files = {
      ...pictures({ train_images: 4, test_images: 3 }),
      'train.csv': text('id_code,diagnosis', '1,0', '2,1', '3,2', '4,0'),
      'test.csv': text('id_code', '5', '6', '7'),
      'sample_submission.csv': text('id_code,diagnosis', '5,0', '6,0', '7,0'),
    };
    await expectRead(
      files,
      ['0,1,2', '2,1,1', null],
      /Left out: 3 pictures that the table does not name.*sample_submission/,
    );
  });

  test('one-hot columns, a list of lines, JSON by name, and a table without a line of names', async () => {
    const files = pictures({ images: 4 });
    const classes: [string, string, null] = ['a,b', '2,2', null];
    await expectRead(
      { ...files, 'gt.csv': text('image,a,b', '1,1.0,0.0', '2,0,1', '3,1,0', '4,0,1') },
      classes,
      /one label, a column for each class/,
    );
    await expectRead(
      {
        ...files,
        'list.txt': text('images/1.png a', 'images/2.png b', 'images/3.png a', 'images/4.png b'),
      },
      classes,
      /list\.txt/,
    );
    await expectRead(
      { ...files, 'noise.json': Buffer.from('{"1.png":"a","2.png":"b","3.png":"a","4.png":"b"}') },
      classes,
      /noise\.json/,
    );
    await expectRead(
      { ...files, 'x.csv': text('1.png,a', '2.png,b', '3.png,a', '4.png,b') },
      classes,
      /x\.csv/,
    );
  });

  test('lists of a part tell the parts of class folders', async () => {
    const files = {
      ...pictures({ 'images/pie': 3, 'images/soup': 3 }),
      'meta/train.txt': text('pie/1', 'pie/2', 'soup/4'),
      'meta/test.txt': text('soup/5'),
    };
    await expectRead(
      files,
      ['pie,soup', '2,1', '0,1'],
      /Left out: 2 pictures that no list of a part names/,
    );
  });

  test('where folders and table disagree it is said, and given labels have the folders as true ones', async () => {
    const files = pictures({ cat: 3, dog: 3 });
    const rows = ['1.png,cat', '2.png,dog', '3.png,cat', '4.png,dog', '5.png,dog', '6.png,dog'];
    await expectRead(
      { ...files, 'labels.csv': text('filename,label', ...rows) },
      ['cat,dog', '2,4', null],
      /disagree about 1 of 6 pictures; the labels are those of labels\.csv/,
    );
    const given = await read({ ...files, 'noisy.csv': text('filename,noisy_label', ...rows) });
    expect([given.train, given.truth]).toEqual(['2,4', '3,3']);
    expect(given.said).toContain('The folders are taken as the true labels; 1 of 6');
    await expectRefusal(
      writeAll({
        ...files,
        'x.csv': text('filename,owner', ...rows.map((row) => row.replace('dog', 'me'))),
      }),
      /both the folders \(cat, dog\) and column "owner".*data\.reading\.labels/,
    );
  });

  test('two tables that label a picture differently are refused, unless their names say why', async () => {
    const files = pictures({ images: 4 });
    const [a, b] = [
      text('file,label', '1,a', '2,b', '3,a', '4,b'),
      text('file,label', '1,a', '2,a', '3,a', '4,b'),
    ];
    await expectRefusal(
      writeAll({ ...files, 'a.csv': a, 'b.csv': b }),
      /label the picture images\/2\.png differently.*"noisy"/,
    );
    const found = await read({ ...files, 'clean_labels.csv': a, 'noisy_labels.csv': b });
    expect([found.train, found.truth]).toEqual(['3,1', '2,2']);
  });

  test('pictures that are not there are counted and named, and left out where that is asked', async () => {
    const files = {
      ...pictures({ images: 2 }),
      'labels.csv': text('image_name,label', '1.png,a', '2.png,b', '8.png,a', '9.png,b'),
    };
    await expectRefusal(
      writeAll(files),
      /row 3 names the picture "8\.png".*2 of its 4 rows.*"9\.png".*data\.reading\.missing "drop"/,
    );
    await expectRead(
      files,
      ['a,b', '1,1', null],
      /2 rows name pictures that are not there \("8\.png", "9\.png"\)/,
      { missing: 'drop' },
    );
    await expectRefusal(
      writeAll({ ...files, 'labels.csv': text('image_name,label', 'x.png,a', 'y.png,b') }),
      /none of the pictures that labels\.csv names is there/,
    );
  });

  test('a name that two pictures have is refused', async () => {
    const files: Files = {
      'a/1.png': tinyPng(1),
      'b/1.png': tinyPng(2),
      'labels.csv': text('file,label', '1.png,x', '1.png,y'),
    };
    await expectRefusal(writeAll(files), /"1\.png", of which there are 2 in different folders/);
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
      /no column "nothing" \(data\.reading\.labels\); there are "file", "label"/,
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
      /column "label" \(data\.reading\.files\) names no picture/,
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
      /"first" and "second" both name pictures.*data\.reading\.files/,
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
  expect(inferred.join()).toContain('No classes, for they hold no pictures: notes.');
  mkdirSync(join(path, 'bird'));
  await expectRefusal(path, /bird is a class folder without pictures/);
});
