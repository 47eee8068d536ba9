/** Gathers CIFAR's batches: colour planes become interleaved pixels, once, where they will stay. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { note } from '../../contract/words/notes.ts';
import { encodeLabels } from '../classes.ts';
import { emptyParts } from '../dataset.ts';
import type { Dataset, Samples } from '../dataset.ts';
import { InputError } from '../../contract/words/errors.ts';

/** Height, width and channels of every CIFAR picture. */
export const SHAPE = [32, 32, 3] as const;
const PLANE = 32 * 32;
/** Bytes of one picture. */
export const PICTURE = 3 * PLANE;

/** CIFAR-10's classes, for batches that come without their names. */
const CIFAR_10 = 'airplane,automobile,bird,cat,deer,dog,frog,horse,ship,truck'.split(',');

/** Planes and pixels are moved in words of four bytes; what TensorFlow runs on begins with the lowest. */
const WORDS = PLANE / 4;

/** Some records of a part. */
export interface Batch {
  /** Its place among the part's batches, from 1. */
  order: number;
  /** Red, green and blue planes of each record, `stride` bytes from one record to the next. */
  planes: Uint8Array;
  stride: number;
  labels: ArrayLike<number>;
}

/** A part that grows batch by batch, which may come in any order. */
export interface Gathering {
  /** Memory to read a batch's file of this size into; null where any will do. */
  room(order: number, size: number): Uint8Array | null;
  /** Takes a batch; its planes are kept until the end, also in the memory from `room`. */
  add(batch: Batch): void;
  /** The samples in the order of the batches; null where there was none. */
  done(): Samples | null;
}

/** Files of one size differ by this much, where labels or names are written as text. */
const SLACK = 2 ** 20;

/**
 * Starts a part. Batches are read into one long array, and in the end turned into pixels at its
 * beginning, so that no batch is in memory twice.
 * @param expected how many batches of one size it usually has
 */
export function gatherBatches(expected: number): Gathering {
  const placed: Batch[] = [];
  const given = new Set<number>();
  let all = new Uint8Array();
  let slot = 0;
  return {
    room: (order, size) => {
      if (given.size === 0) all = new Uint8Array((slot = size + SLACK) * expected);
      if (size > slot || order < 1 || order > expected || given.has(order)) return null;
      given.add(order);
      return all.subarray((order - 1) * slot, order * slot);
    },
    add: (batch) => void placed.push({ ...batch, labels: Uint8Array.from(batch.labels) }),
    done: () => {
      if (placed.length === 0) return null;
      placed.sort((a, b) => a.order - b.order);
      const labels = Uint8Array.from(placed.flatMap((batch) => Array.from(batch.labels)));
      return { values: pixelsOf(all, placed), labels, truth: null };
    },
  };
}

/** The pixels of all batches: at the beginning of `all` where all planes lie there in order, else anew. */
function pixelsOf(all: Uint8Array<ArrayBuffer>, batches: readonly Batch[]): Uint8Array {
  const total = batches.reduce((sum, { labels }) => sum + labels.length * PICTURE, 0);
  const inOrder = batches.every(
    ({ planes }, i) =>
      planes.buffer === all.buffer &&
      (i === 0 || planes.byteOffset > batches[i - 1]!.planes.byteOffset),
  );
  const pixels = inOrder ? all.subarray(0, total) : new Uint8Array(total);
  let to = 0;
  for (const batch of batches) {
    interleave(batch, pixels.subarray(to, (to += batch.labels.length * PICTURE)));
  }
  return pixels;
}

/**
 * R, G and B planes to RGB pixels, four pixels a step. Pixels may lie where the planes do, or before:
 * each record is copied out before it is overwritten.
 * @param pixels begin at a multiple of four bytes
 */
function interleave({ planes, stride, labels }: Batch, pixels: Uint8Array): void {
  const record = new Uint8Array(PICTURE);
  const from = new Uint32Array(record.buffer);
  const to = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  let at = 0;
  for (let i = 0; i < labels.length; i++) {
    record.set(planes.subarray(i * stride, i * stride + PICTURE));
    for (let word = 0; word < WORDS; word++) {
      const red = from[word]!;
      const green = from[word + WORDS]!;
      const blue = from[word + 2 * WORDS]!;
      to[at] =
        (red & 0xff) | ((green & 0xff) << 8) | ((blue & 0xff) << 16) | ((red & 0xff00) << 16);
      to[at + 1] =
        ((green >>> 8) & 0xff) | (blue & 0xff00) | (red & 0xff0000) | ((green & 0xff0000) << 8);
      to[at + 2] =
        ((blue >>> 16) & 0xff) |
        ((red >>> 16) & 0xff00) |
        ((green >>> 8) & 0xff0000) |
        (blue & 0xff000000);
      at += 3;
    }
  }
}

/** What both of CIFAR's layouts come to. */
export interface CifarParts {
  name: string;
  format: Phrase;
  /** Where it lies on disk. */
  path: string;
  /** 10 or 100. */
  classes: number;
  /** The names found beside the batches; null where there were none. */
  names: string[] | null;
  train: Samples | null;
  test: Samples | null;
}

/** @throws InputError where there is no batch, or only one class */
export function cifarDataset(parts: CifarParts): Dataset {
  const { name, format, path, classes } = parts;
  const inferred: Phrase[] = [];
  let { train, test } = parts;
  if (!train && test) {
    [train, test] = [test, null];
    inferred.push(note('onlyTest'));
  }
  if (!train) throw new InputError('cifar.noBatches', { where: path });
  // Only for its refusal of one class alone: the numbers stay as they are.
  encodeLabels([{ values: train.labels, where: path }]);
  const known = parts.names?.length === classes ? parts.names : null;
  const names = known ?? (classes === 10 ? CIFAR_10 : null);
  if (!known) {
    inferred.push(note(names ? 'ownNames' : 'numberNames'));
  }
  return {
    name,
    format,
    ...emptyParts(),
    inferred,
    shape: SHAPE,
    classes: names ?? Array.from({ length: classes }, (_, i) => String(i)),
    train,
    test,
  };
}

/** @throws InputError where a label is no class */
export function checkLabels(labels: ArrayLike<number>, classes: number, where: string): void {
  for (let i = 0; i < labels.length; i++) {
    if (Number.isInteger(labels[i]) && labels[i]! >= 0 && labels[i]! < classes) continue;
    throw new InputError('cifar.labelRange', {
      where,
      record: i,
      label: labels[i],
      last: classes - 1,
      classes,
    });
  }
}
