/** Reads a part of a file. */
import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Fills bytes from a place in a file; what the file has not stays as it is.
 * @param at the place, in bytes
 * @throws the system's error where it cannot be opened or read
 */
export function readAt(path: string, bytes: Uint8Array, at: number): void {
  const file = openSync(path, 'r');
  try {
    for (let done = 0; done < bytes.length;) {
      const read = readSync(file, bytes, done, bytes.length - done, at + done);
      if (read === 0) return;
      done += read;
    }
  } finally {
    closeSync(file);
  }
}
