/** Decodes many pictures to one size, several at a time. */
import type { Where } from '../../contract/words/place.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { doing, note } from '../../contract/words/notes.ts';
import { availableParallelism } from 'node:os';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import { InputError } from '../../contract/words/errors.ts';
import { paced } from '../control.ts';
import type { LoadControl } from '../control.ts';
import type { SampleShape } from '../dataset.ts';
import { decode, readPictureHeader } from './decode.ts';

/** Where encoded pictures come from; they are asked for twice, to measure and to decode them. */
export interface PictureSource {
  /** What errors about all of them begin with. */
  where: string;
  count: number;
  /** Hands over every picture with its place, 0 to `count - 1`, in any order. */
  visit(
    use: (place: number, bytes: Uint8Array, where: Where) => Promise<void>,
    control: LoadControl,
  ): Promise<void>;
}

/** Pictures of one size. */
export interface Stack {
  shape: SampleShape;
  /** Picture x height x width x channels. */
  values: Uint8Array;
  inferred: Phrase[];
}

/** The largest side where none is asked for: networks here learn slowly on larger ones. */
const MOST_SIDE = 64;
/** Bytes of all pixels, which are one array. */
const MOST_BYTES = 2 ** 32 - 1;
/** Measuring takes about this share of the time. */
const MEASURING = 0.25;
/** sharp decodes on the threads of libuv, four unless UV_THREADPOOL_SIZE says more; reading takes some. */
const IN_FLIGHT = 2 * Math.max(4, availableParallelism());

/**
 * Decodes all pictures to the size and the channels that `reading` asks for, or that are most usual.
 * @throws InputError naming the picture, or that all together are too much; the reason of an aborted signal
 */
export async function stackPictures(
  source: PictureSource,
  reading: ReadingConfig,
  control: LoadControl,
): Promise<Stack> {
  const sizes = new Map<string, number>();
  let [greys, deepest] = [0, -1];
  await inFlight(source, [0, MEASURING, doing('measuring')], control, async (_, bytes, where) => {
    const { width, height, grey, ...measured } = await readPictureHeader(bytes, where);
    const size = `${height} ${width}`;
    deepest = Math.max(deepest, measured.deepest ?? -1);
    sizes.set(size, (sizes.get(size) ?? 0) + 1);
    if (grey) greys++;
  });
  const grey = reading.colour === 'grey' || (reading.colour === 'auto' && greys === source.count);
  const { height, width, inferred } = sizeFor(sizes, reading.imageSize);
  const bits = bitsFor(deepest);
  if (bits < 16) inferred.push(saidBits(deepest, bits));
  const shape = [height, width, grey ? 1 : 3] as const;
  const size = height * width * shape[2];
  if (size * source.count > MOST_BYTES) throw tooMuch(source, shape);
  const values = new Uint8Array(size * source.count);
  await inFlight(
    source,
    [MEASURING, 1, doing('decoding')],
    control,
    async (place, bytes, where) => {
      values.set(await decode(bytes, where, shape, bits), place * size);
    },
  );
  if (reading.colour === 'auto' && !grey && isGrey(values)) {
    return { shape: [height, width, 1], values: everyThird(values), inferred };
  }
  return { shape, values, inferred };
}

/** Uses every picture, several at a time; the first error ends it. */
async function inFlight(
  source: PictureSource,
  [from, to, now]: readonly [number, number, Phrase],
  control: LoadControl,
  use: (place: number, bytes: Uint8Array, where: Where) => Promise<void>,
): Promise<void> {
  const { signal, progress } = paced(control);
  const running = new Set<Promise<void>>();
  const failed: unknown[] = [];
  let done = 0;
  const visiting = source.visit(
    async (place, bytes, where) => {
      const one: Promise<void> = use(place, bytes, where)
        .catch((error: unknown) => void failed.push(error))
        .finally(() => {
          running.delete(one);
          progress?.(from + ((to - from) * ++done) / source.count, now);
        });
      running.add(one);
      if (running.size >= IN_FLIGHT) await Promise.race(running);
      if (failed.length > 0) throw failed[0];
    },
    { ...(signal ? { signal } : {}) },
  );
  try {
    await visiting;
  } finally {
    await Promise.all(running);
  }
  if (failed.length > 0) throw failed[0];
}

function sizeFor(
  sizes: ReadonlyMap<string, number>,
  asked: number,
): { height: number; width: number; inferred: Phrase[] } {
  const [usual] = [...sizes].sort(([, a], [, b]) => b - a)[0]!;
  const [height, width] = usual.split(' ').map(Number) as [number, number];
  const shrink = Math.min(1, MOST_SIDE / Math.max(height, width));
  const scaled = (side: number) => Math.max(1, Math.round(side * shrink));
  const chosen = asked
    ? { height: asked, width: asked }
    : { height: scaled(height), width: scaled(width) };
  const size = `${chosen.width} x ${chosen.height}`;
  if (sizes.size > 1) {
    const values = { n: sizes.size, usual: `${width} x ${height}`, size };
    return { ...chosen, inferred: [note('sizes', values)] };
  }
  const same = chosen.height === height && chosen.width === width;
  const inferred = same ? [] : [note('resized', { found: `${width} x ${height}`, size })];
  return { ...chosen, inferred };
}

/** Bits that values up to `deepest` take, at least 8; 16 where no picture has so many. */
const bitsFor = (deepest: number): number =>
  deepest < 0 ? 16 : Math.max(8, Math.ceil(Math.log2(deepest + 1)));

const saidBits = (deepest: number, bits: number): Phrase => note('bits', { deepest, bits });

function isGrey(values: Uint8Array): boolean {
  for (let i = 0; i < values.length; i += 3) {
    if (values[i] !== values[i + 1] || values[i] !== values[i + 2]) return false;
  }
  return true;
}

function everyThird(values: Uint8Array): Uint8Array {
  const out = new Uint8Array(values.length / 3);
  for (let i = 0; i < out.length; i++) out[i] = values[3 * i]!;
  return out;
}

function tooMuch({ where, count }: PictureSource, [height, width]: SampleShape): InputError {
  return new InputError('pictures.memory', {
    where,
    n: count,
    width,
    height,
    field: { path: 'data.reading.imageSize' },
  });
}
