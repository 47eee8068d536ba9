/**
 * Small plain PNGs (8 bits a channel, grey or RGB, nothing to turn, blend or convert), of which data sets
 * have tens of thousands: sharp spends a millisecond on each before it begins, this a tenth of one.
 */
import { decode } from 'fast-png';

/** What a plain PNG's header tells. */
export interface PlainPng {
  width: number;
  height: number;
  channels: 1 | 3;
}

/** The longest side of a small picture. */
const MOST_SIDE = 128;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER_END = 33;
/** Colour types of the format. */
const GREY = 0;
const RGB = 2;
/** Chunks that change nothing of the pixels; a PNG with any other is sharp's. */
const HARMLESS = new Set(['IDAT', 'IEND', 'gAMA', 'sRGB', 'cHRM', 'pHYs', 'tIME', 'tEXt', 'bKGD']);

/** The header of a small plain PNG; null for any other picture, and for one that is damaged. */
export function plainPng(bytes: Uint8Array): PlainPng | null {
  if (bytes.length < HEADER_END || SIGNATURE.some((byte, i) => bytes[i] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colour, , , interlace] = bytes.subarray(24, 29);
  const small = width > 0 && height > 0 && Math.max(width, height) <= MOST_SIDE;
  if (!small || depth !== 8 || (colour !== GREY && colour !== RGB) || interlace !== 0) return null;
  if (!onlyHarmless(bytes, view)) return null;
  return { width, height, channels: colour === GREY ? 1 : 3 };
}

function onlyHarmless(bytes: Uint8Array, view: DataView): boolean {
  for (let at = HEADER_END; at + 12 <= bytes.length;) {
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!HARMLESS.has(kind)) return false;
    if (kind === 'IEND') return true;
    at += 12 + view.getUint32(at);
  }
  return false;
}

/**
 * The pixels of a small plain PNG, checksums checked: height x width x `channels`.
 * @returns null where it is another picture, or would have to be resized or made grey
 * @throws Error where it is damaged
 */
export function decodePlainPng(
  bytes: Uint8Array,
  [height, width, channels]: readonly [number, number, number],
): Uint8Array | null {
  const header = plainPng(bytes);
  if (header?.width !== width || header.height !== height || header.channels > channels)
    return null;
  const { data } = decode(bytes, { checkCrc: true });
  if (data.length !== width * height * header.channels) throw new Error('Pixels are missing.');
  if (header.channels === channels) return Uint8Array.from(data);
  const coloured = new Uint8Array(3 * data.length);
  data.forEach((value, i) => coloured.fill(value, 3 * i, 3 * i + 3));
  return coloured;
}
