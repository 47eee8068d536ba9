import { InputError } from '../contract/words/errors.ts';
import { drawnFrom } from './draw.ts';
import { guessedOf, knownMistakes } from './known.ts';
import { becomes, rowsOf } from './noise.ts';
import type { NoiseInput, NoiseKind, Rows } from './noise.ts';

const rows: Rows = (input) => {
  const targets = targetsOf(input);
  const { length } = input.classes;
  return rowsOf(length, (label) => becomes(length, label, targets[label]!, input.noise.rate));
};

/**
 * With the chance `noise.rate` the class that it is mistaken for (Patrini et al. 2017):
 * `noise.becomes`, where its own number says that a class stays, or what is known of MNIST,
 * CIFAR-10 and CIFAR-100.
 * @throws InputError where that is not known, or does not fit the classes
 */
export const asymmetric: NoiseKind = {
  id: 'asymmetric',
  reads: ['rate', 'becomes'],
  notes: ({ becomes: targets }, set) => (targets.length === 0 ? guessedOf(set) : []),
  ...drawnFrom(rows),
};

/** MNIST's mistakes, for who has its digits in an order of their own. */
const DIGITS = '[0, 1, 7, 8, 4, 6, 5, 1, 8, 9]';

function targetsOf({ classes, known: set, noise: { becomes: targets } }: NoiseInput): number[] {
  const { length } = classes;
  if (targets.length === 0) {
    const known = knownMistakes(classes, set);
    if (known) return known;
    throw new InputError('noise.becomesEmpty', {
      classes: length,
      digits: DIGITS,
      field: { path: 'noise.becomes' },
    });
  }
  if (targets.length !== length) {
    throw new InputError('noise.becomesLength', {
      n: targets.length,
      classes: length,
      field: { path: 'noise.becomes' },
    });
  }
  const unknown = targets.find((target) => target >= length);
  if (unknown === undefined) return targets;
  throw new InputError('noise.classRange', {
    unknown,
    last: length - 1,
    field: { path: 'noise.becomes' },
  });
}
