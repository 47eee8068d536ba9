/** Opens what a path names as a Tree, told by what it holds and not by its name. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import { isGzip } from './bytes.ts';
import { READ, walkFolder } from './folder.ts';
import { walkTar } from './tar.ts';
import type { Tree } from './tree.ts';
import { told, treeOf } from './walk.ts';
import type { Walk } from './walk.ts';
import { walkZip } from './zip.ts';

/** A tar's header is one block. */
const BLOCK = 512;
/** Where a tar's header has the sum of its bytes. */
const SUM = { from: 148, to: 156 };
/** A tar is read this far, and to the end of the file there, to recognize what it holds. */
const FIRST_OF_TAR = 2 ** 22;

/**
 * Opens a folder, a zip, a tar, a gzipped tar, or a single file.
 * @throws InputError where nothing is there, or it is damaged
 */
export async function openTree(path: string, control: LoadControl = {}): Promise<Tree> {
  const is = await stat(path).catch(() => null);
  if (!is) throw new InputError('data.notThere', { where: path });
  if (is.isDirectory()) {
    return treeOf({ path, kind: 'folder', walk: walkFolder(path) }, control);
  }
  if (!is.isFile()) {
    throw new InputError('data.neither', { where: path });
  }
  const begin = await firstBlock(path);
  if (isZip(begin)) {
    const inferred: Phrase[] = [];
    return treeOf({ path, kind: 'zip', walk: walkZip(path, inferred), inferred }, control);
  }
  const gzipped = isGzip(begin);
  const header = gzipped ? await told(path, control.signal, () => firstUnpacked(path)) : begin;
  if (isTar(header)) {
    const walk = walkTar(path, gzipped);
    return treeOf({ path, kind: 'tar', walk }, control, FIRST_OF_TAR);
  }
  return treeOf({ path, kind: 'file', walk: walkFile(path) }, control);
}

function walkFile(path: string): Walk {
  return async function* () {
    const { size } = await stat(path);
    const open = () => createReadStream(path, { highWaterMark: READ });
    yield { path: basename(path), size, packed: size, share: 0, open, file: path };
  };
}

async function firstBlock(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BLOCK), 0, BLOCK, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function firstUnpacked(path: string): Promise<Uint8Array> {
  const source = createReadStream(path, { end: READ });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  const parts: Buffer[] = [];
  let have = 0;
  for await (const part of source.pipe(gunzip)) {
    parts.push(part as Buffer);
    if ((have += (part as Buffer).length) >= BLOCK) break;
  }
  source.destroy();
  return Buffer.concat(parts).subarray(0, BLOCK);
}

/** `PK` and the mark of a file, or of a table without any. */
function isZip([a, b, c, d]: Uint8Array): boolean {
  return a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6));
}

/** Whether the sum in a tar's header fits; old ones have no other mark. */
function isTar(header: Uint8Array): boolean {
  if (header.length < BLOCK || header[0] === 0) return false;
  const told = /^[\s0]*([0-7]+)/.exec(Buffer.from(header.subarray(SUM.from, SUM.to)).toString());
  const sum = header.reduce((all, byte, i) => all + (i < SUM.from || i >= SUM.to ? byte : 32), 0);
  return told !== null && parseInt(told[1]!, 8) === sum;
}
