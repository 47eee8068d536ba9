/** Tiny pictures for tests of layouts. */
import { encode } from 'fast-png';

/** A grey PNG of 2 x 2 pixels: its number in two of them, so that each of 65,536 differs. */
export const tinyPng = (number: number): Uint8Array =>
  encode({
    width: 2,
    height: 2,
    channels: 1,
    depth: 8,
    data: Uint8Array.of(number & 255, number >> 8, 77, 0),
  });

/** The number of a picture. */
export const numberOf = (values: ArrayLike<number>, place: number): number =>
  values[4 * place]! + 256 * values[4 * place + 1]!;

/** A grey PNG of 16 bits a channel. */
export const deepPng = (width: number, height: number, data: Uint16Array): Uint8Array =>
  encode({ width, height, channels: 1, depth: 16, data });
