/** Valid files of every format, small, for the fuzzer to damage. A new format is one line in `FORMATS`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import sharp from 'sharp';
import { pack } from 'tar-stream';
import type { ReadingConfig } from '../../core/contract/config/schema.ts';

/** A data set that opens: its files, and how they are read. */
export interface Seed {
  /** One file is given by itself, several as their folder. */
  files: Record<string, Uint8Array>;
  /** Which of the files are damaged; all where it is left out. */
  damaged?: string[];
  /** A first folder of `files` that becomes a zip once a file in it is damaged: its sums then fit. */
  zipped?: string;
  reading?: (folder: string) => Partial<ReadingConfig>;
}

const fixture = (folder: string, name: string): Uint8Array => readFileSync(join(folder, name));

/** An IDX file of bytes. */
function idx(sizes: number[], fill: (i: number) => number): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x0800 | sizes.length, 0);
  sizes.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  const length = sizes.reduce((a, b) => a * b, 1);
  return Buffer.concat([header, Uint8Array.from({ length }, (_, i) => fill(i))]);
}

const mnist = (samples = 40, suffix = '', wrap = (bytes: Uint8Array): Uint8Array => bytes) => ({
  [`train-images-idx3-ubyte${suffix}`]: wrap(idx([samples, 4, 4], (i) => i % 251)),
  [`train-labels-idx1-ubyte${suffix}`]: wrap(idx([samples], (i) => i % 4)),
});

async function tar(files: Record<string, Uint8Array>): Promise<Uint8Array> {
  const packing = pack();
  for (const [name, bytes] of Object.entries(files)) packing.entry({ name }, Buffer.from(bytes));
  packing.finalize();
  const parts: Buffer[] = [];
  for await (const part of packing) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const cifar = (records: number): Uint8Array =>
  Uint8Array.from({ length: records * 3073 }, (_, i) =>
    i % 3073 === 0 ? (i / 3073) % 10 : i % 255,
  );

const CSV = `size,colour,label\n${Array.from({ length: 60 }, (_, i) => `${i}.5,"${['red', 'blue, dark'][i % 2]}",${i % 3}`).join('\n')}\n`;
const ARFF = `@relation r\n@attribute a numeric\n@attribute 'b c' {x,y}\n@attribute class {p,q}\n@data\n${Array.from({ length: 40 }, (_, i) => `${i},${'xy'[i % 2]},${'pq'[i % 2]}`).join('\n')}\n`;
const HF_README =
  "---\ndataset_info:\n  features:\n  - name: label\n    dtype:\n      class_label:\n        names:\n          '0': cold\n          '1': warm\n---\n";
const JSONL = Array.from({ length: 40 }, (_, i) =>
  JSON.stringify({ a: i / 2, b: `k${i % 3}`, label: i % 2 }),
).join('\n');

/** A file of some labels beside a sound data set of as many samples. */
const labels = (name: string, bytes: Uint8Array, count: number, field = ''): Seed => ({
  files: { ...mnist(count), [name]: bytes },
  damaged: [name],
  reading: (folder) => ({ labelsFile: join(folder, name), labelsField: field }),
});

/** The files of a zip, to be damaged one by one and zipped again. */
function inZip(name: string, bytes: Uint8Array): Seed & { zipped: string } {
  const inner = Object.entries(unzipSync(bytes)).map(([path, file]) => [`${name}/${path}`, file]);
  return { files: Object.fromEntries(inner) as Seed['files'], zipped: name };
}

/** Four small pictures of two classes; the first is damaged. */
const pictures = async (kind: 'png' | 'jpeg' | 'webp' | 'gif'): Promise<Seed> => {
  const picture = (red: number) =>
    sharp({ create: { width: 12, height: 9, channels: 3, background: { r: red, g: 90, b: 20 } } })
      .toFormat(kind)
      .toBuffer();
  const names = ['a/1', 'a/2', 'b/3', 'b/4'].map((name) => `${name}.${kind}`);
  const all = await Promise.all(names.map((_, i) => picture(60 * i)));
  return {
    files: Object.fromEntries(names.map((name, i) => [name, all[i]!])),
    damaged: [names[0]!],
  };
};

/** The same, as BMP of 24 bits, whose header is all there is to it. */
const bmp = (): Seed => {
  const picture = (shade: number): Uint8Array => {
    const out = Buffer.alloc(54 + 8 * 12, shade);
    out.write('BM', 0, 'latin1');
    [out.length, 0, 54, 40, 4, 8].forEach((value, i) => out.writeUInt32LE(value, 2 + 4 * i));
    out.writeUInt32LE((24 << 16) | 1, 26);
    out.fill(0, 30, 54);
    return out;
  };
  const files = { 'a/1.bmp': picture(10), 'a/2.bmp': picture(90), 'b/3.bmp': picture(170) };
  return { files, damaged: ['a/1.bmp'] };
};

/**
 * The seeds of every format.
 * @param data the folder of fixtures, `test/fixtures/data`
 */
export const FORMATS: Record<string, (data: string) => Seed | Promise<Seed>> = {
  idx: () => ({ files: mnist() }),
  'idx-gz': () => ({ files: mnist(40, '.gz', (bytes) => gzipSync(bytes)) }),
  zip: () => ({ files: { 'set.zip': zipSync(mnist()) } }),
  tar: async () => ({ files: { 'set.tar': await tar(mnist()) } }),
  'tar-gz': async () => ({ files: { 'set.tar.gz': gzipSync(await tar(mnist())) } }),
  'cifar-binary': () => ({ files: { 'data_batch_1.bin': cifar(12) } }),
  'cifar-python': (data) => ({
    files: { 'c.tar': gunzipSync(fixture(data, 'cifar-10-python.tar.gz')) },
  }),
  npz: (data) => inZip('set.npz', fixture(data, 'channels-first.npz')),
  npy: (data) => labels('labels.npy', fixture(data, 'version2.npy'), 4),
  pickle: (data) => labels('labels.pt', fixture(data, 'arrays-2.pickle'), 2, 'bool'),
  torch: (data) => {
    const set = labels('labels.pt', new Uint8Array(), 8, 'clean_label');
    const { files, zipped } = inZip('labels.pt', fixture(data, 'torch.pt'));
    return { ...set, files: { ...set.files, ...files }, damaged: Object.keys(files), zipped };
  },
  csv: () => ({ files: { 'rows.csv': Buffer.from(CSV) } }),
  'csv-utf16': () => ({ files: { 'rows.csv': Buffer.from(`\ufeff${CSV}`, 'utf16le') } }),
  jsonl: () => ({ files: { 'rows.jsonl': Buffer.from(JSONL) } }),
  arff: () => ({ files: { 'rows.arff': Buffer.from(ARFF) } }),
  png: () => pictures('png'),
  jpeg: () => pictures('jpeg'),
  webp: () => pictures('webp'),
  gif: () => pictures('gif'),
  bmp,
  parquet: (data) => ({
    files: { 'rows.parquet': fixture(join(data, 'tables'), 'people-snappy.parquet') },
    reading: () => ({ missing: 'impute' }),
  }),
  'parquet-zstd': (data) => ({
    files: { 'rows.parquet': fixture(join(data, 'tables'), 'people-zstd.parquet') },
    reading: () => ({ missing: 'impute' }),
  }),
  'hugging-face': (data) => ({
    files: {
      'README.md': Buffer.from(HF_README),
      'train-00000.parquet': fixture(data, 'hf-train.parquet'),
      'test-00000.parquet': fixture(data, 'hf-test.parquet'),
    },
  }),
};
