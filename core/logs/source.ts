/** Where a log lies: one file, or the files of a folder. */
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createGunzip, gunzipSync, constants } from 'node:zlib';
import { encodingOf, isText } from '../data/formats/text.ts';
import { InputError } from '../contract/words/errors.ts';

/** Enough to tell a format by, beyond what programs say before their first epoch. */
const HEAD = 2 ** 17;
/** Folders of training programs are nested a few deep, such as `lightning_logs/version_0`. */
const DEPTH = 4;
/** A folder with more files is no folder of logs. */
const MOST_ENTRIES = 5000;
/** Nor is one with so many files that may be logs: more are not looked into. */
const MOST_FILES = 200;
/** What is read at once must be smaller than this, packed or not. */
const LARGEST = 2 ** 28;
/** What log files are called; what they are is told by what they hold. */
const MAYBE_LOG = /tfevents|\.(jsonl|ndjson|json|csv|tsv|txt|log|out|md|pkl|pickle|wandb)(\.gz)?$/i;
/** MLflow calls the file of a metric by the metric's name. */
const OF_METRICS = /(^|[\\/])metrics([\\/]|$)/;

/** A file that may be a log. */
export interface LogFile {
  path: string;
  /** The folders between what was named and the file. */
  folders: readonly string[];
  size: number;
  /** The first bytes, unpacked. */
  head: Uint8Array;
  /** Whether it is packed by gzip. */
  packed: boolean;
}

/** What was named. */
export interface LogSource {
  path: string;
  isFolder: boolean;
  files: readonly LogFile[];
}

/**
 * Looks at a file, or at the files of a folder that may be logs.
 * @throws InputError where nothing is there
 */
export async function openSource(path: string): Promise<LogSource> {
  const is = await stat(path).catch(() => null);
  if (!is) throw new InputError('log.notThere', { where: path });
  if (is.isFile()) return { path, isFolder: false, files: [await fileAt(path, [])] };
  if (!is.isDirectory()) {
    throw new InputError('data.neither', { where: path });
  }
  const budget = { entries: MOST_ENTRIES };
  const found = (await filesIn(path, [], budget)).slice(0, MOST_FILES);
  const files: LogFile[] = [];
  // One after the other: a system lets a program have some hundred files open.
  for (const { at, folders } of found) files.push(await fileAt(at, folders));
  return { path, isFolder: true, files };
}

/** What changes as a log grows or is written anew: sizes, and when it was last written. */
export interface LogState {
  /** The sum of its sizes; 0 where nothing is there. */
  size: number;
  /** Milliseconds since 1970; 0 where nothing is there. */
  written: number;
}

/** How large the log at a path is now, and when it was written. */
export async function stateOfLog(path: string): Promise<LogState> {
  const is = await stat(path).catch(() => null);
  if (!is) return { size: 0, written: 0 };
  if (is.isFile()) return { size: is.size, written: is.mtimeMs };
  const found = await filesIn(path, [], { entries: MOST_ENTRIES }).catch(() => []);
  const states = await Promise.all(found.map(({ at }) => stat(at).catch(() => null)));
  return states.reduce(
    (sum, one) => ({
      size: sum.size + (one?.size ?? 0),
      written: Math.max(sum.written, one?.mtimeMs ?? 0),
    }),
    { size: 0, written: 0 },
  );
}

interface Found {
  at: string;
  folders: readonly string[];
}

async function filesIn(
  folder: string,
  folders: readonly string[],
  budget: { entries: number },
): Promise<Found[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: Found[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (budget.entries-- <= 0) return found;
    const at = join(folder, entry.name);
    const isMaybe = MAYBE_LOG.test(entry.name) || isMetricFile(at);
    if (entry.isFile() && isMaybe) found.push({ at, folders });
    if (entry.isDirectory() && folders.length < DEPTH && !entry.name.startsWith('.')) {
      found.push(...(await filesIn(at, [...folders, entry.name], budget)));
    }
  }
  return found;
}

/** Whether a file lies where MLflow keeps metrics. */
export const isMetricFile = (path: string): boolean => OF_METRICS.test(dirname(path));

async function fileAt(path: string, folders: readonly string[]): Promise<LogFile> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    const head = buffer.subarray(0, bytesRead);
    const packed = head[0] === 0x1f && head[1] === 0x8b;
    return { path, folders, size, head: packed ? unpacked(head, path) : head, packed };
  } finally {
    await file.close();
  }
}

/** The beginning of what is packed, from the beginning of the pack. */
function unpacked(head: Buffer, where: string): Buffer {
  try {
    // However much is packed into so few bytes, it is no more than some megabytes.
    const options = { finishFlush: constants.Z_SYNC_FLUSH };
    return gunzipSync(head.subarray(0, HEAD / 4), options).subarray(0, HEAD);
  } catch {
    throw new InputError('log.badGzip', { where });
  }
}

/**
 * A file's bytes, unpacked. A pack that ends too early ends there, for it may still be written.
 * @throws InputError where the pack is damaged
 */
export async function* bytesOf({ path, packed }: LogFile): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: 2 ** 20 });
  if (!packed) {
    yield* stream as AsyncIterable<Buffer>;
    return;
  }
  const pack = createGunzip();
  stream.on('error', (error) => pack.destroy(error));
  try {
    yield* stream.pipe(pack) as AsyncIterable<Buffer>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') return;
    if (code?.startsWith('Z_')) throw new InputError('log.badGzip', { where: path });
    throw error;
  }
}

/** All bytes of a file, unpacked. @throws InputError where they are too many to be read at once */
export async function wholeBytes(file: LogFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of bytesOf(file)) {
    size += piece.length;
    if (size > LARGEST) throw new InputError('log.jsonTooLarge', { where: file.path });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** All of a text file. @throws InputError where it is too long to be read at once */
export async function wholeText(file: LogFile): Promise<string> {
  return new TextDecoder(encodingOf(file.head) ?? 'utf-8').decode(await wholeBytes(file));
}

/** The beginning of a text file; null where it is no text. */
export function textHead({ head }: LogFile): string | null {
  if (!isText(head)) return null;
  return new TextDecoder(encodingOf(head) ?? 'utf-8').decode(head);
}

/**
 * A text file in pieces, whatever its size.
 * @param growing leaves out what comes after the last end of a line
 */
export async function* textPieces(file: LogFile, growing: boolean): AsyncGenerator<string> {
  const decoder = new TextDecoder(encodingOf(file.head) ?? 'utf-8');
  let kept = '';
  for await (const bytes of bytesOf(file)) {
    const text = kept + decoder.decode(bytes, { stream: true });
    const end = growing ? text.lastIndexOf('\n') + 1 : text.length;
    kept = text.slice(end);
    if (end > 0) yield text.slice(0, end);
  }
  if (!growing) yield decoder.decode();
}

/** The lines of a text file. @param growing leaves out a last line without its end */
export async function* logLines(file: LogFile, growing: boolean): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of textPieces(file, growing)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    if (rest.length > 2 ** 24) throw new InputError('log.longLine', { where: file.path });
    yield* lines;
  }
  if (rest !== '') yield rest;
}
