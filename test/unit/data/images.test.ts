/** Pictures in class folders and with tables of labels, made by sharp and by hand. */
import {
  mkdirSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { inferAll } from '../../../core/contract/config/schema.ts';
import { ownerName, ownProcess } from '../../../core/disk/owner.ts';
import { openDataset } from '../../../core/data/index.ts';
import { expectRefusal, openWith, scratch, tarGz, zip } from './files.ts';
import type { Files } from './files.ts';

const { folder, write, writeAll } = scratch();
beforeAll(() => {
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
});

const RED = [255, 0, 0];
const BLUE = [0, 0, 255];

/** A picture of `pixels` RGB values. */
const rgb = (width: number, height: number, pixels: number[]) =>
  sharp(Uint8Array.from(pixels), { raw: { width, height, channels: 3 } });

const flat = (colour: number[], width = 4, height = 4) =>
  rgb(
    width,
    height,
    Array<number[]>(width * height)
      .fill(colour)
      .flat(),
  );

const red = () => flat(RED).png().toBuffer();
const blue = () => flat(BLUE).png().toBuffer();

/** Two classes of one picture each. */
const pair = async (prefix = ''): Promise<Files> => ({
  [`${prefix}cold/1.png`]: await blue(),
  [`${prefix}warm/1.png`]: await red(),
});

/** A 2 x 2 BMP of 24 bits, lowest row first, rows filled up to 4 bytes. */
function bmp(height = 2): Buffer {
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(70, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(2, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  // Blue, green, red: below green and white, above red and blue.
  const rows = [0, 255, 0, 255, 255, 255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0];
  return Buffer.concat([header, Buffer.from(rows)]);
}

test('class folders become classes by their alphabet, pixels as they are', async () => {
  const found = await openWith(writeAll(await pair()));
  expect(found.classes).toEqual(['cold', 'warm']);
  expect(found.shape).toEqual([4, 4, 3]);
  expect([...found.train.labels]).toEqual([0, 1]);
  expect([...found.train.values.slice(0, 3), ...found.train.values.slice(48, 51)]).toEqual([
    ...BLUE,
    ...RED,
  ]);
  expect([found.test, found.inferred, found.train.truth]).toEqual([null, [], null]);
});

test('train and test folders are the parts, in a zip and a tar, inside one more folder', async () => {
  const files = { ...(await pair('set/train/')), ...(await pair('set/test/')) };
  for (const path of [write('a.zip', zip(files)), write('a.tgz', await tarGz(files))]) {
    const found = await openWith(path);
    expect(found.classes).toEqual(['cold', 'warm']);
    expect([...found.train.labels, ...found.test!.labels]).toEqual([0, 1, 0, 1]);
    expect(found.test!.values).toEqual(found.train.values);
  }
});

test('validation pictures are the test part only where there is no other', async () => {
  const train = await pair('train/');
  const found = await openWith(writeAll({ ...train, ...(await pair('val/')) }));
  expect(found.test!.labels).toHaveLength(2);
  expect(found.inferred.join()).toContain('the validation set (val) is used instead');
  const both = { ...train, ...(await pair('val/')), ...(await pair('test/')) };
  const other = await openWith(writeAll(both));
  expect(other.test!.labels).toHaveLength(2);
  expect(other.inferred.join()).toContain('The validation set (val) was left out.');
});

test('every kind is read, whatever the file is called', async () => {
  const picture = rgb(2, 2, [...RED, ...BLUE, 0, 255, 0, 255, 255, 255]);
  const files = {
    'a/1.png': await picture.clone().gif().toBuffer(),
    'a/2.jpg': await picture.clone().webp({ lossless: true }).toBuffer(),
    'a/3.webp': await picture.clone().png().toBuffer(),
    'b/4.gif': bmp(),
    'b/5.tif': await picture.clone().tiff({ compression: 'lzw' }).toBuffer(),
  };
  const { values } = (await openWith(writeAll(files))).train;
  for (const i of [0, 1, 2, 3, 4]) {
    const want = [...RED, ...BLUE, 0, 255, 0, 255, 255, 255];
    expect([...values.slice(12 * i, 12 * i + 12)]).toEqual(want);
  }
});

test('a JPEG is turned as its EXIF orientation says', async () => {
  // Left red, right blue; turned clockwise by 6, red is above.
  const halves = Array.from({ length: 16 }, () =>
    [RED, RED, BLUE, BLUE].flatMap((c) => Array(4).fill(c).flat() as number[]),
  );
  const jpeg = rgb(16, 16, halves.flat()).jpeg({ quality: 100, chromaSubsampling: '4:4:4' });
  const bytes = await jpeg.withMetadata({ orientation: 6 }).toBuffer();
  const { values } = (await openWith(writeAll({ 'a/1.jpg': bytes, 'b/1.jpg': bytes }))).train;
  const at = (y: number, x: number) => [...values.slice((y * 16 + x) * 3, (y * 16 + x) * 3 + 3)];
  for (const x of [1, 14]) {
    expect(at(1, x)[0]).toBeGreaterThan(240);
    expect(at(14, x)[2]).toBeGreaterThan(240);
  }
});

test('pictures of several sizes take the most usual one, or the one asked for', async () => {
  const files = { ...(await pair()), 'warm/2.png': await flat(RED, 9, 3).png().toBuffer() };
  const path = writeAll(files);
  const found = await openWith(path);
  expect(found.shape).toEqual([4, 4, 3]);
  expect([...found.train.values.slice(96, 99)]).toEqual(RED);
  expect(found.inferred.join()).toContain('2 sizes');
  expect((await openWith(path, { imageSize: 7 })).shape).toEqual([7, 7, 3]);
  const large = await flat(RED, 200, 100).png().toBuffer();
  const shrunk = await openWith(writeAll({ 'a/1.png': large, 'b/1.png': large }));
  expect(shrunk.shape).toEqual([32, 64, 3]);
  expect(shrunk.inferred.join()).toContain('resized to 64 x 32');
});

test('pictures are grey where all are, or where that is asked', async () => {
  const grey = await flat([70, 70, 70]).png().toBuffer();
  const one = await flat([70, 70, 70]).toColourspace('b-w').png().toBuffer();
  for (const bytes of [grey, one]) {
    const path = writeAll({ 'a/1.png': bytes, 'b/1.png': one });
    const found = await openWith(path);
    expect([found.shape, found.train.values[0]]).toEqual([[4, 4, 1], 70]);
    expect((await openWith(path, { colour: 'colour' })).shape).toEqual([4, 4, 3]);
  }
  const mixed = writeAll({ 'a/1.png': one, 'b/1.png': await red() });
  expect((await openWith(mixed)).shape).toEqual([4, 4, 3]);
  expect((await openWith(mixed, { colour: 'grey' })).shape).toEqual([4, 4, 1]);
});

test('16 bits become 8, and what is transparent lies on white', async () => {
  const deep = await sharp(Uint16Array.from([0x8080, 0xffff, 0, 0x4040]), {
    raw: { width: 2, height: 2, channels: 1 },
  })
    .toColourspace('grey16')
    .png()
    .toBuffer();
  const clear = await sharp(Uint8Array.from([9, 9, 9, 0, 9, 9, 9, 255, 0, 0, 0, 0, 9, 9, 9, 255]), {
    raw: { width: 2, height: 2, channels: 4 },
  })
    .png()
    .toBuffer();
  const found = await openWith(writeAll({ 'a/1.png': deep, 'b/1.png': clear }));
  expect([...found.train.values]).toEqual([0x80, 255, 0, 0x40, 255, 9, 255, 9]);
});

test('a table beside the pictures tells labels and true labels', async () => {
  const files = {
    'images/x1.png': await red(),
    'images/x2.png': await blue(),
    'images/x3.png': await blue(),
    'labels.csv': Buffer.from(
      'filename,label,true_label\nx1.png,warm,warm\nimages/x2.png,warm,cold\n',
    ),
  };
  const found = await openWith(writeAll(files));
  expect(found.classes).toEqual(['cold', 'warm']);
  expect([[...found.train.labels], [...found.train.truth!]]).toEqual([
    [1, 1],
    [1, 0],
  ]);
  expect(found.inferred.join(' ')).toMatch(/labels\.csv.*Left out: 1 picture that.*x3/);
  const lacking = { ...files, 'labels.csv': Buffer.from('filename,label\nx1.png,a\nx9.png,b\n') };
  await expectRefusal(writeAll(lacking), /labels\.csv, row 2 names the picture "x9\.png"/);
});

test('what is no picture is left out and counted', async () => {
  const files = {
    ...(await pair()),
    'cold/Thumbs.db': Buffer.from('x'),
    '.hidden/a.png': Buffer.from('x'),
    'notes.txt': Buffer.from('x'),
  };
  const found = await openWith(writeAll(files));
  expect(found.train.labels).toHaveLength(2);
  expect(found.inferred.join()).toMatch(/Left out: 3 files that are not pictures.*notes\.txt/);
});

test('damage is told by the file', async () => {
  const noise = Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 256);
  const jpeg = await rgb(64, 64, noise).jpeg().toBuffer();
  const withOne = async (name: string, bytes: Uint8Array) =>
    writeAll({ ...(await pair()), [name]: bytes });
  const half = jpeg.subarray(0, jpeg.length / 2);
  await expectRefusal(await withOne('warm/half.jpg', half), /warm\/half\.jpg is a damaged or cut/);
  const text = Buffer.from('not a picture at all');
  await expectRefusal(await withOne('warm/x.png', text), /warm\/x\.png is not a picture/);
  await expectRefusal(await withOne('warm/x.bmp', bmp(50_000)), /warm\/x\.bmp.*claims 2 x 50000/);
});

test('one class, an empty class and no labels are refused', async () => {
  await expectRefusal(writeAll({ 'only/1.png': await red() }), /only one class, "only"/);
  await expectRefusal(writeAll({ '1.png': await red() }), /pictures without labels/);
  const path = writeAll(await pair());
  mkdirSync(join(path, 'void'));
  await expectRefusal(path, /void is a class folder without pictures/);
});

test('a link out of the folder is refused', async () => {
  const path = writeAll(await pair());
  symlinkSync(write('other.png', await red()), join(path, 'warm', 'link.png'));
  await expectRefusal(path, /"warm\/link\.png" is a link that leads out/);
});

test('a folder is read from the cache the second time, unless a file changed', async () => {
  const path = writeAll(await pair());
  const kept = join(folder, 'cache', 'label-noise-lab', 'pictures');
  const before = new Set(readdirSync(kept));
  const reopen = async () => {
    // One data set at a time is held, so another one drops it.
    await openDataset({ source: 'mnist', reading: inferAll });
    return openWith(path);
  };
  const first = await openWith(path);
  const [made] = readdirSync(kept).filter((name) => !before.has(name));
  expect(await reopen()).toEqual(first);
  truncateSync(join(kept, made!), 100);
  expect(await reopen()).toEqual(first);
  writeFileSync(join(path, 'warm', '1.png'), await flat([9, 200, 9]).png().toBuffer());
  expect([...(await reopen()).train.values.slice(48, 51)]).toEqual([9, 200, 9]);
});

test('what killed processes were writing to the cache goes, what living ones are writing stays', async () => {
  const kept = join(folder, 'cache', 'label-noise-lab', 'pictures');
  await openWith(writeAll(await pair()));
  const { place } = ownProcess();
  const elsewhere = `k.${ownerName({ pid: 1, began: 1, place: '00000000' })}.part`;
  const longAgo = `k.${ownerName({ pid: 2, began: 1, place: '00000000' })}.part`;
  const dead = ownerName({ pid: 2 ** 22 + 1, began: 1, place });
  const reused = ownerName({ ...ownProcess(), began: 1 });
  const left = [`k.${dead}.part`, `k.${reused}.part`, 'k.4711.part', longAgo];
  const stays = [`k.${ownerName(ownProcess())}.part`, elsewhere];
  for (const name of [...left, ...stays]) writeFileSync(join(kept, name), 'x');
  utimesSync(join(kept, longAgo), new Date('2001-01-01'), new Date('2001-01-01'));
  await openWith(
    writeAll({ ...(await pair()), 'warm/new.png': await flat([1, 2, 3]).png().toBuffer() }),
  );
  const now = readdirSync(kept).filter((name) => name.endsWith('.part'));
  expect(now.sort()).toEqual(stays.sort());
});

test('decoding reports and can be stopped', async () => {
  const files: Files = {};
  for (let i = 0; i < 400; i++) files[`${i % 2 ? 'a' : 'b'}/${i}.png`] = await red();
  const path = writeAll(files);
  const stop = new AbortController();
  const opening = openDataset(
    { source: path, reading: inferAll },
    { signal: stop.signal, progress: () => stop.abort(new Error('enough')) },
  );
  await expect(opening).rejects.toThrow('enough');
});

test('a picture that is another by now is noticed at once, also deep in the folder', async () => {
  const path = writeAll(await pair('around/'));
  const source = { source: path, reading: inferAll };
  const first = await openDataset(source);
  expect(await openDataset(source)).toBe(first);
  const other = await flat([0, 255, 0]).png().toBuffer();
  writeFileSync(join(path, 'around/cold/1.png'), other);
  expect((await openWith(path)).train.values.slice(0, 3)).toEqual(Uint8Array.of(0, 255, 0));
});
