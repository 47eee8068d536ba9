/** Tiny pictures for tests of layouts. */
import { encode } from 'fast-png';
import { expect } from 'vitest';
import type { ReadingConfig } from '../../../core/contract/config/schema.ts';
import { openWith } from './files.ts';
import type { Files } from './files.ts';

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

/** Pictures by folder: `{ 'train/cat': 3 }`. They are called 1.png and so on, all different. */
export function pictures(counts: Record<string, number>, ending = 'png'): Files {
  const files: Files = {};
  let number = 0;
  for (const [path, count] of Object.entries(counts)) {
    for (let i = 0; i < count; i++) files[`${path}/${++number}.${ending}`] = tinyPng(number);
  }
  return files;
}

/** A text file of lines. */
export const text = (...lines: string[]): Uint8Array => Buffer.from(`${lines.join('\n')}\n`);

/** How a test reads files, and what it expects of them. @param writeAll of its scratch folder */
export function readingOf(writeAll: (files: Files) => string) {
  /** Classes, samples of each class to train on and to test on, and what was said. */
  const read = async (files: Files, reading: Partial<ReadingConfig> = {}) => {
    const { classes, train, test: tested, inferred } = await openWith(writeAll(files), reading);
    const counts = (labels: ArrayLike<number>) =>
      classes.map((_, i) => Array.from(labels).filter((label) => label === i).length);
    return {
      classes: classes.join(),
      train: counts(train.labels).join(),
      test: tested ? counts(tested.labels).join() : null,
      truth: train.truth ? counts(train.truth).join() : null,
      said: inferred.join(' '),
    };
  };
  /** Its counts, and a sentence among what was said. */
  const expectRead = async (
    files: Files,
    [classes, train, tested]: [string, string, string | null],
    said: RegExp = /^$/,
    reading: Partial<ReadingConfig> = {},
  ): Promise<void> => {
    const found = await read(files, reading);
    expect(found).toMatchObject({ classes, train, test: tested });
    expect(found.said).toMatch(said);
  };
  return { read, expectRead };
}
