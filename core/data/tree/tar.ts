/** The files of a tar archive, plain or gzipped. It is streamed: never more than a piece is held. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { Header } from 'tar-stream';
import { budgetOf, innerPath, refuseLink } from './limits.ts';
import type { Budget } from './limits.ts';
import type { Met, Walk } from './walk.ts';

/** Bytes in a piece; larger ones are faster, and more of them wait to be freed. */
const PIECE = 2 ** 16;

/**
 * Meets files in the order in which they lie.
 * @throws InputError where a path leads out, an entry is a link, or it unpacks to too much
 */
export function walkTar(path: string, gzipped: boolean): Walk {
  return async function* (signal) {
    const { size: packed } = await stat(path);
    const source = createReadStream(path, { highWaterMark: PIECE });
    const files = extract();
    const count = counted(budgetOf(path, packed));
    const pumped = gzipped
      ? pipeline(source, createGunzip({ chunkSize: PIECE }), count, files)
      : pipeline(source, count, files);
    // What goes wrong there also ends the loop below, which tells it.
    pumped.catch(() => undefined);
    try {
      for await (const entry of files) {
        signal?.throwIfAborted();
        const met = metOf(path, entry.header, {
          packed,
          share: source.bytesRead / packed,
          open: () => entry as AsyncIterable<Uint8Array>,
        });
        if (met) yield met;
        entry.resume();
      }
      await pumped;
    } finally {
      source.destroy();
      files.destroy();
    }
  };
}

/** Lets pieces through and counts them; zeros behind the last file count as well. */
function counted(budget: Budget) {
  return async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      budget.spend(piece.length);
      yield piece;
    }
  };
}

/** An entry as a file; null for folders and devices. */
function metOf(
  archive: string,
  { name, type, size }: Header,
  met: Omit<Met, 'path' | 'size'>,
): Met | null {
  const path = innerPath(archive, name);
  if (type === 'symlink' || type === 'link') refuseLink(archive, name);
  if (type !== 'file' && type !== 'contiguous-file') return null;
  return { path, size, ...met };
}
