/** Reads a file of a folder straight into the memory where it will stay. */
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { isGzip, longer } from './bytes.ts';

/** Bytes of a file that is read at once: a promise for each of many small ones takes ten times as long. */
const SMALL = 2 ** 18;
/** Bytes read before others get a turn. */
const PIECE = 2 ** 22;

/** Reads into `bytes` from `at` on. @returns how many bytes; 0 at the end */
type Read = (bytes: Uint8Array, at: number, length: number) => number | Promise<number>;

/**
 * The whole of a file.
 * @param path on disk
 * @param room memory of the size that it is said to have, or more
 * @param spend is told of bytes as they come, and may refuse them
 * @returns the bytes, in `room` unless the file is larger by now; null where it is gzipped, which this
 * does not undo
 * @throws errors of the file system
 */
export async function readPlain(
  path: string,
  room: Uint8Array,
  spend: (bytes: number) => void,
): Promise<Uint8Array | null> {
  if (room.length <= SMALL) {
    const file = openSync(path, 'r');
    try {
      return await readAll((bytes, at, n) => readSync(file, bytes, at, n, null), room, spend);
    } finally {
      closeSync(file);
    }
  }
  const file = await open(path);
  try {
    return await readAll(
      async (bytes, at, n) => (await file.read(bytes, at, n, null)).bytesRead,
      room,
      spend,
    );
  } finally {
    await file.close();
  }
}

async function readAll(
  read: Read,
  room: Uint8Array,
  spend: (bytes: number) => void,
): Promise<Uint8Array | null> {
  const more = new Uint8Array(1);
  let bytes = room;
  for (let have = 0; ;) {
    if (have === bytes.length) {
      // Almost always the end; a file that was written to since it was met goes on.
      if ((await read(more, 0, 1)) === 0) return bytes;
      bytes = longer(bytes, have, have + 1);
      bytes[have++] = more[0]!;
      spend(1);
      continue;
    }
    const got = await read(bytes, have, Math.min(PIECE, bytes.length - have));
    if (got === 0) return bytes.subarray(0, have);
    if (have === 0 && isGzip(bytes)) return null;
    spend(got);
    have += got;
  }
}
