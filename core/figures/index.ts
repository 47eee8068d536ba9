/** Every figure, in the order in which they are read. */
import { InputError } from '../contract/words/errors.ts';
import { alignment } from './alignment.ts';
import { clustersPicture } from './clusters-picture.ts';
import { constants } from './constants.ts';
import { corruption } from './corruption.ts';
import { covariance } from './covariance.ts';
import { distance } from './distance.ts';
import { doubleDescent } from './double-descent.ts';
import { jacobian } from './jacobian.ts';
import { losses } from './losses.ts';
import { methods } from './methods.ts';
import { proofPicture } from './proof-picture.ts';
import { samples } from './samples.ts';
import { synthetic } from './synthetic.ts';
import { theoremOne } from './theorem-one.ts';
import { theoremTwo } from './theorem-two.ts';
import type { Figure } from './figure.ts';

export const FIGURES: readonly Figure[] = [
  corruption,
  clustersPicture,
  distance,
  losses,
  jacobian,
  synthetic,
  constants,
  covariance,
  theoremOne,
  theoremTwo,
  proofPicture,
  methods,
  samples,
  alignment,
  doubleDescent,
];

/** A figure by its id. @throws InputError where there is none */
export function figureOf(id: string): Figure {
  const found = FIGURES.find(({ info }) => info.id === id);
  if (found) return found;
  const names = FIGURES.map(({ info }) => info.id).join(', ');
  throw new InputError('figure.unknown', { id, names });
}
