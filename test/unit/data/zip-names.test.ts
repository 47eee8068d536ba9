/** Names in zips that do not say their encoding. */
import { said } from '../said.ts';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeName, nameEncoding } from '../../../core/data/tree/zip-names.ts';
import { openWith, scratch, zip } from './files.ts';
import { tinyPng } from './pictures.ts';

const { write } = scratch();

const NAMES: Record<string, string[][]> = {
  gbk: [
    ['猫/1.png', '狗/1.png'],
    ['训练集/猫/图片1.png', '测试集/狗/1.png'],
    ['飞机', '汽车', '鸟', '猫', '鹿', '狗', '青蛙', '马', '船', '卡车'],
  ],
  big5: [
    ['貓/圖片1.png', '狗/圖片2.png'],
    ['飛機', '汽車', '鳥', '貓'],
  ],
  shift_jis: [
    ['猫/写真1.png', '犬/写真2.png'],
    ['ねこ', 'いぬ'],
  ],
  'euc-kr': [['고양이/사진1.png', '강아지/사진2.png']],
  cp866: [['кошки/1.png', 'собаки/2.png']],
  'windows-1251': [['кошки/1.png', 'собаки/2.png']],
  cp862: [['חתול/1.png', 'כלב/2.png']],
  'windows-1255': [['חתול/1.png', 'כלב/2.png']],
  cp437: [['café/1.png', 'thé/2.png', 'Löwe', 'Bär', 'Äpfel']],
};

test('the encoding of names is told by their bytes', () => {
  for (const [encoding, sets] of Object.entries(NAMES)) {
    for (const names of sets) {
      const bytes = names.map((name) => iconv.encode(name, encoding));
      const found = nameEncoding(bytes);
      expect(bytes.map((name) => decodeName(name, found.encoding))).toEqual(names);
      expect(said([found.inferred!]).join()).toContain('are not UTF-8');
    }
  }
  expect(nameEncoding([Buffer.from('猫/1.png')])).toEqual({ encoding: 'utf8', inferred: null });
});

/** A zip whose ASCII names are replaced by others as long, as programs without the flag write them. */
function zipNamed(names: Record<string, Buffer>): Buffer {
  const files = Object.keys(names).map((name) => [name, tinyPng(7)] as const);
  const bytes = Buffer.from(zip(Object.fromEntries(files)));
  for (const [name, raw] of Object.entries(names)) {
    for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1))
      raw.copy(bytes, at);
  }
  return bytes;
}

test('classes of a zip made in China are read as they were written, and that is said', async () => {
  const path = write(
    'set.zip',
    zipNamed({
      'aa/1.png': iconv.encode('猫/1.png', 'gbk'),
      'bb/1.png': iconv.encode('狗/1.png', 'gbk'),
    }),
  );
  const found = await openWith(path);
  expect([...found.classes].sort()).toEqual(['狗', '猫']);
  expect(found.inferred.join()).toContain('read as Chinese (GBK)');
});

test('names in UTF-8 without the flag are read as such', async () => {
  const path = write(
    'set.zip',
    zipNamed({ 'aaa/1.png': Buffer.from('猫/1.png'), 'bbb/1.png': Buffer.from('狗/1.png') }),
  );
  const found = await openWith(path);
  expect([[...found.classes].sort(), found.inferred]).toEqual([['狗', '猫'], []]);
});
