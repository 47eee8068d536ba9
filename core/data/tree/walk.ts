/** From a walk over files to a Tree: what folders, archives and single files have in common. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { doing } from '../../contract/words/notes.ts';
import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { InputError, named } from '../../contract/words/errors.ts';
import { isMemoryShort } from '../../contract/words/memory.ts';
import { paced } from '../control.ts';
import type { LoadControl } from '../control.ts';
import { isGzip, longer } from './bytes.ts';
import { budgetOf, MOST_FILES, MOST_OF_ONE } from './limits.ts';
import type { Budget } from './limits.ts';
import { readPlain } from './plain-file.ts';
import type { Tree, TreeEntry } from './tree.ts';

/** A file met on a walk. Its bytes may be read once, before the walk goes on. */
export interface Met extends TreeEntry {
  /** Bytes on disk, before an archive's own compression is undone. */
  packed: number;
  /** How much of the walk lies behind, 0 to 1. */
  share: number;
  open(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
  /** Where it lies on disk as it is; nowhere in an archive. */
  file?: string;
}

/** Meets the files one after the other. Ending it early frees what it holds. */
export type Walk = (signal?: AbortSignal) => AsyncIterable<Met>;

const FIRST = 200;

/** How the files of a tree are met, and what that guesses. */
interface Walked {
  walk: Walk;
  inferred?: readonly Phrase[];
}

/**
 * A tree of the files that `walk` meets.
 * @param enough the bytes of files after which `first` ends; a tar is read to be listed
 */
export async function treeOf(
  { path, kind, walk, inferred = [] }: Pick<Tree, 'path' | 'kind'> & Walked,
  { signal }: LoadControl,
  enough = Infinity,
): Promise<Tree> {
  return {
    path,
    kind,
    inferred,
    first: await firstOf(path, walk, enough, signal),
    head: (wanted, bytes) => headOf(path, walk, wanted, bytes),
    list: (control) => listOf(path, walk, control),
    visit: (wanted, use, control, room) =>
      visit({ path, kind, walk }, { wanted, use, room }, control),
  };
}

async function firstOf(
  path: string,
  walk: Walk,
  enough: number,
  signal?: AbortSignal,
): Promise<string[]> {
  const names: string[] = [];
  let bytes = 0;
  await told(path, signal, async () => {
    for await (const met of walk(signal)) {
      names.push(met.path);
      bytes += met.size;
      if (names.length === FIRST || bytes > enough) break;
    }
  });
  return names;
}

async function headOf(
  path: string,
  walk: Walk,
  wanted: string,
  bytes: number,
): Promise<Uint8Array> {
  return told(`${path}, ${wanted}`, undefined, async () => {
    for await (const met of walk()) {
      if (met.path !== wanted) continue;
      const parts: Uint8Array[] = [];
      let have = 0;
      for await (const part of await contents(met)) {
        parts.push(part);
        if ((have += part.length) >= bytes) break;
      }
      return new Uint8Array(Buffer.concat(parts).subarray(0, bytes));
    }
    return new Uint8Array();
  });
}

async function listOf(path: string, walk: Walk, control: LoadControl): Promise<TreeEntry[]> {
  const { signal, progress } = paced(control);
  const entries: TreeEntry[] = [];
  await told(path, signal, async () => {
    for await (const met of walk(signal)) {
      entries.push({ path: met.path, size: met.size });
      progress?.(null, doing('files', { n: entries.length }));
      if (entries.length > MOST_FILES) throw tooMany(path);
    }
  });
  return entries;
}

/** What `visit` is given. */
interface Visitor {
  wanted: Parameters<Tree['visit']>[0];
  use: Parameters<Tree['visit']>[1];
  room: Parameters<Tree['visit']>[3];
}

async function visit(
  { path, kind, walk }: Pick<Tree, 'path' | 'kind'> & { walk: Walk },
  { wanted, use, room }: Visitor,
  control: LoadControl,
): Promise<void> {
  const { signal, progress } = paced(control);
  const all = budgetOf(path, Infinity);
  let seen = 0;
  const walking = walk(signal)[Symbol.asyncIterator]();
  const place = (met: Met) => (kind === 'file' ? path : `${path}, ${met.path}`);
  try {
    for (;;) {
      const { value: met, done } = await told(path, signal, () => walking.next());
      if (done) return;
      if (++seen > MOST_FILES) throw tooMany(path);
      if (!wanted({ path: met.path, size: met.size })) continue;
      progress?.(met.share, doing('file', { path: met.path }));
      const entry = { path: met.path, size: met.size };
      const bytes = await told(place(met), signal, () =>
        collect(met, { where: place(met), all, room: room?.(entry) ?? null }, signal),
      );
      await use(entry, bytes);
    }
  } finally {
    await walking.return?.();
  }
}

/**
 * The whole of a file, unpacked where it is gzipped.
 * @param to.room memory to use, as long as it is large enough
 * @throws InputError beyond a limit
 */
async function collect(
  met: Met,
  { where, all, room }: { where: string; all: Budget; room: Uint8Array | null },
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const one = budgetOf(where, met.packed, MOST_OF_ONE);
  one.check(met.size);
  all.check(met.size);
  // Pages of a new array take memory only once they are written, so a false size costs nothing.
  let bytes: Uint8Array = room ?? new Uint8Array(met.size);
  const spend = (more: number) => {
    signal?.throwIfAborted();
    one.spend(more);
    all.spend(more);
  };
  const plain = met.file === undefined ? null : await readPlain(met.file, bytes, spend);
  if (plain) return plain;
  let have = 0;
  for await (const part of await contents(met)) {
    spend(part.length);
    if (have + part.length > bytes.length) bytes = longer(bytes, have, have + part.length);
    bytes.set(part, have);
    have += part.length;
  }
  return bytes.subarray(0, have);
}

/** The bytes of a file, with gzip undone where they begin with its mark. */
async function contents(met: Met): Promise<AsyncIterable<Uint8Array>> {
  const parts = (await met.open())[Symbol.asyncIterator]();
  let begin: Uint8Array = new Uint8Array();
  while (begin.length < 2) {
    const { value, done } = await parts.next();
    if (done) break;
    begin = begin.length === 0 ? value : Buffer.concat([begin, value]);
  }
  const all = joined(begin, parts);
  if (!isGzip(begin)) return all;
  const source = Readable.from(all);
  const gunzip = createGunzip({ chunkSize: 2 ** 18 });
  source.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => source.destroy());
  return source.pipe(gunzip);
}

async function* joined(
  begin: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (begin.length > 0) yield begin;
    for (;;) {
      const { value, done } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    await rest.return?.();
  }
}

/**
 * Runs a step of reading; what it throws is told in words.
 * @throws InputError for damage; errors of the file system and the signal's reason as they are
 */
export async function told<T>(
  where: string,
  signal: AbortSignal | undefined,
  step: () => Promise<T>,
): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await step();
  } catch (error) {
    signal?.throwIfAborted();
    const system = error as NodeJS.ErrnoException;
    if (error instanceof InputError || (system.syscall && system.code)) throw named(error, where);
    if (isMemoryShort(error)) {
      throw new InputError('archive.memory', { where });
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError('archive.damaged', { where, why: why.replace(/[.\s]+$/, '') });
  }
}

function tooMany(path: string): InputError {
  return new InputError('archive.tooMany', { where: path, most: MOST_FILES });
}
