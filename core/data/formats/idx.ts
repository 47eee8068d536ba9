/** The IDX format of MNIST, with every length checked. */
import { errorPhrase, InputError } from '../../contract/words/errors.ts';
import { volumeOf } from './arrays.ts';
import type { NdArray } from './arrays.ts';
import { decodeNumbers } from './numbers.ts';

/** The types by the third byte of the file. */
const TYPES: Record<number, { descr: string; kind: NdArray['kind'] }> = {
  0x08: { descr: '>u1', kind: 'int' },
  0x09: { descr: '>i1', kind: 'int' },
  0x0b: { descr: '>i2', kind: 'int' },
  0x0c: { descr: '>i4', kind: 'int' },
  0x0d: { descr: '>f4', kind: 'float' },
  0x0e: { descr: '>f8', kind: 'float' },
};

/** Whether bytes begin as an IDX file of this many axes does. */
export function isIdx(bytes: Uint8Array, axes: number): boolean {
  return (
    bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && bytes[2]! in TYPES && bytes[3] === axes
  );
}

/**
 * Reads a file.
 * @param axes how many axes it must have: 3 for images, 1 for labels
 * @throws InputError naming the file, the place and the cure
 */
export function readIdx(bytes: Uint8Array, axes: number, where: string): NdArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = 4 + 4 * axes;
  if (!isIdx(bytes, axes)) {
    const found = bytes.length < 4 ? errorPhrase('idx.missing') : hex(view.getUint32(0));
    const wanted = `0x0000080${axes}`;
    throw new InputError(axes === 3 ? 'idx.noImages' : 'idx.noLabels', { where, found, wanted });
  }
  if (bytes.length < header) throw unequal(where, bytes.length, header);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const { descr, kind } = TYPES[bytes[2]!]!;
  const total = shape.reduce((all, size) => all * size, Number(descr.slice(2)));
  if (shape.some((size) => size === 0)) {
    throw new InputError('idx.none', { where, shape: shape.join(' x ') });
  }
  if (bytes.length !== header + total) throw unequal(where, bytes.length, header + total);
  volumeOf(shape, where);
  return { shape, kind, values: decodeNumbers(bytes.subarray(header), descr) };
}

function unequal(where: string, found: number, wanted: number): InputError {
  return new InputError('idx.cutShort', { where, found, wanted });
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
