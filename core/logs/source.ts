/** Where a log lies: one file, or the event files of a TensorBoard folder. */
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodingOf, isText } from '../data/formats/text.ts';
import { InputError } from '../contract/words/errors.ts';

/** Enough to tell a format by. */
const HEAD = 2 ** 16;
/** Folders of training programs are nested a few deep, such as `lightning_logs/version_0`. */
const DEPTH = 4;
/** A folder with more files is no folder of logs. */
const MOST_ENTRIES = 5000;
/** Nor is one with so many files that may be logs: more are not looked into. */
const MOST_FILES = 200;
/** What log files are called; what they are is told by what they hold. */
const MAYBE_LOG = /tfevents|\.(jsonl|ndjson|json|csv|tsv|txt|log)$/i;

/** A file that may be a log. */
export interface LogFile {
  path: string;
  /** The folders between what was named and the file. */
  folders: readonly string[];
  size: number;
  /** The first bytes. */
  head: Uint8Array;
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

/** A number that changes as the log grows: the sum of its sizes. 0 where nothing is there. */
export async function sizeOfLog(path: string): Promise<number> {
  const is = await stat(path).catch(() => null);
  if (!is) return 0;
  if (is.isFile()) return is.size;
  const found = await filesIn(path, [], { entries: MOST_ENTRIES }).catch(() => []);
  const sizes = await Promise.all(found.map(({ at }) => stat(at).then(({ size }) => size)));
  return sizes.reduce((sum, size) => sum + size, 0);
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
    if (entry.isFile() && MAYBE_LOG.test(entry.name)) found.push({ at, folders });
    if (entry.isDirectory() && folders.length < DEPTH && !entry.name.startsWith('.')) {
      found.push(...(await filesIn(at, [...folders, entry.name], budget)));
    }
  }
  return found;
}

async function fileAt(path: string, folders: readonly string[]): Promise<LogFile> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return { path, folders, size, head: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
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
  for await (const bytes of createReadStream(file.path, { highWaterMark: 2 ** 20 })) {
    const text = kept + decoder.decode(bytes as Uint8Array, { stream: true });
    const end = growing ? text.lastIndexOf('\n') + 1 : text.length;
    kept = text.slice(end);
    if (end > 0) yield text.slice(0, end);
  }
  if (!growing) yield decoder.decode();
}
