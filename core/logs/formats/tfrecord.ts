/**
 * TFRecord files (tensorflow/core/lib/io/record_writer.h): length (8 bytes), the length's masked
 * CRC-32C, the bytes, their masked CRC-32C; all little-endian.
 */
import CRC32C from 'crc-32/crc32c';
import { InputError } from '../../contract/words/errors.ts';
import { bytesOf } from '../source.ts';
import type { LogFile } from '../source.ts';

const LENGTH = 8;
const SUM = 4;
const HEADER = LENGTH + SUM;
/** An event holds a graph or some pictures at most. */
const LONGEST = 2 ** 30;

/** Whether bytes begin with a record's length and its right sum. */
export function isTfRecord(head: Uint8Array): boolean {
  return head.length >= HEADER && headerIsRight(Buffer.from(head.subarray(0, HEADER)));
}

/** CRC-32C, rotated right by 15 bits, plus a constant, so that sums of sums stay apart. */
export function maskedCrc(bytes: Uint8Array): number {
  const sum = CRC32C.buf(bytes) >>> 0;
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0;
}

const headerIsRight = (header: Buffer): boolean =>
  maskedCrc(header.subarray(0, LENGTH)) === header.readUInt32LE(LENGTH);

/**
 * The records of a file, one after the other; a last one that is cut short ends them.
 * @param onCut is called where it is
 * @throws InputError where bytes were changed
 */
export async function* recordsIn(file: LogFile, onCut: () => void): AsyncGenerator<Buffer> {
  const { path } = file;
  let rest: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let have = 0;
  let need = HEADER;
  let at = 0;
  for await (const piece of bytesOf(file)) {
    parts.push(piece);
    have += piece.length;
    if (have < need) continue;
    rest = Buffer.concat(parts);
    let from = 0;
    while (rest.length - from >= HEADER) {
      const length = lengthAt(rest.subarray(from, from + HEADER), path, at);
      need = HEADER + length + SUM;
      if (rest.length - from < need) break;
      yield checked(rest.subarray(from, from + need), length, path, at);
      from += need;
      at += need;
      need = HEADER;
    }
    rest = rest.subarray(from);
    parts = [rest];
    have = rest.length;
  }
  if (have > 0) onCut();
}

function lengthAt(header: Buffer, path: string, at: number): number {
  const length = Number(header.readBigUInt64LE(0));
  if (headerIsRight(header) && length <= LONGEST) return length;
  throw damaged(path, at);
}

function checked(record: Buffer, length: number, path: string, at: number): Buffer {
  const bytes = record.subarray(HEADER, HEADER + length);
  if (maskedCrc(bytes) === record.readUInt32LE(HEADER + length)) return bytes;
  throw damaged(path, at);
}

const damaged = (path: string, at: number): InputError =>
  new InputError('log.checksum', { where: path, at });
