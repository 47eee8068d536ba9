/** Corrupts labels. A new kind is one file and one line here. */
import type { NoiseConfig } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';
import { asymmetric } from './asymmetric.ts';
import { block } from './block.ts';
import { clusters } from './clusters.ts';
import { count } from './count.ts';
import { difficulty } from './difficulty.ts';
import { drawnFrom } from './draw.ts';
import { instance } from './instance.ts';
import { matrix } from './matrix.ts';
import { rowsOf, stays } from './noise.ts';
import type { Kind, Matrix, Noise, NoiseInput } from './noise.ts';
import { oneClass } from './one-class.ts';
import { pair } from './pair.ts';
import { perClass } from './per-class.ts';
import { sampled } from './sampled.ts';
import { amongSeen } from './seen.ts';
import { symmetric } from './symmetric.ts';
import { uniform } from './uniform.ts';

export type { Matrix, NoiseInput } from './noise.ts';
export { numbered } from './class-names.ts';
export { notesOn } from './notes.ts';
export { realized } from './realized.ts';

const NONE: Kind = {
  corrupt: ({ labels }) => labels.slice(),
  asked: ({ classes: { length } }) => rowsOf(length, (label) => stays(length, label)),
};

const KINDS: Record<NoiseConfig['kind'], Kind> = {
  none: NONE,
  symmetric: amongSeen(drawnFrom(symmetric)),
  uniform: amongSeen(drawnFrom(uniform)),
  pair: amongSeen(drawnFrom(pair)),
  block: amongSeen(drawnFrom(block)),
  asymmetric: drawnFrom(asymmetric),
  matrix: drawnFrom(matrix),
  sampled: amongSeen(drawnFrom(sampled)),
  instance: amongSeen(instance),
  difficulty: amongSeen(difficulty),
  'per-class': amongSeen(drawnFrom(perClass)),
  'one-class': amongSeen(drawnFrom(oneClass)),
  count: amongSeen(count),
  clusters: amongSeen(clusters),
};

/**
 * Corrupts labels as `noise.kind` says. The same input gives the same labels on every machine.
 * @returns the labels as given, in a new array
 * @throws InputError where the noise does not fit the classes
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

function kindOf({ noise: { kind }, seen }: NoiseInput): Kind {
  if (kind === 'none' || seen.length > 1) return KINDS[kind];
  throw new InputError('noise.oneClass', { kind, field: { path: 'noise.kind' } });
}
