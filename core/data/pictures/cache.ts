/** Keeps decoded folders of pictures in the user's cache, so that opening one again takes a moment. */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileTime } from '../../disk/file-time.ts';
import { isAlive, ownerName, ownerOf, ownProcess } from '../../disk/owner.ts';
import { PART } from '../../disk/write.ts';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import type { LoadControl } from '../control.ts';
import type { Dataset, Samples } from '../dataset.ts';
import { fingerprint } from '../tree/fingerprint.ts';

/** Raised with every change of what layouts, tables and decoding give. */
const VERSION = 2;
/** Bytes of all that is kept; the longest unused goes first. */
const MOST_KEPT = 2 ** 32;
const ENDING = '.pictures';
/** What a process of another machine writes takes less than this, in ms; what is older it left. */
const LONGEST_WRITE = 24 * 3_600_000;

const folderOf = (): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'label-noise-lab', 'pictures');

/**
 * What tells a folder's content and reading from any other: a hash over path, size and time of
 * change of every file.
 * @returns null where it holds links, which may lead to files that change unseen
 * @throws the reason of an aborted signal; errors of the file system
 */
export async function cacheKey(
  root: string,
  reading: ReadingConfig,
  { signal }: LoadControl,
): Promise<string | null> {
  const { hash, links } = await fingerprint(root, signal);
  if (links) return null;
  const all = JSON.stringify([VERSION, root, reading, hash]);
  return createHash('sha256').update(all).digest('hex');
}

/** A data set without its samples, and how many bytes these have. */
interface Header {
  dataset: Omit<Dataset, 'train' | 'test'>;
  /** Values, labels and truth of the training part, then of the test part; null for none. */
  lengths: (number | null)[];
  sha256: string;
}

/** The data set kept for a key; null where there is none, or it is damaged. */
export async function readCache(key: string): Promise<Dataset | null> {
  const path = join(folderOf(), `${key}${ENDING}`);
  try {
    const bytes = await readWhole(path);
    const end = bytes.indexOf(0x0a);
    const header = JSON.parse(bytes.subarray(0, end).toString()) as Header;
    const body = bytes.subarray(end + 1);
    if (createHash('sha256').update(body).digest('hex') !== header.sha256) return null;
    await utimes(path, new Date(), new Date());
    return withSamples(header, body);
  } catch {
    // Not there, or not readable: it is made anew.
    return null;
  }
}

function withSamples({ dataset, lengths }: Header, body: Buffer): Dataset {
  let at = 0;
  const parts = lengths.map((length) => {
    if (length === null) return null;
    at += length;
    return new Uint8Array(body.buffer, body.byteOffset + at - length, length);
  });
  const samples = (from: number): Samples => ({
    values: parts[from]!,
    labels: parts[from + 1]!,
    truth: parts[from + 2]!,
  });
  return { ...dataset, train: samples(0), test: parts[3] ? samples(3) : null };
}

async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = Buffer.allocUnsafeSlow(size);
    // One call reads 2 GiB at most.
    for (let at = 0; at < size;) {
      const { bytesRead } = await file.read(bytes, at, Math.min(size - at, 2 ** 30), at);
      if (bytesRead === 0) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** Keeps a data set of bytes, its labels too. A cache that cannot be written is done without. */
export async function writeCache(key: string, dataset: Dataset): Promise<void> {
  if (!(dataset.train.labels instanceof Uint8Array)) return;
  const folder = folderOf();
  const beside = join(folder, `${key}.${ownerName(ownProcess())}${PART}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeParts(beside, dataset);
    await rename(beside, join(folder, `${key}${ENDING}`));
    await removeOldest(folder);
  } catch {
    await rm(beside, { force: true }).catch(() => undefined);
  }
}

async function writeParts(path: string, { train, test, ...dataset }: Dataset): Promise<void> {
  const parts = [train, test].flatMap((part) =>
    [part?.values, part?.labels, part?.truth].map((array) => (array as Uint8Array) ?? null),
  );
  const hash = createHash('sha256');
  for (const part of parts) if (part) hash.update(part);
  const lengths = parts.map((part) => part?.length ?? null);
  const header: Header = { dataset, lengths, sha256: hash.digest('hex') };
  const file = await open(path, 'w');
  try {
    await file.writeFile(`${JSON.stringify(header)}\n`);
    for (const part of parts) if (part) await file.writeFile(part);
  } finally {
    await file.close();
  }
}

/** Also removes what dead processes were writing. */
async function removeOldest(folder: string): Promise<void> {
  const all = await readdir(folder);
  const found = await Promise.all(
    all.map(async (name) => ({ name, ...(await stat(join(folder, name))) })),
  );
  const oldest = fileTime(folder) - LONGEST_WRITE;
  const dead = found.filter((file) => isLeft(file, oldest));
  for (const { name } of dead) await rm(join(folder, name), { force: true });
  const kept = found.filter((file) => !dead.includes(file));
  kept.sort((a, b) => b.mtimeMs - a.mtimeMs);
  let bytes = 0;
  for (const { name, size } of kept) {
    if ((bytes += size) > MOST_KEPT) await rm(join(folder, name), { force: true });
  }
}

/** Whether nobody will finish a part; of a name without an owner, as older versions gave, nobody knows one. */
function isLeft({ name, mtimeMs }: { name: string; mtimeMs: number }, oldest: number): boolean {
  if (!name.endsWith(PART)) return false;
  const owner = ownerOf(name.slice(0, -PART.length).split('.').at(-1)!);
  return owner === null || !(isAlive(owner) ?? mtimeMs > oldest);
}
