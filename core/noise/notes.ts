import type { NoiseConfig } from '../config/schema.ts';
import type { KnownSet } from '../data/known.ts';
import { isRounded } from './matrix.ts';

/** What was put right of noise as it was asked for, or guessed for it: a sentence each. */
export function notesOn(noise: NoiseConfig, set: KnownSet): string[] {
  const { kind, matrix, groups, becomes } = noise;
  const said: string[] = [];
  if (kind === 'matrix' && isRounded(matrix)) {
    said.push('Rows of noise.matrix sum to 1 within 0.001 only; they are scaled to sum to 1.');
  }
  const isGuessed =
    (kind === 'block' && groups.length === 0) || (kind === 'asymmetric' && becomes.length === 0);
  if (isGuessed && set === 'cifar-100') {
    said.push("The classes 0 to 99 were taken as CIFAR-100's, by their pictures' size and counts.");
  }
  return said;
}
