/** Files that only spare time: losing them, or not being able to write them, loses nothing. */
import { lstatSync } from 'node:fs';
import { diskError, DiskError } from './disk-error.ts';

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
