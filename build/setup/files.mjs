// @ts-check
import { createHash, randomBytes } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetUpProblem, refused } from './problem.mjs';

/**
 * The sha256 of a file, in hex.
 * @param {string} path
 */
export async function sha256OfFile(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/**
 * The sha256 of some texts, in hex.
 * @param {string[]} texts
 */
export function sha256OfTexts(texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

/**
 * What a JSON file holds; null where it is missing or damaged.
 * @param {string} path
 * @returns {any}
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Writes a JSON file beside and renames it, so that a kill never leaves half of one.
 * @param {string} path
 * @param {unknown} value
 */
export function replaceJson(path, value) {
  makePath(dirname(path));
  const beside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(beside, `${JSON.stringify(value, null, 2)}\n`);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * Size and time of change as one word; null where the file is missing. Follows links.
 * @param {string} path
 */
export function stateOfFile(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.size}-${Math.round(found.mtimeMs)}` : null;
}

/**
 * Bytes in a folder and below; 0 where it is missing or changing under our eyes.
 * @param {string} folder
 * @returns {number}
 */
export function folderBytes(folder) {
  if (!existsSync(folder)) return 0;
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (found?.isFile()) bytes += found.size;
  }
  return bytes;
}

/**
 * Makes a folder and those above it, one by one: where a file system takes no folders (as /proc),
 * Node's own way of doing that never ends.
 * @param {string} folder
 */
export function makePath(folder) {
  if (existsSync(folder)) return;
  makePath(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT') throw new SetUpProblem(refused(folder));
    if (code !== 'EEXIST') throw error;
  }
}

/**
 * Fills a folder by `fill`, which writes into a folder beside it; the rename at the end makes it
 * whole or absent, whenever the work is interrupted. Where it fails, nothing of it stays.
 * @param {string} folder
 * @param {(beside: string) => Promise<void>} fill
 */
export async function fillFolder(folder, fill) {
  const beside = `${folder}.part`;
  rmSync(beside, { recursive: true, force: true });
  makePath(beside);
  try {
    await fill(beside);
    rmSync(folder, { recursive: true, force: true });
    renameSync(beside, folder);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
}
