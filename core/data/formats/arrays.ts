/** Arrays as files hold them, before they are samples or labels. */
import { InputError } from '../../contract/words/errors.ts';

/** Numbers in an order that this machine computes with; 64-bit integers are kept as float64. */
export type Numbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** An array of numbers or texts, the last axis running fastest. */
export interface NdArray {
  shape: number[];
  /** `bool` values are 0 and 1. */
  kind: 'bool' | 'int' | 'float' | 'text';
  /** As many as the product of `shape`. */
  values: Numbers | string[];
}

/**
 * How many values a shape has.
 * @throws InputError where that is more than one array can hold
 */
export function volumeOf(shape: readonly number[], where: string): number {
  const volume = shape.reduce((all, size) => all * size, 1);
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0) || volume > 2 ** 31) {
    throw new InputError('npy.tooLarge', { where, shape: shape.join(' x ') });
  }
  return volume;
}
