/** The data sets that `bench --data` opens. */
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { randomOf } from '../../core/random.ts';

/** One of them. */
export interface DataSet {
  what: string;
  path: string;
  /** What the peers' `data_bench.py` calls it; null where they have no reader for it. */
  peer: 'cifar' | 'csv' | 'pictures' | null;
  /** Whether what an earlier opening left in the cache is used. */
  again?: boolean;
}

const RECORD = 3073;
const ROWS = 1_000_000;

/**
 * Writes every data set below a folder.
 * @param pictures how many PNG files
 */
export async function writeSets(folder: string, pictures: number): Promise<DataSet[]> {
  const random = randomOf(0, 'bench data');
  // Shades gather in the middle, as in pictures: gzip saves a tenth, and has to work for it.
  const shade = () => random.below(64) + random.below(64) + random.below(64) + random.below(64);
  const noise = Uint8Array.from({ length: RECORD * 997 }, shade);
  const batch = (n: number): Buffer => {
    const bytes = Buffer.alloc(10_000 * RECORD);
    // A stretch of random bytes again and again, from another place: nothing for gzip to find twice.
    for (let at = 0, from = n * 97; at < bytes.length; at += noise.length - from) {
      bytes.set(noise.subarray(from, Math.min(noise.length, from + bytes.length - at)), at);
    }
    for (let i = 0; i < 10_000; i++) bytes[i * RECORD] = i % 10;
    return bytes;
  };
  const names = [1, 2, 3, 4, 5].map((n) => `data_batch_${n}.bin`).concat('test_batch.bin');
  const inner = 'cifar-10-batches-bin';
  mkdirSync(join(folder, inner));
  names.forEach((name, n) => writeFileSync(join(folder, inner, name), batch(n)));
  const packing = pack();
  names.forEach((name, n) => packing.entry({ name: `${inner}/${name}` }, batch(n)));
  packing.finalize();
  const tar = join(folder, 'cifar-10-binary.tar.gz');
  await pipeline(packing, createGzip(), createWriteStream(tar));
  const csv = join(folder, 'rows.csv');
  await pipeline(Readable.from(csvRows()), createWriteStream(csv));
  const each = pictures.toLocaleString('en');
  const folders = join(folder, 'pictures');
  await writePictures(folders, pictures);
  const png = { path: folders, peer: 'pictures' } as const;
  return [
    { what: 'CIFAR-10 of 60,000, .tar.gz', path: tar, peer: null },
    { what: 'CIFAR-10 of 60,000, folder', path: join(folder, inner), peer: 'cifar' },
    { what: 'CSV of 1,000,000 rows, 20 columns', path: csv, peer: 'csv' },
    { what: `${each} PNG files of 32 x 32, first time`, ...png },
    { what: `${each} PNG files of 32 x 32, again`, ...png, again: true },
  ];
}

/** Pictures of noise in ten class folders. */
async function writePictures(folder: string, count: number): Promise<void> {
  const { default: sharp } = await import('sharp');
  const random = randomOf(2, 'bench data');
  const raw = { width: 32, height: 32, channels: 3 } as const;
  for (let label = 0; label < 10; label++)
    mkdirSync(join(folder, String(label)), { recursive: true });
  for (let i = 0; i < count; i++) {
    const pixels = Uint8Array.from({ length: 3 * 32 * 32 }, () => random.below(256));
    const png = await sharp(pixels, { raw }).png().toBuffer();
    writeFileSync(join(folder, String(i % 10), `${i}.png`), png);
  }
}

function* csvRows(): Generator<string> {
  const random = randomOf(1, 'bench data');
  yield `${Array.from({ length: 19 }, (_, i) => `x${i}`).join(',')},label\n`;
  for (let row = 0; row < ROWS; row += 1000) {
    let text = '';
    for (let i = 0; i < 1000; i++) {
      for (let j = 0; j < 19; j++) text += `${random.real().toFixed(6)},`;
      text += `${random.below(5)}\n`;
    }
    yield text;
  }
}
