/** Reads the pieces that a pickle is made of, never beyond its end. */
import { InputError } from '../../contract/words/errors.ts';

/** A place in a pickle that moves on. */
export interface PickleCursor {
  byte(): number;
  /** A view of the next bytes. @throws InputError where there are fewer */
  take(length: number): Uint8Array;
  uint(bytes: 1 | 2 | 4 | 8): number;
  int32(): number;
  float(): number;
  /** Text up to the end of the line. */
  line(): string;
  /** How far it is. */
  at(): number;
}

/** A cursor at the beginning of `bytes`. */
export function cursorOf(bytes: Uint8Array, where: string): PickleCursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const move = (length: number): number => {
    // A claimed size is compared with what is left before anything of it is taken.
    if (length > bytes.length - at) {
      throw new InputError('pickle.cutShort', { where, at, length, left: bytes.length - at });
    }
    at += length;
    return at - length;
  };
  return {
    at: () => at,
    byte: () => bytes[move(1)]!,
    take: (length) => {
      const from = move(length);
      return bytes.subarray(from, from + length);
    },
    uint: (size) => {
      const from = move(size);
      if (size === 1) return view.getUint8(from);
      if (size === 2) return view.getUint16(from, true);
      if (size === 4) return view.getUint32(from, true);
      return view.getUint32(from, true) + view.getUint32(from + 4, true) * 2 ** 32;
    },
    int32: () => view.getInt32(move(4), true),
    float: () => view.getFloat64(move(8), false),
    line: () => {
      const end = bytes.indexOf(0x0a, at);
      const length = (end < 0 ? bytes.length : end) - at;
      const text = Buffer.from(bytes.subarray(at, at + length)).toString('latin1');
      move(length + 1);
      return text;
    },
  };
}

/** A signed little-endian integer of any length. */
export function longOf(bytes: Uint8Array): number {
  if (bytes.length > 8) return NaN;
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return Number(BigInt.asIntN(8 * bytes.length, value));
}
