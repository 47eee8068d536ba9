/** What a pickle of data can hold. */
import type { NdArray } from './arrays.ts';

/** A name that was looked up, and stands for one of the few things that our own code builds. */
export class Name {
  constructor(readonly path: string) {}
}

/** A NumPy type, with its byte order once that is told. */
export class NumpyType {
  constructor(public descr: string) {}
}

/** A NumPy array whose state comes later. */
export class Pending {
  array: NdArray | null = null;
  /** What an array of Python objects holds. */
  objects: Value[] | null = null;
}

/** The numbers of a PyTorch tensor. */
export class Storage {
  constructor(
    readonly bytes: Uint8Array,
    readonly descr: string,
  ) {}
}

/** Keys are texts (bytes as latin1) and numbers; others become texts. */
export type Dict = Map<string | number, Value>;

/** Lists and tuples are arrays alike, bytes and Python 2's texts are bytes alike. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Value[]
  | Dict
  | Name
  | NumpyType
  | Pending
  | Storage
  | { array: NdArray };

/** A value as the key of a dict. */
export function keyOf(value: Value): string | number {
  if (typeof value === 'number') return value;
  return pickledText(value) ?? Object.prototype.toString.call(value);
}

/** A text, or bytes as one; null for other values. */
export function pickledText(value: Value | undefined): string | null {
  if (typeof value === 'string') return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : null;
}

/** The array of a value; null where it has none. */
export function arrayOf(value: Value | undefined): NdArray | null {
  if (typeof value !== 'object' || value === null || !('array' in value)) return null;
  return value.array;
}
