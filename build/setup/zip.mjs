// @ts-check
import { chmodSync, createWriteStream, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

const LINK = 0o120000;
const KIND = 0o170000;

/**
 * Unpacks the entries of a zip file that `place` gives a path for, below a folder.
 * @param {string} zip
 * @param {string} folder
 * @param {(name: string) => string | null} place from an entry's name to a path in the folder
 */
export async function unzip(zip, folder, place) {
  const yauzl = await import('yauzl');
  const archive = await yauzl.openPromise(zip);
  try {
    for await (const entry of archive.eachEntry()) {
      const path = place(entry.fileName);
      if (!path || entry.fileName.endsWith('/')) continue;
      await unpack(archive, entry, join(folder, path));
    }
  } finally {
    archive.close();
  }
}

/**
 * @param {import('yauzl').ZipFile} archive
 * @param {import('yauzl').Entry} entry
 * @param {string} target
 */
async function unpack(archive, entry, target) {
  mkdirSync(dirname(target), { recursive: true });
  const stream = await archive.openReadStreamPromise(entry);
  const mode = entry.externalFileAttributes >>> 16;
  if ((mode & KIND) === LINK) return symlinkSync(await text(stream), target);
  await pipeline(stream, createWriteStream(target));
  if (mode & 0o111) chmodSync(target, 0o755);
}
