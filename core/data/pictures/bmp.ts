/** Decodes BMP, which libvips as sharp ships it cannot. */
import { decode } from 'bmp-ts';

/** Size of a BMP picture. */
interface Size {
  width: number;
  height: number;
}

/** Sizes of the file's own header, and of the oldest second header, whose numbers are short. */
const FIRST_HEADER = 14;
const OLD_HEADER = 12;

/**
 * The size that a BMP file claims, checked against its bytes.
 * @throws Error saying what is wrong
 */
export function bmpSize(bytes: Uint8Array): Size {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 30) throw new Error('its header is cut');
  if (file.readUInt32LE(FIRST_HEADER) === OLD_HEADER) {
    throw new Error('it has the header of OS/2 1.0');
  }
  const width = file.readInt32LE(18);
  const height = Math.abs(file.readInt32LE(22));
  const bits = file.readUInt16LE(28);
  if (width < 1 || height < 1) throw new Error('its size is 0');
  const packed = file.length >= 34 && [1, 2].includes(file.readUInt32LE(30));
  const row = 4 * Math.ceil((width * bits) / 32);
  if (!packed && file.readUInt32LE(10) + row * height > file.length) {
    throw new Error(`it claims ${width} x ${height} pixels and has fewer`);
  }
  return { width, height };
}

/**
 * The pixels of a BMP file, transparency left out.
 * @returns height x width x RGB
 * @throws Error saying what is wrong
 */
export function decodeBmp(bytes: Uint8Array): Size & { data: Uint8Array } {
  const { width, height } = bmpSize(bytes);
  const { data } = decode(Buffer.from(bytes), { toRGBA: true });
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    pixels.set(data.subarray(4 * i, 4 * i + 3), 3 * i);
  }
  return { width, height, data: pixels };
}
