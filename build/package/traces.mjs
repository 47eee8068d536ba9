// @ts-check
/** What would tell of the machine that a package was made on. */
import { readFileSync, readdirSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, root } from '../setup/paths.mjs';
import { SetUpProblem } from '../setup/problem.mjs';

/** Leftovers of builds and tests. */
const LEFTOVER = /^(config\.gypi|coverage|\.nyc_output|\.cache|node-pre-gyp|build-tmp.*|.*\.map)$/;

/**
 * Files that name this clone, the person's folder or this machine, or are left over from building.
 * @param {string} folder
 * @param {string[]} [words] that no file may hold
 * @returns {string[]} paths below the folder
 */
export function tracesIn(folder, words = ownWords()) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((entry) => {
      if (LEFTOVER.test(entry.name)) return true;
      if (!entry.isFile()) return false;
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return words.some((word) => bytes.includes(word));
    })
    .map((entry) => join(entry.parentPath, entry.name));
}

/** @param {string} folder @throws SetUpProblem naming the first traces */
export function refuseTraces(folder) {
  const found = tracesIn(folder);
  if (found.length === 0) return;
  throw new SetUpProblem(
    `Package: ${found.slice(0, 3).join(', ')} tells of this machine; leave it out in build/electron-builder.mjs.`,
  );
}

/** Short names, such as a home of `/root`, stand in programs for other reasons. */
const ownWords = () =>
  [root, cacheFolder, `${homedir()}/`, hostname()].filter(
    (word) => word.length > 7 || word === root,
  );
