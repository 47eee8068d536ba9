/** Corrupts labels. A new kind is one file and one line here. */
import type { NoiseConfig } from '../config/schema.ts';
import { InputError } from '../errors.ts';
import { randomOf } from '../random.ts';
import type { NoiseInput, WrongClass } from './noise.ts';
import { pair } from './pair.ts';
import { symmetric } from './symmetric.ts';

export type { NoiseInput } from './noise.ts';

const KINDS: Partial<Record<NoiseConfig['kind'], WrongClass>> = { symmetric, pair };

/**
 * Changes each label with the chance `noise.rate` into a wrong one. With the same seed, a higher
 * rate changes the labels of a lower one and more.
 * @returns the labels as given, in a new array
 * @throws InputError where the noise does not fit the classes
 */
export function corrupt({ labels, classes, part, noise }: NoiseInput): Uint8Array {
  const given = labels.slice();
  if (noise.kind === 'none') return given;
  const wrongClass = KINDS[noise.kind];
  if (!wrongClass) throw new InputError(`noise.kind: "${noise.kind}" is not built yet.`);
  const random = randomOf(noise.seed, `noise/${part}`);
  for (let i = 0; i < given.length; i++) {
    const chance = random.real();
    // Drawn whether it is used or not, so that the rate does not shift later samples.
    const wrong = wrongClass(labels[i]!, classes.length, random);
    if (chance < noise.rate) given[i] = wrong;
  }
  return given;
}

/** `matrix[true][given]`: how many samples. */
export function transitions(truth: Uint8Array, given: Uint8Array, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truth.length; i++) matrix[truth[i]!]![given[i]!]!++;
  return matrix;
}
