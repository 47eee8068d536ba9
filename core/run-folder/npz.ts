/** Reads and writes NumPy's `.npz`: a zip of `.npy` arrays, which Python opens with `numpy.load`. */
import { crc32 } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import type { NdArray } from '../data/formats/arrays.ts';
import { readNpy } from '../data/formats/npy.ts';
import { HARMLESS, MOST_RATIO } from '../data/tree/limits.ts';
import { InputError } from '../contract/words/errors.ts';

/** An array of one of the types used here. */
export type NpyArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array;

/** Begins the entry of each file in the directory of a zip, and the end of that. */
const ENTRY = 0x02014b50;
const END = Buffer.from('PK\x05\x06', 'latin1');

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
  return Object.fromEntries(
    Object.entries(unzipped(bytes, path)).map(([name, file]) => [
      name.replace(/\.npy$/, ''),
      fromNpy(file, path),
    ]),
  );
}

/**
 * The files of an archive by their names, as bytes.
 * @param path named in errors
 * @throws InputError where it is damaged
 */
export function unzipped(bytes: Uint8Array, path: string): Record<string, Uint8Array> {
  let [files, unpacked] = [{} as Record<string, Uint8Array>, 0];
  try {
    files = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        unpacked += originalSize;
        if (unpacked > Math.max(HARMLESS, MOST_RATIO * bytes.length)) throw damaged(path);
        return true;
      },
    });
  } catch {
    throw damaged(path);
  }
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!hasItsSums(zip, files)) throw damaged(path);
  return files;
}

/** Whether each file of an archive has the CRC that its directory tells, which fflate does not look at. */
function hasItsSums(zip: Buffer, files: Readonly<Record<string, Uint8Array>>): boolean {
  const end = zip.lastIndexOf(END);
  let at = end < 0 ? 0 : zip.readUInt32LE(end + 16);
  let checked = 0;
  for (; at < end && zip.readUInt32LE(at) === ENTRY; checked++) {
    const length = zip.readUInt16LE(at + 28);
    const name = zip.subarray(at + 46, at + 46 + length);
    const own = zip.readUInt32LE(at + 42) + 30;
    const file = files[name.toString('utf8')];
    // Names have no CRC, but stand there twice.
    if (!name.equals(zip.subarray(own, own + length))) return false;
    if (!file || crc32(file) !== zip.readUInt32LE(at + 16)) return false;
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return checked === Object.keys(files).length;
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
