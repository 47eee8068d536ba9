/** Bytes of a file, as they are gathered. */
import { MOST_OF_ONE } from './limits.ts';

/** Whether bytes begin as a gzipped file does. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** An array with room for at least so many bytes, which begins with those used. */
export function longer(bytes: Uint8Array, used: number, least: number): Uint8Array {
  const more = new Uint8Array(Math.min(MOST_OF_ONE, Math.max(least, 2 * bytes.length)));
  more.set(bytes.subarray(0, used));
  return more;
}
