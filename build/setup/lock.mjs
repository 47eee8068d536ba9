// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './paths.mjs';
import { say } from './say.mjs';

/**
 * Does work on the cache alone: two clones being set up at once would tread on each other's files.
 * @param {() => Promise<void>} work
 */
export async function alone(work) {
  mkdirSync(cacheFolder, { recursive: true });
  const lock = join(cacheFolder, 'set-up.lock');
  for (let told = false; !take(lock); told = true) {
    const pid = owner(lock);
    if (!told) say(`Another set-up is at work (process ${pid}); waiting for it.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** A lock whose owner died is nobody's. @param {string} lock */
function take(lock) {
  if (existsSync(lock) && !isAlive(owner(lock))) rmSync(lock, { force: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return false;
  }
}

/** @param {string} lock */
function owner(lock) {
  try {
    return Number(readFileSync(lock, 'utf8')) || process.pid;
  } catch {
    return process.pid;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
