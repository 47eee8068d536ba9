/** NumPy's `.npy` arrays, versions 1 to 3. */
import { InputError } from '../../contract/words/errors.ts';
import { volumeOf } from './arrays.ts';
import type { NdArray } from './arrays.ts';
import { decodeNumbers, knowsType } from './numbers.ts';

const MAGIC = '\x93NUMPY';
/** Longer than any header of an array that is read here. */
const MOST_HEADER = 65_536;

/** What the header of an array says, or a pickled array's state. */
export interface ArrayType {
  /** NumPy's word for the type: `<i4`, `|u1`, `<U5`. */
  descr: string;
  /** Whether the first axis runs fastest. */
  fortran: boolean;
  shape: number[];
}

/** Whether bytes begin as a `.npy` file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return bytes.length >= 6 && Buffer.from(bytes.subarray(0, 6)).toString('latin1') === MAGIC;
}

/**
 * Reads an array.
 * @throws InputError naming the file, the place and the cure
 */
export function readNpy(bytes: Uint8Array, where: string): NdArray {
  const { type, values } = headerOf(bytes, where);
  return decodeArray(values, type, where);
}

/**
 * The pickle of a file that holds Python objects, such as a dict of arrays; null where it is a plain array.
 * @throws InputError where the header cannot be read
 */
export function npyPickle(bytes: Uint8Array, where: string): Uint8Array | null {
  const { type, values } = headerOf(bytes, where);
  return /^[|=<>]?O/.test(type.descr) ? values : null;
}

function headerOf(bytes: Uint8Array, where: string): { type: ArrayType; values: Uint8Array } {
  if (!isNpy(bytes)) {
    throw new InputError('npy.notNpy', { where });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw cut(where, bytes.length, start);
  if (version < 1 || version > 3) {
    throw new InputError('npy.version', { where, version });
  }
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const end = start + length;
  if (length > MOST_HEADER || bytes.length < end) throw cut(where, bytes.length, end);
  const header = Buffer.from(bytes.subarray(start, end)).toString('utf8');
  return { type: parseHeader(header, where), values: bytes.subarray(end) };
}

/** The header is the text of a Python dict. */
function parseHeader(header: string, where: string): ArrayType {
  const descr = /'descr':\s*('([^']*)'|\[)/.exec(header);
  const fortran = /'fortran_order':\s*(True|False)/.exec(header);
  const shape = /'shape':\s*\(([\d\sL,]*)\)/.exec(header);
  if (!descr || !fortran || !shape) {
    throw new InputError('npy.header', { where });
  }
  if (descr[1] === '[') {
    throw new InputError('npy.records', { where });
  }
  const sizes = shape[1]!.split(',').filter((text) => text.trim() !== '');
  return {
    descr: descr[2]!,
    fortran: fortran[1] === 'True',
    shape: sizes.map((text) => parseInt(text, 10)),
  };
}

/**
 * Decodes the values of an array; where nothing must change they share the memory of `bytes`.
 * @throws InputError where the type cannot be read, or there are not as many bytes as it says
 */
export function decodeArray(
  bytes: Uint8Array,
  { descr, fortran, shape }: ArrayType,
  where: string,
): NdArray {
  const volume = volumeOf(shape, where);
  const text = /^([<>|=]?)([US])(\d+)$/.exec(descr);
  if (!text && !knowsType(descr)) throw unknownType(descr, where);
  const width = Number((text?.[3] ?? /\d+/.exec(descr)![0]) || 0) * (text?.[2] === 'U' ? 4 : 1);
  if (bytes.length !== volume * width) {
    throw new InputError('npy.cutShort', {
      where,
      found: bytes.length,
      shape,
      type: descr,
      wanted: volume * width,
    });
  }
  const values = text
    ? decodeTexts(bytes, { count: volume, width, wide: text[2] === 'U', big: text[1] === '>' })
    : decodeNumbers(bytes, descr);
  const kind = text ? 'text' : kindOf(descr);
  if (!fortran || shape.length < 2) return { shape, kind, values };
  return { shape, kind, values: lastAxisFastest(values, shape) };
}

function kindOf(descr: string): NdArray['kind'] {
  const letter = descr.replace(/^[<>|=]/, '')[0];
  return letter === 'b' ? 'bool' : letter === 'f' ? 'float' : 'int';
}

function decodeTexts(
  bytes: Uint8Array,
  { count, width, wide, big }: { count: number; width: number; wide: boolean; big: boolean },
): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: string[] = [];
  const step = wide ? 4 : 1;
  for (let from = 0; texts.length < count; from += width) {
    let text = '';
    for (let at = from; at < from + width; at += step) {
      const code = wide ? view.getUint32(at, !big) : view.getUint8(at);
      if (code === 0) break;
      text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    }
    texts.push(text);
  }
  return texts;
}

/** The same array in C's order. */
function lastAxisFastest(values: NdArray['values'], shape: readonly number[]): NdArray['values'] {
  const ordered = values.slice();
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1));
  const place = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    ordered[to] = values[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++place[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      place[axis] = 0;
    }
  }
  return ordered;
}

function unknownType(descr: string, where: string): InputError {
  const object = descr.replace(/^[<>|=]/, '').startsWith('O');
  return object
    ? new InputError('npy.objects', { where })
    : new InputError('npy.type', { where, type: descr.slice(0, 20) });
}

function cut(where: string, found: number, wanted: number): InputError {
  return new InputError('npy.headerCut', { where, found, wanted });
}
