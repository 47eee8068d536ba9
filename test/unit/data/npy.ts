/** Makes `.npy` files by NumPy's published description of the format, apart from the code that reads them. */

/** Types by NumPy's word for them, without the byte order, and how a number is written. */
export const WRITERS: Record<
  string,
  (out: DataView, at: number, value: number, little: boolean) => void
> = {
  b1: (out, at, value) => out.setUint8(at, value),
  u1: (out, at, value) => out.setUint8(at, value),
  i1: (out, at, value) => out.setInt8(at, value),
  u2: (out, at, value, little) => out.setUint16(at, value, little),
  i2: (out, at, value, little) => out.setInt16(at, value, little),
  u4: (out, at, value, little) => out.setUint32(at, value, little),
  i4: (out, at, value, little) => out.setInt32(at, value, little),
  u8: (out, at, value, little) => out.setBigUint64(at, BigInt(value), little),
  i8: (out, at, value, little) => out.setBigInt64(at, BigInt(value), little),
  f4: (out, at, value, little) => out.setFloat32(at, value, little),
  f8: (out, at, value, little) => out.setFloat64(at, value, little),
};

/** What the header of a file says. */
export interface Header {
  descr: string;
  shape: readonly number[];
  fortran?: boolean;
  version?: 1 | 2 | 3;
}

/** A file with these bytes of values. */
export function npyOf(
  { descr, shape, fortran = false, version = 1 }: Header,
  raw: Uint8Array,
): Buffer {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${sizes}), }`;
  const begin = version === 1 ? 10 : 12;
  const header = text.padEnd(Math.ceil((text.length + begin + 1) / 64) * 64 - begin - 1) + '\n';
  const out = Buffer.alloc(begin);
  out.write('\x93NUMPY', 'latin1');
  out.writeUInt8(version, 6);
  if (version === 1) out.writeUInt16LE(header.length, 8);
  else out.writeUInt32LE(header.length, 8);
  return Buffer.concat([out, Buffer.from(header), raw]);
}

/** A file of numbers, given in the order in which they lie. */
export function npy(
  descr: string,
  shape: readonly number[],
  values: ArrayLike<number>,
  more: Partial<Header> = {},
): Buffer {
  const type = descr.slice(1);
  const width = Number(type.slice(1));
  const raw = new Uint8Array(values.length * width);
  const view = new DataView(raw.buffer);
  for (let i = 0; i < values.length; i++) {
    WRITERS[type]!(view, i * width, values[i]!, descr[0] !== '>');
  }
  return npyOf({ descr, shape, ...more }, raw);
}

/** A file of texts of up to 8 letters. */
export function npyTexts(texts: readonly string[]): Buffer {
  const raw = Buffer.alloc(texts.length * 32);
  texts.forEach((text, i) =>
    [...text].forEach((letter, j) => raw.writeUInt32LE(letter.codePointAt(0)!, i * 32 + 4 * j)),
  );
  return npyOf({ descr: '<U8', shape: [texts.length] }, raw);
}
