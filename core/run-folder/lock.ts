/**
 * Who owns a folder: one process at a time. Each that wants it leaves a claim, an empty file whose
 * name tells the process, and looks for others; whoever finds another living one withdraws. So two can
 * never both go on, and a claim takes no room on a full disk.
 *
 * It needs no locks of the file system, which network file systems lack or fake: a claim is made in
 * one step, none is ever taken over, and a process of another machine or container is judged by its
 * signs of life alone, told and read by the file server's clock.
 */
import { closeSync, fstatSync, openSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { diskError } from '../disk/disk-error.ts';
import { fileTime } from '../disk/file-time.ts';
import { isAlive, ownerName, ownerOf, ownProcess } from '../disk/owner.ts';
import { errorPhrase, InputError, PhrasedError } from '../contract/words/errors.ts';

const CLAIM = /^running-(\d+-\d+-[0-9a-f]+)\.lock$/;
/**
 * A process of another machine that gave no sign of life for so long is dead, in ms: ten signs missed,
 * more than the minute that a network file system may show an old time for.
 */
export const STALE = 120_000;
/** Two that ask at the same instant both withdraw; a random while later one is first. */
const TRIES = 12;
const LONGEST_PAUSE = 60;

/** A folder that belongs to this process. */
export interface Lock {
  /** Reads the claim again. @throws FolderGone where the folder was moved, deleted or taken since */
  check(): void;
  /** Gives the folder back; again and again does no harm. */
  release(): void;
}

/** The folder of a run is not the one any more that its process owns. */
export class FolderGone extends PhrasedError {
  override name = 'FolderGone';
  constructor(folder: string) {
    super(errorPhrase('run.folderGone', { where: folder }));
  }
}

/** Whether a file in a folder is a claim to it. */
export function isClaim(name: string): boolean {
  return CLAIM.test(name);
}

/** Whether a living process owns a folder. */
export function isLocked(folder: string): boolean {
  return claimsOf(folder).some((name) => isLiving(folder, name));
}

/**
 * Takes a folder for this process.
 * @throws InputError where another process owns it, DiskError where it cannot be written
 */
export function lockFolder(folder: string): Lock {
  const own = claimName();
  for (let tries = TRIES; tries > 0; tries--) {
    if (claimsOf(folder).includes(own)) break;
    const lock = claim(folder, own);
    if (!hasOthers(folder, own)) return lock;
    lock.release();
    pause(Math.random() * LONGEST_PAUSE);
  }
  throw new InputError('run.locked', { where: folder });
}

const claimName = (): string => `running-${ownerName(ownProcess())}.lock`;

function claimsOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isClaim);
  } catch {
    return [];
  }
}

/** Claims of the dead are cleared away: their names can never be those of a living process. */
function hasOthers(folder: string, own: string): boolean {
  const others = claimsOf(folder).filter((name) => name !== own);
  const living = others.filter((name) => isLiving(folder, name));
  for (const name of others) {
    if (!living.includes(name)) rmSync(join(folder, name), { force: true });
  }
  return living.length > 0;
}

function isLiving(folder: string, name: string): boolean {
  const owner = ownerOf(CLAIM.exec(name)![1]!);
  if (!owner) return false;
  const alive = isAlive(owner);
  if (alive !== null) return alive;
  const sign = lookAgain(join(folder, name));
  // A time in the future is no sign of life either.
  return sign !== null && Math.abs(fileTime(folder) - Number(sign.mtimeMs)) < STALE;
}

/** A network file system asks its server again where a file is opened; null where it is gone. */
function lookAgain(path: string): BigIntStats | null {
  try {
    const file = openSync(path, 'r');
    try {
      return fstatSync(file, { bigint: true });
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

function claim(folder: string, name: string): Lock {
  const path = join(folder, name);
  let node: bigint;
  try {
    const file = openSync(path, 'wx');
    node = fstatSync(file, { bigint: true }).ino;
    closeSync(file);
  } catch (error) {
    throw diskError(error, folder);
  }
  const beat = setInterval(() => giveSign(folder, path), STALE / 10);
  beat.unref();
  return {
    check() {
      if (lookAgain(path)?.ino !== node) throw new FolderGone(folder);
    },
    release() {
      clearInterval(beat);
      rmSync(path, { force: true });
    },
  };
}

function giveSign(folder: string, path: string): void {
  try {
    const now = fileTime(folder) / 1000;
    utimesSync(path, now, now);
  } catch {
    // The folder was moved or deleted; writing the next epoch will say so.
  }
}

/** A run begins in its own process, which has nothing else to do meanwhile. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
