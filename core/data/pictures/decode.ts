/** Measures and decodes one picture, through sharp where it is no small plain PNG. */
import type { Where } from '../../contract/words/place.ts';
import { createRequire } from 'node:module';
import type { Sharp, SharpOptions } from 'sharp';
import { InputError } from '../../contract/words/errors.ts';
import { bmpSize, decodeBmp } from './bmp.ts';
import { PICTURE_KINDS, pictureKind } from './kinds.ts';
import { decodePlainPng, plainPng } from './plain-png.ts';

/** More pixels than a picture to learn from has; a small file may claim billions. */
const MOST_PIXELS = 2 ** 26;
const OPTIONS: SharpOptions = { failOn: 'error', limitInputPixels: MOST_PIXELS };

/** What a picture's header tells. */
export interface PictureHeader {
  /** Pixels, once it is turned as its EXIF orientation says. */
  width: number;
  height: number;
  /** Whether it can hold no colour; pictures that can may yet be grey. */
  grey: boolean;
  /** The largest value in it where a channel has 16 bits, of which cameras use 10, 12 or 14; null where it has 8. */
  deepest: number | null;
}

type Loaded = typeof import('sharp').default;

let loaded: Promise<Loaded> | null = null;

/** Sharp, which takes a moment to load and is needed for pictures alone. */
function sharp(): Promise<Loaded> {
  loaded ??= loadSharp().then(
    (load) => {
      // Many small pictures are faster one to a thread, and none comes twice.
      load.concurrency(1);
      load.cache(false);
      return load;
    },
    (error: unknown) => {
      throw new InputError('pictures.noDecoder', { why: String(error).split('\n')[0] });
    },
  );
  return loaded;
}

/**
 * In Electron on Linux, sharp's native library calls the GLib that Electron brings instead of its
 * own, and frees no picture: 190 kB stay for each. There its build in WebAssembly is taken, as its
 * maintainers advise; sharp chooses by the processor's name, once, while it is loaded.
 */
async function loadSharp(): Promise<Loaded> {
  if (!process.versions['electron'] || process.platform !== 'linux') {
    return (await import('sharp')).default;
  }
  const { arch } = process;
  Object.defineProperty(process, 'arch', { value: 'wasm32' });
  try {
    return createRequire(__filename)('sharp') as Loaded;
  } finally {
    Object.defineProperty(process, 'arch', { value: arch });
  }
}

/**
 * Reads a picture's header.
 * @throws InputError naming `where`
 */
export function readPictureHeader(bytes: Uint8Array, where: Where): Promise<PictureHeader> {
  return told(where, async () => {
    const found = await measured(bytes, where);
    if (found.width * found.height > MOST_PIXELS) {
      throw new InputError('pictures.tooLarge', {
        where,
        width: found.width,
        height: found.height,
      });
    }
    return found;
  });
}

async function measured(bytes: Uint8Array, where: Where): Promise<PictureHeader> {
  const kind = pictureKind(bytes);
  if (!kind) {
    throw new InputError('pictures.unknownKind', { where, kinds: PICTURE_KINDS });
  }
  const plain = plainPng(bytes);
  if (plain) return { ...plain, grey: plain.channels === 1, deepest: null };
  if (kind === 'BMP') return { ...bmpSize(bytes), grey: false, deepest: null };
  const load = await sharp();
  const { autoOrient, space, depth, hasAlpha } = await load(bytes, OPTIONS).metadata();
  if (depth !== 'uchar' && depth !== 'ushort') {
    throw new InputError('pictures.depth', { where, depth });
  }
  const grey = space === 'b-w' || space === 'grey16';
  if (depth === 'uchar' || autoOrient.width * autoOrient.height > MOST_PIXELS) {
    return { ...autoOrient, grey, deepest: null };
  }
  const { channels } = await load(bytes, OPTIONS).stats();
  const colours = hasAlpha ? channels.slice(0, -1) : channels;
  return { ...autoOrient, grey, deepest: Math.max(...colours.map(({ max }) => max)) };
}

/**
 * Decodes a picture: the first of an animation, turned as its EXIF orientation says, on white where it
 * is transparent, stretched to the size asked, 8 bits a channel.
 * @param bits how many of the 16 bits of a channel are used, where it has so many
 * @returns height x width x channels
 * @throws InputError naming `where`
 */
export function decode(
  bytes: Uint8Array,
  where: Where,
  shape: readonly [number, number, number],
  bits = 16,
): Promise<Uint8Array> {
  return told(where, async () => {
    const plain = decodePlainPng(bytes, shape);
    if (plain) return plain;
    const [height, width, channels] = shape;
    const input = await opened(bytes, bits);
    return input
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize(width, height, { fit: 'fill' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
  });
}

async function opened(bytes: Uint8Array, bits: number): Promise<Sharp> {
  const load = await sharp();
  if (pictureKind(bytes) !== 'BMP') {
    return (bits < 16 ? await shallow(bytes, bits) : null) ?? load(bytes, OPTIONS);
  }
  const { data, width, height } = decodeBmp(bytes);
  return load(data, { raw: { width, height, channels: 3 } });
}

/** A picture of 16 bits a channel as one of 8, of which all are used; null where it has 8 already. */
async function shallow(bytes: Uint8Array, bits: number): Promise<Sharp | null> {
  const load = await sharp();
  const { depth, space } = await load(bytes, OPTIONS).metadata();
  if (depth !== 'ushort') return null;
  const { data, info } = await load(bytes, OPTIONS)
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace(space === 'grey16' ? 'grey16' : 'rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const deep = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  const values = Uint8Array.from(deep, (value) => Math.min(255, value >> (bits - 8)));
  return load(values, { raw: { width, height, channels } });
}

async function told<T>(where: Where, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError('pictures.damaged', {
      where,
      why: why.replace(/\s+/g, ' ').replace(/[.\s]+$/, ''),
    });
  }
}
