/** The files of a zip archive. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { crc32 } from 'node:zlib';
import { fromRandomAccessReaderPromise, getFileNameLowLevel } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { InputError } from '../../contract/words/errors.ts';
import { BoundedReader } from './bounded-reader.ts';
import { innerPath, MOST_FILES, shortName, refuseLink } from './limits.ts';
import type { Met, Walk } from './walk.ts';
import { decodeName, nameEncoding } from './zip-names.ts';
import type { NameEncoding } from './zip-names.ts';

/** Names that tell their encoding. */
const ENOUGH_NAMES = 10_000;
/** Info-ZIP's field with a name in Unicode. */
const UNICODE_PATH = 0x7075;
const STORED = 0;
const DEFLATED = 8;

/** The flag of a name in UTF-8. */
const SAYS_UTF8 = 0x800;

/**
 * Meets files in the order of the archive's table.
 * @param inferred gains what was guessed of the encoding of their names
 * @throws InputError where a path leads out, or a file is a link, locked or packed in a rare way
 */
export function walkZip(path: string, inferred: Phrase[] = []): Walk {
  let guessed: Promise<NameEncoding> | null = null;
  const guess = () =>
    (guessed ??= encodingIn(path).then((found) => {
      if (found.inferred) inferred.push(found.inferred);
      return found;
    }));
  return async function* (signal) {
    const file = new BoundedReader(path);
    const zip = await openZip(file);
    try {
      let seen = 0;
      for await (const entry of zip.eachEntry()) {
        signal?.throwIfAborted();
        const name = isUnsaid(entry)
          ? decodeName(entry.fileNameRaw, (await guess()).encoding)
          : nameOf(entry);
        const met = metOf(path, zip, entry, { name, share: ++seen / zip.entryCount });
        if (seen > MOST_FILES) throw new InputError('archive.zipTooMany', { where: path });
        if (met) yield met;
      }
    } finally {
      zip.close();
    }
  };
}

/** A zip's table. It must be closed, which closes the file too. @throws Error where it is none */
export async function openZip(file: BoundedReader): Promise<ZipFile> {
  try {
    const options = { autoClose: false, decodeStrings: false };
    return await fromRandomAccessReaderPromise(file, file.size, options);
  } catch (error) {
    file.close(() => undefined);
    throw error;
  }
}

const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);

/** Whether a name has letters beside ASCII, and nothing says in which encoding. */
function isUnsaid({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): boolean {
  return (
    (generalPurposeBitFlag & SAYS_UTF8) === 0 &&
    fileNameRaw.some((byte) => byte >= 0x80) &&
    !extraFields.some(({ id }) => id === UNICODE_PATH)
  );
}

/** The encoding that all names of an archive have in common. */
async function encodingIn(path: string): Promise<NameEncoding> {
  const zip = await openZip(new BoundedReader(path));
  try {
    const names: Uint8Array[] = [];
    for await (const entry of zip.eachEntry()) {
      if (isUnsaid(entry)) names.push(entry.fileNameRaw);
      if (names.length === ENOUGH_NAMES) break;
    }
    return nameEncoding(names);
  } finally {
    zip.close();
  }
}

/** An entry as a file; null for a folder. */
function metOf(
  archive: string,
  zip: ZipFile,
  entry: Entry,
  { name, share }: { name: string; share: number },
): Met | null {
  const path = innerPath(archive, name);
  if (isLink(entry)) refuseLink(archive, name);
  if (path.endsWith('/')) return null;
  return {
    path,
    size: entry.uncompressedSize,
    packed: entry.compressedSize,
    share,
    open: async () => {
      checkPacking(archive, name, entry);
      return summed(await zip.openReadStreamPromise(entry), entry.crc32);
    },
  };
}

/**
 * Lets pieces through; at the end their sum must be the archive's, which the library leaves to us.
 * @param told the CRC
 * @throws Error where they differ
 */
export async function* summed(pieces: AsyncIterable<Buffer>, told: number): AsyncGenerator<Buffer> {
  let sum = 0;
  for await (const piece of pieces) {
    sum = crc32(piece, sum);
    yield piece;
  }
  if (sum !== told) throw new Error('the checksum of its bytes differs');
}

/** Whether an entry is a link: Unix keeps the kind of a file in the upper half of its attributes. */
export function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

/** @throws InputError where an entry is locked, or packed in a rare way */
export function checkPacking(archive: string, name: string, entry: Entry): void {
  if (entry.isEncrypted()) {
    throw new InputError('archive.locked', { where: archive, name: shortName(name) });
  }
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw new InputError('archive.method', {
      where: archive,
      name: shortName(name),
      method: entry.compressionMethod,
    });
  }
}
