/**
 * Temporary folders, below one of each process that is named after it: what a killed one left is
 * found by that name, and taken away by the next.
 */
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import { isAlive, ownerName, ownerOf, ownProcess } from './owner.ts';

const PREFIX = 'label-noise-lab-';

/** Behind the name of the process, what `mkdtemp` adds so that nobody else can have it before. */
const NAME = /^label-noise-lab-(.+)-\w{6}$/;

/** Folders of dead processes that one start takes away at most. */
const MOST_SWEPT = 100;

let own: string | null = null;

/**
 * Makes a new folder for what is needed for a while; whoever asks takes it away.
 * @param purpose part of its name
 * @throws InputError where there can be none
 */
export function temporaryFolder(purpose: string): string {
  try {
    return mkdtempSync(join(ownFolder(), `${purpose}-`));
  } catch (error) {
    throw temporaryProblem(error);
  }
}

/** What the file system refused below such a folder, told by the one that a person can change. */
export function temporaryProblem(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return error;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new InputError(isFull ? 'temporary.full' : 'temporary.notWritten', {
    where: tmpdir(),
    code,
  });
}

/** What this process has, made when it is first needed and gone when the process ends in order. */
function ownFolder(): string {
  if (own !== null) return own;
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${ownerName(ownProcess())}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return (own = folder);
}

/**
 * Takes away what dead processes of this user left. Links are not followed, and what is another
 * user's or another machine's stays.
 */
function sweep(): void {
  const left = namesIn(tmpdir()).filter((name) => {
    const owner = ownerOf(NAME.exec(name)?.[1] ?? '');
    return owner !== null && isAlive(owner) === false;
  });
  for (const name of left.slice(0, MOST_SWEPT)) {
    const folder = join(tmpdir(), name);
    if (!isOwnFolder(folder)) continue;
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another process is sweeping as well, or the disk refuses: the next one tries again.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isOwnFolder(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  const isOurs = process.getuid === undefined || found?.uid === process.getuid();
  return found !== undefined && found.isDirectory() && isOurs;
}
