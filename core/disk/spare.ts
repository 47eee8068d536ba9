/** Files that only spare time: losing them, or not being able to write them, loses nothing. */
import { lstatSync, readFileSync } from 'node:fs';
import { diskError, DiskError } from './disk-error.ts';

/** The text of such a file; empty where it is missing or cannot be read. */
export function readIfAble(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Writes such a file, or does not: where the disk is full, or the folder is another's. Nothing is
 * written through a link, since a folder may come from anyone, and only looking at it must be safe.
 * @param path of the file
 * @param write writes it
 */
export function writeIfAble(path: string, write: () => void): void {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found || found.isFile()) write();
  } catch (error) {
    if (!(diskError(error, path) instanceof DiskError)) throw error;
  }
}
