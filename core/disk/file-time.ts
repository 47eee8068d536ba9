/** What time it is where a folder lies: on a network file system that is its server's clock. */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PART } from './write.ts';

/**
 * The time that a file gets which is made in a folder now, in ms since 1970. Where none can be made,
 * it is this machine's own.
 */
export function fileTime(folder: string): number {
  const path = join(folder, `.time.${randomBytes(4).toString('hex')}${PART}`);
  try {
    const file = openSync(path, 'wx');
    try {
      return fstatSync(file).mtimeMs;
    } finally {
      closeSync(file);
      rmSync(path, { force: true });
    }
  } catch {
    return Date.now();
  }
}
