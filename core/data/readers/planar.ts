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
  /** Takes a batch; its planes may lie in the memory from `room`, and are overwritten then. */
  add(batch: Batch): void;
  /** The samples in the order of the batches; null where there was none. */
  done(): Samples | null;
}

/** Files of one size differ by this much, where labels or names are written as text. */
const SLACK = 2 ** 20;

/**
 * Starts a part. Batches are read into one long array, turned into pixels where they lie, and in
 * the end moved together, so that no batch is in memory twice.
 * @param expected how many batches of one size it usually has
 */
export function gatherBatches(expected: number): Gathering {
  const placed: { order: number; pixels: Uint8Array; labels: Uint8Array }[] = [];
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
    add: ({ order, planes, stride, labels }) => {
      const pixels = interleave(planes, stride, labels.length);
      placed.push({ order, pixels, labels: Uint8Array.from(labels) });
    },
    done: () => {
      if (placed.length === 0) return null;
      placed.sort((a, b) => a.order - b.order);
      return {
        values: together(
          all,
          placed.map(({ pixels }) => pixels),
        ),
        labels: Uint8Array.from(Buffer.concat(placed.map(({ labels }) => labels))),
        truth: null,
      };
    },
  };
}

/** Moves parts to the beginning of `all`, where they lie there in order; else copies them. */
function together(all: Uint8Array<ArrayBuffer>, parts: readonly Uint8Array[]): Uint8Array {
  const inOrder = parts.every(
    (part, i) =>
      part.buffer === all.buffer && (i === 0 || part.byteOffset > parts[i - 1]!.byteOffset),
  );
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  if (!inOrder) return new Uint8Array(Buffer.concat(parts, total));
  let to = 0;
  for (const part of parts) {
    all.copyWithin(to, part.byteOffset, part.byteOffset + part.length);
    to += part.length;
  }
  return all.subarray(0, total);
}

/**
 * R, G and B planes to RGB pixels, in the memory of the planes.
 * @returns the pixels, which begin where the planes began
 */
function interleave(planes: Uint8Array, stride: number, count: number): Uint8Array {
  const record = new Uint8Array(PICTURE);
  for (let i = 0; i < count; i++) {
    record.set(planes.subarray(i * stride, i * stride + PICTURE));
    let to = i * PICTURE;
    for (let red = 0; red < PLANE; red++) {
      planes[to] = record[red]!;
      planes[to + 1] = record[red + PLANE]!;
      planes[to + 2] = record[red + 2 * PLANE]!;
      to += 3;
    }
  }
  return planes.subarray(0, count * PICTURE);
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
