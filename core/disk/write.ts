/**
 * The one door for writing. A file is written beside its place, measured, made to last and renamed;
 * whatever goes wrong, the old file stays and the temporary one goes.
 */
import { errorPhrase, PhrasedError } from '../contract/words/errors.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DiskError, diskError } from './disk-error.ts';

/** Ends the name of what is being written, and of what a kill left of it. */
export const PART = '.part';

/** Refuses to open a link. Windows has no such flag. */
const NO_LINK = constants.O_NOFOLLOW ?? 0;

/**
 * Writes a file: whole, or not at all. Its folder must be there.
 * @param durable whether it outlives a power cut; false where it can be made again at no cost
 * @throws DiskError naming the file, what it takes and the cure
 */
export function writeWhole(path: string, content: string | Uint8Array, durable = true): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && !found.isFile()) writeInto(path, bytes);
    // A link stays a link: what it points to is replaced.
    else replace(found ? realpathSync(path) : path, bytes, durable, found?.mode);
  } catch (error) {
    throw diskError(error, path, bytes.length);
  }
}

/** Writes JSON that a person can read. @throws DiskError */
export function writeJson(path: string, value: unknown): void {
  writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Adds a line to a file, which is made where it is missing: the whole line, or nothing.
 * @param at the length that the file must have, in bytes
 * @returns its new length
 * @throws DiskError where there is no room, FileChanged where something else wrote to it
 */
export function appendLine(path: string, line: string, at: number): number {
  const bytes = Buffer.from(`${line}\n`);
  try {
    const file = openSync(path, at === 0 ? 'a' : 'r+');
    try {
      if (fstatSync(file).size !== at) throw new FileChanged(path);
      appendTo(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw diskError(error, path, bytes.length);
  }
  return at + bytes.length;
}

/**
 * Writes bytes at a place of a file, which is made where it is missing; what lies before stays, or is
 * zeros. It may not outlive a power cut, and a link is not followed: for what can be made again.
 * @param at the place, in bytes
 * @throws DiskError
 */
export function writeAt(path: string, bytes: Uint8Array, at: number): void {
  try {
    const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | NO_LINK, 0o666);
    try {
      writeEvery(file, bytes, at);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw diskError(error, path, bytes.length);
  }
}

/** A file was written to, cut or removed by something else. */
export class FileChanged extends PhrasedError {
  override name = 'FileChanged';

  /** @param how what is seen of it; that its length is another one where nothing is given */
  constructor(path: string, how: Phrase | null = null) {
    super(
      how ? errorPhrase('disk.changedOutside', { how }) : errorPhrase('disk.otherLength', { path }),
    );
  }
}

/**
 * Makes a folder and those above it, one by one: asked for all at once, Node never comes back from
 * a place such as /proc.
 * @throws DiskError
 */
export function makeFolder(path: string): void {
  try {
    const missing: string[] = [];
    for (let at = path; !existsSync(at); at = dirname(at)) missing.unshift(at);
    for (const folder of missing) makeOne(folder);
    if (!statSync(path).isDirectory()) makeOne(path);
  } catch (error) {
    throw diskError(error, path);
  }
}

/**
 * Makes a folder with all that is in it, or none: it is filled beside its place and renamed.
 * @param folder is replaced where it is there
 * @param fill writes into the folder that it is given
 * @throws DiskError naming the folder as the person knows it
 */
export function writeFolder(folder: string, fill: (beside: string) => void): void {
  makeFolder(dirname(folder));
  const beside = besideOf(folder);
  try {
    makeOne(beside);
    fill(beside);
    syncFolder(beside);
    const old = existsSync(folder) ? besideOf(folder) : null;
    if (old) renameSync(folder, old);
    renameSync(beside, folder);
    syncFolder(dirname(folder));
    if (old) rmSync(old, { recursive: true });
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw inPlaceOf(error, beside, folder);
  }
}

/** Moves a file or folder on the same disk, so that it is there after a power cut too. @throws DiskError */
export function move(from: string, to: string): void {
  try {
    renameSync(from, to);
    syncFolder(dirname(to));
  } catch (error) {
    throw diskError(error, to);
  }
}

/** Removes what a kill left of files that were being written in a folder. */
export function sweepParts(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name.endsWith(PART)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Whether a name is that of something which is being written. */
export function isPart(name: string): boolean {
  return name.endsWith(PART);
}

function replace(target: string, bytes: Uint8Array, durable: boolean, mode?: number): void {
  const beside = besideOf(target);
  try {
    const file = openSync(beside, 'wx');
    try {
      if (mode !== undefined) fchmodSync(file, mode & 0o777);
      writeAll(file, bytes, 0);
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  if (durable) syncFolder(dirname(target));
}

/** A terminal, a pipe or a device takes bytes as they come; a folder takes none. */
function writeInto(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    writeAll(file, bytes, null);
  } finally {
    closeSync(file);
  }
}

function appendTo(file: number, bytes: Uint8Array, at: number): void {
  try {
    writeAll(file, bytes, at);
  } catch (error) {
    // Half a line must not stay; opening a run would leave it out all the same.
    ftruncateSync(file, at);
    throw error;
  }
}

/**
 * Writes every byte, and looks whether the file ends with them.
 * @param start where in the file; null for what has no places
 */
function writeAll(file: number, bytes: Uint8Array, start: number | null): void {
  writeEvery(file, bytes, start);
  if (start !== null && fstatSync(file).size !== start + bytes.length) throw shortage('fstat');
}

/** Writes every byte: one call may take only some of them, without a word. @param start null for what has no places */
export function writeEvery(file: number, bytes: Uint8Array, start: number | null): void {
  for (let done = 0; done < bytes.length;) {
    const place = start === null ? null : start + done;
    const written = writeSync(file, bytes, done, bytes.length - done, place);
    if (written === 0) throw shortage('write');
    done += written;
  }
}

/** A disk that takes nothing and says nothing is full. */
const shortage = (syscall: string): Error =>
  Object.assign(new Error('short write'), { code: 'ENOSPC', syscall });

function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may make the same one.
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (!isThere || !statSync(folder).isDirectory()) throw error;
  }
}

/** Makes the names in a folder last. Windows has no such call, and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A name beside a file or folder for what is to take its place. */
export const besideOf = (path: string): string =>
  join(dirname(path), `.${basename(path).slice(0, 180)}.${randomBytes(4).toString('hex')}${PART}`);

/** An error as one of the disk, with the folder's own name instead of the temporary one. */
export function inPlaceOf(error: unknown, beside: string, folder: string): unknown {
  const known = diskError(error, folder);
  if (!(known instanceof DiskError) || !known.path.startsWith(beside)) return known;
  return new DiskError(known.code, folder + known.path.slice(beside.length), known.bytes);
}
