/** Pictures with tables and lists as people have them, each kind rebuilt: read as meant, or asked about. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectRefusal, scratch } from './files.ts';
import { pictures, readingOf, text, tinyPng } from './pictures.ts';

const { folder, writeAll } = scratch();
const { read, expectRead } = readingOf(writeAll);
beforeAll(() => {
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
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
    const files = pictures({ '001.Albatross': 3, '001.Tern': 1, '002.Wren': 4 }, 'jpg');
    const rows = Object.keys(files).map(
      (path, i) =>
        `${i + 1},${path},${Number(path.startsWith('001'))},${i % 3},${i % 2},/b/bamboo/${i}.jpg`,
    );
    files['metadata.csv'] = text('img_id,img_filename,y,split,place,place_filename', ...rows);
    await expectRead(
      files,
      ['0,1', '1,2', '1,1'],
      /0 is training, 1 validation, 2 test.*validation set \(val\) was left out/,
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
      /clean_train_key_list.txt, because training uses the noisy part.*category_names_eng/,
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
      /Left out: 2 pictures that are not in the list of any set/,
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
      /2 rows were left out because their pictures are not there \("8\.png", "9\.png"\)/,
      { missing: 'drop' },
    );
    await expectRefusal(
      writeAll({ ...files, 'labels.csv': text('image_name,label', 'x.png,a', 'y.png,b') }),
      /none of the pictures that labels\.csv names is there/,
    );
    // An id beside the names happens to fit.
    await expectRefusal(
      writeAll({ ...files, 'labels.csv': text('id,file,label', '1,x.png,a', '2,y.png,b') }),
      /none of the pictures that labels\.csv names is there/,
    );
  });

  test('a name that two pictures have is refused', async () => {
    const files = {
      'a/1.png': tinyPng(1),
      'b/1.png': tinyPng(2),
      'labels.csv': text('file,label', '1.png,x', '1.png,y'),
    };
    await expectRefusal(writeAll(files), /"1\.png", but 2 in different folders have that name/);
  });
});
