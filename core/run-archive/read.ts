/** Opens an archive of a run as data only: nothing of it is believed before it was looked at. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Entry, ZipFile } from 'yauzl';
import { InputError, named, PhrasedError } from '../contract/words/errors.ts';
import { BoundedReader } from '../data/tree/bounded-reader.ts';
import { budgetOf, innerPath, refuseLink, shortName } from '../data/tree/limits.ts';
import { checkPacking, isLink, openZip, summed } from '../data/tree/zip.ts';
import { MOST_OF_MANIFEST, parseManifest } from './manifest.ts';
import type { Manifest, Packed } from './manifest.ts';
import { FOLDERS, isMember, MANIFEST, MOST_MEMBERS, MOST_OF_ALL, mostOf, TOP } from './members.ts';

/** An archive whose table is in order: its files are those of one run, each named once, none too large. */
export interface OpenArchive {
  /** On disk. */
  path: string;
  manifest: Manifest;
  /**
   * A file's bytes as they come.
   * @throws InputError at their end, where they are not what the list says
   */
  pieces(file: Packed): AsyncGenerator<Uint8Array>;
  close(): void;
}

/**
 * Opens an archive.
 * @throws InputError where it is none, is damaged, or holds what no run holds
 */
export async function openArchive(path: string): Promise<OpenArchive> {
  return saying(path, async () => {
    const found = statSync(path);
    if (!found.isFile()) throw new InputError('runArchive.none', { where: path });
    const zip = await openTable(path);
    try {
      const { id, entries } = await entriesOf(path, zip, found.size);
      const manifest = await readManifest(path, zip, entries);
      if (manifest.id !== id) throw damaged(path, MANIFEST);
      compare(path, manifest, entries);
      return {
        path,
        manifest,
        pieces: (file) => piecesOf(path, zip, entries.get(file.path)!, file),
        close: () => zip.close(),
      };
    } catch (error) {
      zip.close();
      throw error;
    }
  });
}

/** A file that is no zip at all is told by what was wanted, not by what a zip lacks. */
async function openTable(path: string): Promise<ZipFile> {
  const file = new BoundedReader(path);
  try {
    return await openZip(file);
  } catch {
    throw new InputError('runArchive.none', { where: path });
  }
}

/** Looks at every name in the table, before anything is unpacked. */
async function entriesOf(
  where: string,
  zip: ZipFile,
  bytes: number,
): Promise<{ id: string; entries: Map<string, Entry> }> {
  const budget = budgetOf(where, bytes, MOST_OF_ALL);
  const entries = new Map<string, Entry>();
  let [id, seen]: [string | null, number] = [null, 0];
  for await (const entry of zip.eachEntry()) {
    if (++seen > MOST_MEMBERS + FOLDERS.length + 2)
      throw new InputError('archive.zipTooMany', { where });
    // Names that we write are ASCII, and read so they are what they are.
    const name = entry.fileNameRaw.toString('latin1');
    innerPath(where, name);
    if (isLink(entry)) refuseLink(where, name);
    const [, top, path] = TOP.exec(name) ?? [];
    if (top === undefined || path === undefined || (id !== null && top !== id)) {
      throw stranger(where, name);
    }
    id = top;
    if (isFolder(path)) continue;
    if (path !== MANIFEST && !isMember(path)) throw stranger(where, name);
    if (entries.has(path)) throw new InputError('runArchive.twice', { where, name });
    if (entry.uncompressedSize > (path === MANIFEST ? MOST_OF_MANIFEST : mostOf(path))) {
      throw new InputError('runArchive.tooLargeFile', { where, name });
    }
    budget.spend(entry.uncompressedSize);
    checkPacking(where, name, entry);
    entries.set(path, entry);
  }
  if (id === null || !entries.has(MANIFEST)) throw new InputError('runArchive.none', { where });
  return { id, entries };
}

/** Who unpacks an archive and packs it again may get the folders as entries of their own. */
const isFolder = (path: string): boolean =>
  path === '' || FOLDERS.some((folder) => path === `${folder}/`);

async function readManifest(
  where: string,
  zip: ZipFile,
  entries: ReadonlyMap<string, Entry>,
): Promise<Manifest> {
  const entry = entries.get(MANIFEST)!;
  const parts: Uint8Array[] = [];
  for await (const part of summed(await zip.openReadStreamPromise(entry), entry.crc32)) {
    parts.push(part);
  }
  return parseManifest(Buffer.concat(parts).toString('utf8'), where);
}

/** The list and the table must tell the same files, and a run has a config. */
function compare(where: string, { files }: Manifest, entries: ReadonlyMap<string, Entry>): void {
  for (const { path, size } of files) {
    if (path === MANIFEST || entries.get(path)?.uncompressedSize !== size)
      throw damaged(where, path);
  }
  const listed = new Set(files.map(({ path }) => path));
  const spare = [...entries.keys()].find((path) => path !== MANIFEST && !listed.has(path));
  if (spare !== undefined) throw stranger(where, spare);
  if (listed.size !== files.length || !listed.has('config.json'))
    throw damaged(where, 'config.json');
}

async function* piecesOf(
  where: string,
  zip: ZipFile,
  entry: Entry,
  { path, size, sha256 }: Packed,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let seen = 0;
  const source = await saying(where, () => zip.openReadStreamPromise(entry));
  for await (const piece of said(where, summed(source, entry.crc32))) {
    hash.update(piece);
    if ((seen += piece.length) > size) throw damaged(where, path);
    yield piece;
  }
  if (seen !== size || hash.digest('hex') !== sha256) throw damaged(where, path);
}

/** Pieces whose errors name the archive. */
async function* said(where: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await saying(where, () => pieces.next());
    if (done) return;
    yield value;
  }
}

/** What the library says of a damaged file is told with the file's name; the system's errors as they are. */
async function saying<T>(where: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof PhrasedError) throw error;
    if (typeof (error as NodeJS.ErrnoException).syscall === 'string') throw named(error, where);
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError('archive.damaged', { where, why });
  }
}

const damaged = (where: string, name: string): InputError =>
  new InputError('runArchive.damaged', { where, name: shortName(name) });

const stranger = (where: string, name: string): InputError =>
  new InputError('runArchive.stranger', { where, name: shortName(name) });
