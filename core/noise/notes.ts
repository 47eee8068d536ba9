import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import type { NoiseConfig } from '../contract/config/schema.ts';
import type { KnownSet } from '../data/known.ts';
import { isRounded } from './matrix.ts';

/** What was put right of noise as it was asked for, or guessed for it: a sentence each. */
export function notesOn(noise: NoiseConfig, set: KnownSet): Phrase[] {
  const { kind, matrix, groups, becomes } = noise;
  const said: Phrase[] = [];
  if (kind === 'matrix' && isRounded(matrix)) {
    said.push(note('matrixScaled'));
  }
  const isGuessed =
    (kind === 'block' && groups.length === 0) || (kind === 'asymmetric' && becomes.length === 0);
  if (isGuessed && set === 'cifar-100') {
    said.push(note('cifar100'));
  }
  return said;
}
