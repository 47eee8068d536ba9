/** Writes files that are too large for memory, a piece at a time. */
import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { diskError } from './disk-error.ts';
import { besideOf, syncFolder, writeEvery } from './write.ts';

/** Bytes as they come. */
export type Pieces = AsyncIterable<Uint8Array>;

/**
 * Writes a file: whole, or not at all. Its folder must be there; a pipe or a device takes bytes as they come.
 * @returns how many bytes it has
 * @throws DiskError naming the file, or what the pieces throw
 */
export async function writePieces(path: string, pieces: Pieces): Promise<number> {
  const found = onDisk(path, () => statSync(path, { throwIfNoEntry: false }));
  if (found && !found.isFile()) return fill(path, 'w', pieces, path);
  // A link stays a link: what it points to is replaced.
  const target = found ? onDisk(path, () => realpathSync(path)) : path;
  const beside = besideOf(target);
  try {
    const size = await fill(beside, 'wx', pieces, path);
    onDisk(path, () => {
      renameSync(beside, target);
      syncFolder(dirname(target));
    });
    return size;
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * Writes a file that is not there yet, to be part of a folder that counts only once it is whole.
 * @returns how many bytes it has
 * @throws DiskError naming the file, or what the pieces throw
 */
export const writeNewFile = (path: string, pieces: Pieces): Promise<number> =>
  fill(path, 'wx', pieces, path);

/** @param known the file as the person knows it */
async function fill(
  path: string,
  flag: 'w' | 'wx',
  pieces: Pieces,
  known: string,
): Promise<number> {
  const file = onDisk(known, () => openSync(path, flag));
  let size = 0;
  try {
    for await (const piece of pieces) {
      onDisk(known, () => writeEvery(file, piece, flag === 'w' ? null : size));
      size += piece.length;
    }
    if (flag === 'wx') onDisk(known, () => fsyncSync(file));
  } finally {
    closeSync(file);
  }
  return size;
}

/** Errors of the disk name the file; those of the pieces are others' to tell. */
function onDisk<T>(known: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw diskError(error, known);
  }
}
