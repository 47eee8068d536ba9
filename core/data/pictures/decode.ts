/** Measures and decodes one picture, through sharp where it is no small plain PNG. */
import { createRequire } from 'node:module';
import type { Sharp, SharpOptions } from 'sharp';
import { InputError } from '../../errors.ts';
import { bmpSize, decodeBmp } from './bmp.ts';
import { PICTURE_KINDS, pictureKind } from './kinds.ts';
import { decodePlainPng, plainPng } from './plain-png.ts';

/** More pixels than a picture to learn from has; a small file may claim billions. */
const MOST_PIXELS = 2 ** 26;
const OPTIONS: SharpOptions = { failOn: 'error', limitInputPixels: MOST_PIXELS };

/** What a picture's header tells. */
export interface Measured {
  /** Pixels, once it is turned as its EXIF orientation says. */
  width: number;
  height: number;
  /** Whether it can hold no colour; pictures that can may yet be grey. */
  grey: boolean;
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
      throw new InputError(
        `Pictures cannot be read here, since sharp does not load (${String(error).split('\n')[0]}); run "npm run setup" again.`,
      );
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
export function measure(bytes: Uint8Array, where: string): Promise<Measured> {
  return told(where, async () => {
    const found = await measured(bytes, where);
    if (found.width * found.height > MOST_PIXELS) {
      throw new InputError(
        `${where} has ${found.width} x ${found.height} pixels, more than can be read; make it smaller.`,
      );
    }
    return found;
  });
}

async function measured(bytes: Uint8Array, where: string): Promise<Measured> {
  const kind = pictureKind(bytes);
  if (!kind) {
    throw new InputError(
      `${where} is no picture that can be read (${PICTURE_KINDS}); put one in its place or take it away.`,
    );
  }
  const plain = plainPng(bytes);
  if (plain) return { ...plain, grey: plain.channels === 1 };
  if (kind === 'BMP') return { ...bmpSize(bytes), grey: false };
  const load = await sharp();
  const { autoOrient, space } = await load(bytes, OPTIONS).metadata();
  return { ...autoOrient, grey: space === 'b-w' || space === 'grey16' };
}

/**
 * Decodes a picture: the first of an animation, turned as its EXIF orientation says, on white where it
 * is transparent, stretched to the size asked, 8 bits a channel.
 * @returns height x width x channels
 * @throws InputError naming `where`
 */
export function decode(
  bytes: Uint8Array,
  where: string,
  shape: readonly [number, number, number],
): Promise<Uint8Array> {
  return told(where, async () => {
    const plain = decodePlainPng(bytes, shape);
    if (plain) return plain;
    const [height, width, channels] = shape;
    const input = await opened(bytes);
    return input
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize(width, height, { fit: 'fill' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
  });
}

async function opened(bytes: Uint8Array): Promise<Sharp> {
  const load = await sharp();
  if (pictureKind(bytes) !== 'BMP') return load(bytes, OPTIONS);
  const { data, width, height } = decodeBmp(bytes);
  return load(data, { raw: { width, height, channels: 3 } });
}

async function told<T>(where: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `${where} is a damaged or cut picture (${why.replace(/\s+/g, ' ').replace(/[.\s]+$/, '')}); ` +
        'put a whole one in its place or take it away.',
    );
  }
}
