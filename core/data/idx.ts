/** Reads the IDX format of MNIST, plain or gzipped, as data only and with every length checked. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../errors.ts';

/** An IDX file of unsigned bytes. */
export interface Idx {
  /** Sizes by axis; the first counts the samples. */
  sizes: number[];
  data: Uint8Array;
}

/** Larger than any data set this app is meant for; keeps a bad gzip from filling the memory. */
const MOST_BYTES = 2 ** 31 - 1;
const UNSIGNED_BYTE = 0x08;

/**
 * Reads a file of unsigned bytes.
 * @param axes how many axes it must have: 3 for images, 1 for labels
 * @throws InputError naming the file, the place and the cure
 */
export function readIdx(path: string, axes: number): Idx {
  const bytes = contents(path);
  const header = 4 + 4 * axes;
  const magic = bytes.length >= 4 ? bytes.readUInt32BE(0) : -1;
  const wanted = (UNSIGNED_BYTE << 8) | axes;
  if (magic !== wanted) {
    throw new InputError(
      `${path} is not an IDX file of ${axes === 3 ? 'images' : 'labels'}: its first four bytes are ` +
        `${magic < 0 ? 'missing' : hex(magic)} where ${hex(wanted)} should be; choose the right file.`,
    );
  }
  if (bytes.length < header) throw short(path, bytes.length, header);
  const sizes = Array.from({ length: axes }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  const total = sizes.reduce((all, size) => all * size, 1);
  if (sizes.some((size) => size === 0)) {
    throw new InputError(`${path} says that it holds ${sizes.join(' x ')} values; it is empty.`);
  }
  if (bytes.length !== header + total) throw short(path, bytes.length, header + total);
  return { sizes, data: bytes.subarray(header) };
}

function contents(path: string): Buffer {
  const bytes = readFileSync(path);
  if (!path.endsWith('.gz')) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    throw new InputError(`${path} cannot be unpacked: it is damaged or cut short; copy it again.`);
  }
}

function short(path: string, found: number, wanted: number): InputError {
  return new InputError(
    `${path} holds ${found.toLocaleString('en')} bytes where its header asks for ` +
      `${wanted.toLocaleString('en')}; it is damaged or cut short, so copy it again.`,
  );
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
