/** Decodes numbers of any type and byte order into typed arrays. */
import type { Numbers } from './arrays.ts';

const LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

type Make = new (buffer: ArrayBuffer, offset: number, length: number) => Numbers;

/** Types that JavaScript has arrays of, by NumPy's letter and size. */
const SAME: Record<string, Make> = {
  b1: Uint8Array,
  u1: Uint8Array,
  i1: Int8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  f4: Float32Array,
  f8: Float64Array,
};

/** Types that are widened while they are read. */
const WIDENED: Record<string, (bytes: Uint8Array<ArrayBuffer>) => Numbers> = {
  i8: (bytes) => Float64Array.from(new BigInt64Array(bytes.buffer), Number),
  u8: (bytes) => Float64Array.from(new BigUint64Array(bytes.buffer), Number),
  f2: (bytes) => halves(new Uint16Array(bytes.buffer)),
};

/** Whether `decodeNumbers` knows a type. */
export const knowsType = (descr: string): boolean =>
  /^[<>|=]?/.test(descr) && typeOf(descr) in { ...SAME, ...WIDENED };

/**
 * Decodes numbers; where nothing must change, the result shares the memory of `bytes`.
 * @param descr NumPy's word for a type that `knowsType`: `<i4`, `>f8`, `|u1`
 */
export function decodeNumbers(bytes: Uint8Array, descr: string): Numbers {
  const type = typeOf(descr);
  const size = Number(type.slice(1));
  const count = Math.floor(bytes.length / size);
  const used = bytes.subarray(0, count * size);
  const swap = size > 1 && (descr[0] === '>') === LITTLE && /^[<>]/.test(descr);
  const Same = SAME[type];
  if (Same && !swap && used.byteOffset % size === 0) {
    return new Same(used.buffer as ArrayBuffer, used.byteOffset, count);
  }
  const copy = new Uint8Array(used);
  if (swap) swapBytes(copy, size);
  return Same ? new Same(copy.buffer, 0, count) : WIDENED[type]!(copy);
}

const typeOf = (descr: string): string => descr.replace(/^[<>|=]/, '');

function swapBytes(bytes: Uint8Array<ArrayBuffer>, size: number): void {
  const buffer = Buffer.from(bytes.buffer);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else buffer.swap64();
}

/** IEEE half precision: 1 bit of sign, 5 of exponent, 10 of fraction. */
function halves(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}
