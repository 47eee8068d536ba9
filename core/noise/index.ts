/** Corrupts labels as a config asks. The kinds are in `kinds.ts`. */
import type { NoiseConfig } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { KnownSet } from '../data/known.ts';
import { NOISES } from './kinds.ts';
import type { Matrix, Noise, NoiseInput, NoiseKind } from './noise.ts';

export type { Matrix, NoiseInput } from './noise.ts';
export { numbered } from './class-names.ts';
export { NOISES } from './kinds.ts';
export { realized } from './realized.ts';

/**
 * Corrupts labels as `noise.kind` says. The same input gives the same labels on every machine.
 * @returns the labels as given, in a new array
 * @throws InputError where there is no such kind, or the noise does not fit the classes
 */
export const corrupt: Noise = (input) => kindOf(input).corrupt(input);

/**
 * The transition matrix that the noise is expected to have, from label on disk to label given.
 * @returns null where its definition gives none in closed form
 * @throws InputError as `corrupt` does
 */
export function asked(input: NoiseInput): Matrix | null {
  return kindOf(input).asked(input);
}

/** What was put right of noise as it was asked for, or guessed for it: a sentence each. */
export function notesOn(noise: NoiseConfig, set: KnownSet): Phrase[] {
  return NOISES.of(noise.kind).notes?.(noise, set) ?? [];
}

function kindOf({ noise: { kind }, seen }: NoiseInput): NoiseKind {
  const found = NOISES.of(kind);
  if (kind === 'none' || seen.length > 1) return found;
  throw new InputError('noise.oneClass', { kind, field: { path: 'noise.kind' } });
}
