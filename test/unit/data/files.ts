/** Makes files of the formats that data sets come in, independently of the code that reads them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { pack } from 'tar-stream';
import { afterAll, expect } from 'vitest';
import { inferAll } from '../../../core/contract/config/schema.ts';
import type { ReadingConfig } from '../../../core/contract/config/schema.ts';
import { openDataset } from '../../../core/data/index.ts';
import type { Dataset } from '../../../core/data/index.ts';
import { InputError } from '../../../core/contract/words/errors.ts';
import { inEnglish } from '../../../core/contract/words/texts.ts';
import { inWords } from '../../../core/contract/words/phrase.ts';

/** Files by their paths. */
export type Files = Record<string, Uint8Array>;

/** A folder for one test file, and how files come into it. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-data-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let next = 0;
  const write = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, String(next++), name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  };
  const writeAll = (files: Files): string => {
    const path = join(folder, String(next++), 'set');
    mkdirSync(path, { recursive: true });
    for (const [file, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), bytes);
    }
    return path;
  };
  return { folder, write, writeAll };
}

/** A zip of files. */
export const zip = (files: Files): Uint8Array => zipSync(files);

/** A tar of files; `links` are symbolic, from name to target. */
export async function tar(files: Files, links: Record<string, string> = {}): Promise<Buffer> {
  const packing = pack();
  for (const [name, bytes] of Object.entries(files)) packing.entry({ name }, Buffer.from(bytes));
  for (const [name, linkname] of Object.entries(links)) {
    packing.entry({ name, type: 'symlink', linkname });
  }
  packing.finalize();
  const parts: Buffer[] = [];
  for await (const part of packing) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** A gzipped tar of files. */
export const tarGz = async (files: Files): Promise<Buffer> => gzipSync(await tar(files));

/** A data set with what was guessed in English. */
export type Opened = Omit<Dataset, 'inferred'> & { inferred: string[] };

/** Opens a data set, everything inferred but what is given. */
export async function openWith(
  source: string,
  reading: Partial<ReadingConfig> = {},
): Promise<Opened> {
  const dataset = await openDataset({ source, reading: { ...inferAll, ...reading } });
  return { ...dataset, inferred: dataset.inferred.map((said) => inWords(said, inEnglish)) };
}

/** Expects opening to be refused in one plain sentence that names the file. */
export async function expectRefusal(
  source: string,
  message: RegExp,
  reading: Partial<ReadingConfig> = {},
): Promise<void> {
  const error = await openWith(source, reading).then(
    () => null,
    (thrown: Error) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  expect(error!.message).toMatch(message);
  expect(error!.message.slice(0, 1000)).toContain(source);
  expect(error!.message).not.toContain('\n');
}

/** An IDX file of unsigned bytes. */
export function idx(sizes: number[], data: Uint8Array, type = 0x08): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE((type << 8) | sizes.length, 0);
  sizes.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([header, data]);
}

/** `n` small images of bytes that count up. */
export const idxImages = (n: number): Buffer =>
  idx(
    [n, 2, 3],
    Uint8Array.from({ length: n * 6 }, (_, i) => i % 251),
  );

/** `n` labels of 4 classes in turn. */
export const idxLabels = (n: number, first = 0): Buffer =>
  idx(
    [n],
    Uint8Array.from({ length: n }, (_, i) => first + (i % 4)),
  );

/** A folder's worth of MNIST-style files. */
export const idxFiles = (prefix = ''): Files => ({
  [`${prefix}train-images-idx3-ubyte`]: idxImages(8),
  [`${prefix}train-labels-idx1-ubyte`]: idxLabels(8),
  [`${prefix}t10k-images-idx3-ubyte`]: idxImages(4),
  [`${prefix}t10k-labels-idx1-ubyte`]: idxLabels(4),
});
