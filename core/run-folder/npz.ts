/** Reads and writes NumPy's `.npz`: a zip of `.npy` arrays, which Python opens with `numpy.load`. */
import { crc32 } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import type { NdArray } from '../data/formats/arrays.ts';
import { readNpy } from '../data/formats/npy.ts';
import { InputError } from '../contract/words/errors.ts';

/** An array of one of the types used here. */
export type NpyArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array;

/** Begins the header of each file in a zip. */
const LOCAL_FILE = 0x04034b50;

const MAGIC = '\x93NUMPY';
const TYPES = {
  '|u1': Uint8Array,
  '<u2': Uint16Array,
  '<u4': Uint32Array,
  '<i4': Int32Array,
  '<f4': Float32Array,
} as const;

/** The bytes of an archive with these arrays; the same arrays give the same bytes. */
export function writeNpz(arrays: Record<string, NpyArray>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, toNpy(array)]);
  // Compressing dynamics would cost more time than it saves disk; a fixed date keeps bytes equal.
  return zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, {
    level: 0,
    mtime: new Date(1980, 0, 1),
  });
}

/**
 * The arrays of an archive.
 * @param path named in errors
 * @throws InputError where it is damaged, or holds another type or more axes
 */
export function readNpz(bytes: Uint8Array, path: string): Record<string, NpyArray> {
  let files;
  try {
    files = unzipSync(bytes);
  } catch {
    throw damaged(path);
  }
  if (!hasItsSums(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) {
    throw damaged(path);
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name.replace(/\.npy$/, ''), fromNpy(file, path)]),
  );
}

/** Whether each file of an archive has the CRC in its header, which fflate does not look at. */
function hasItsSums(zip: Buffer): boolean {
  for (let at = 0; zip.readUInt32LE(at) === LOCAL_FILE;) {
    const from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
    const to = from + zip.readUInt32LE(at + 18);
    // Written without compression, so these are the file's own bytes.
    if (to > zip.length || crc32(zip.subarray(from, to)) !== zip.readUInt32LE(at + 14))
      return false;
    at = to;
  }
  return true;
}

/**
 * The bytes of a `.npy` file.
 * @param shape its axes, the last running fastest; one of all values where nothing is given
 */
export function toNpy(array: NpyArray, shape: readonly number[] = [array.length]): Uint8Array {
  const type = Object.entries(TYPES).find(([, of]) => array instanceof of)![0];
  // In Python a tuple of one ends with a comma.
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${axes}), }`;
  // Magic, version and length take 10 bytes; the whole header must be a multiple of 64.
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + '\n';
  const out = Buffer.alloc(10 + header.length + array.byteLength);
  out.write(MAGIC, 'latin1');
  out.writeUInt8(1, 6);
  out.writeUInt16LE(header.length, 8);
  out.write(header, 10, 'latin1');
  out.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), 10 + header.length);
  return out;
}

function fromNpy(file: Uint8Array, path: string): NpyArray {
  const { shape, values } = arrayIn(file, path);
  const known = Object.values(TYPES).some((type) => values instanceof type);
  if (!known || shape.length !== 1) throw damaged(path);
  return values as NpyArray;
}

/** The reader's own sentence speaks of data sets; a run's file gets that of a run. */
function arrayIn(file: Uint8Array, path: string): NdArray {
  try {
    return readNpy(file, path);
  } catch {
    throw damaged(path);
  }
}

function damaged(path: string): InputError {
  return new InputError('run.partDamaged', { where: path });
}
