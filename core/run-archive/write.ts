/** Packs a run into one file for another person: a zip that any program opens. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import * as v from 'valibot';
import { Zip, ZipDeflate } from 'fflate';
import type { ZipInputFile } from 'fflate';
import { runId } from '../contract/messages/params.ts';
import { InputError, named } from '../contract/words/errors.ts';
import { sizeInWords } from '../contract/words/numbers.ts';
import { writePieces } from '../disk/pieces.ts';
import type { Pieces } from '../disk/pieces.ts';
import { isLocked } from '../run-folder/lock.ts';
import { stampOf } from '../run-folder/stamp.ts';
import { readRunConfig, runName } from '../run-folder/stored.ts';
import { newRunId } from '../run-folder/write.ts';
import { manifestText } from './manifest.ts';
import type { Packed } from './manifest.ts';
import {
  isPackable,
  MANIFEST,
  membersOf,
  MOST_MEMBERS,
  MOST_OF_ALL,
  sizeOfMembers,
} from './members.ts';
import type { Member } from './members.ts';

/** The ending of an archive's name. */
export const ENDING = '.lnl';

/** Bytes read at once; between two pieces others get a turn. */
const PIECE = 2 ** 20;
/** Bytes of a zip's own words about one file, at most: its name stands there twice. */
const HEAD = 512;
/** The same run gives the same archive, and no time of this machine travels. */
const DATE = new Date(1980, 0, 1);

/** What packing came to. */
export interface WrittenArchive {
  path: string;
  /** Of the file. */
  bytes: number;
  /** How many files of the run are in it. */
  files: number;
}

/** Bytes that a run's archive takes with its weights and without them; close to exact. */
export function archiveSizes(run: string): { withWeights: number; without: number } {
  return {
    withWeights: sizeOfMembers(membersOf(run, true)),
    without: sizeOfMembers(membersOf(run, false)),
  };
}

/** The name of a run in an archive: its folder's, or one made of its title where that is no id. */
export function archiveId(run: string): string {
  const name = basename(run);
  if (v.is(runId, name)) return name;
  const stored = readRunConfig(run);
  const created = new Date(stored.created);
  const mark = stored.sums?.token.slice(0, 4) ?? '';
  return newRunId(runName(stored), Number.isNaN(created.getTime()) ? new Date(0) : created, mark);
}

/**
 * Packs a run. Memory does not grow with it.
 * @param path of the archive, whose folder must be there
 * @param weights whether checkpoints and kept models go with it
 * @throws InputError where it is being trained or written to, cannot be read or is too large, DiskError
 */
export async function writeArchive(
  run: string,
  path: string,
  weights: boolean,
): Promise<WrittenArchive> {
  readRunConfig(run);
  if (isLocked(run)) throw new InputError('runArchive.training', { where: run });
  const members = membersOf(run, weights);
  const size = sizeOfMembers(members) + members.length * HEAD;
  if (size > MOST_OF_ALL || members.length > MOST_MEMBERS) {
    throw new InputError('runArchive.tooLarge', { where: run, size: sizeInWords(size) });
  }
  const before = stampOf(run).text;
  const bytes = await writePieces(
    path,
    zipped(run, members, weights, () => {
      if (stampOf(run).text === before && !isLocked(run)) return;
      throw new InputError('runArchive.changed', { where: run });
    }),
  );
  return { path, bytes, files: members.length };
}

/**
 * The bytes of the archive. The list comes last, for it tells what was really packed.
 * @param check is asked once all files were read
 */
async function* zipped(
  run: string,
  members: readonly Member[],
  weights: boolean,
  check: () => void,
): Pieces {
  const id = archiveId(run);
  let made: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    made.push(piece);
  });
  const take = (): Uint8Array[] => {
    const taken = made;
    made = [];
    return taken;
  };
  const packed: Packed[] = [];
  for (const { path } of members) {
    const entry = begin(zip, `${id}/${path}`, isPackable(path));
    const hash = createHash('sha256');
    let size = 0;
    for await (const piece of piecesOf(join(run, path))) {
      hash.update(piece);
      size += piece.length;
      entry.push(piece);
      yield* take();
    }
    entry.push(new Uint8Array(0), true);
    yield* take();
    packed.push({ path, size, sha256: hash.digest('hex') });
  }
  check();
  begin(zip, `${id}/${MANIFEST}`, true).push(Buffer.from(manifestText(id, weights, packed)), true);
  zip.end();
  yield* take();
}

/** A file that is packed as it is. fflate's own sums bytes by itself, which took half of the time. */
class Stored implements ZipInputFile {
  compression = 0;
  mtime = DATE;
  size = 0;
  crc = 0;
  ondata?: NonNullable<ZipInputFile['ondata']>;

  constructor(readonly filename: string) {}

  push(piece: Uint8Array<ArrayBuffer>, isLast = false): void {
    this.crc = crc32(piece, this.crc);
    this.size += piece.length;
    this.ondata?.(null, piece, isLast);
  }
}

function begin(zip: Zip, name: string, pack: boolean): Stored | ZipDeflate {
  const entry = pack ? new ZipDeflate(name) : new Stored(name);
  entry.mtime = DATE;
  zip.add(entry);
  return entry;
}

async function* piecesOf(path: string): AsyncGenerator<Buffer<ArrayBuffer>> {
  try {
    for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
      yield piece as Buffer<ArrayBuffer>;
    }
  } catch (error) {
    throw named(error, path);
  }
}
