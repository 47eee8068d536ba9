// @ts-check
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePath } from './files.mjs';
import { cacheFolder } from './paths.mjs';
import { startOf } from './process-start.mjs';
import { say } from './say.mjs';

/**
 * Does work on the cache alone: two clones being set up at once would tread on each other's files.
 * @param {() => Promise<void>} work
 * @param {string} [folder] the cache
 */
export async function alone(work, folder = cacheFolder) {
  makePath(folder);
  const lock = join(folder, 'set-up.lock');
  for (let told = false; !take(lock); told = true) {
    if (!told) say(`Another set-up is at work (process ${ownerOf(lock)?.pid}); waiting for it.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Takes the lock where nobody living has it. It is written beside and linked to its name, so it is
 * never seen half written, and a full disk leaves none.
 * @param {string} lock
 */
function take(lock) {
  if (!isTaken(lock)) setAside(lock);
  const beside = besideOf(lock);
  try {
    const own = { pid: process.pid, started: startOf(process.pid) };
    writeFileSync(beside, JSON.stringify(own));
    linkSync(beside, lock);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(beside, { force: true });
  }
}

/**
 * Removes a lock that is nobody's. Of several that find it, one moves it away; should another have
 * taken it in between, it is put back.
 * @param {string} lock
 */
function setAside(lock) {
  const aside = besideOf(lock);
  try {
    renameSync(lock, aside);
    if (isTaken(aside)) linkSync(aside, lock);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {string} lock */
const besideOf = (lock) => `${lock}.${randomBytes(4).toString('hex')}`;

/**
 * Whether the process that wrote a lock lives: one of its number that started at another time is
 * somebody else. A lock that says nothing, as a full disk may leave, is nobody's.
 * @param {string} lock
 */
function isTaken(lock) {
  const owner = ownerOf(lock);
  return owner !== null && owner.started === startOf(owner.pid);
}

/** @param {string} lock @returns {{pid: number, started: string | null} | null} */
function ownerOf(lock) {
  try {
    const { pid, started } = JSON.parse(readFileSync(lock, 'utf8'));
    return Number.isInteger(pid) && typeof started === 'string' ? { pid, started } : null;
  } catch {
    return null;
  }
}
