import { InputError } from '../contract/words/errors.ts';
import { drawnFrom } from './draw.ts';
import { rowsOf, stays } from './noise.ts';
import type { NoiseKind, Rows } from './noise.ts';
import { amongSeen } from './seen.ts';
import { symmetricRow } from './symmetric.ts';

const rows: Rows = ({ classes: { length }, noise }) => {
  if (noise.class >= length) {
    throw new InputError('noise.class', {
      class: noise.class,
      last: length - 1,
      field: { path: 'noise.class' },
    });
  }
  return rowsOf(length, (label) =>
    label === noise.class ? symmetricRow(length, label, noise.rate) : stays(length, label),
  );
};

/**
 * Only labels of `noise.class` change, with the chance `noise.rate`, to any other class alike.
 * @throws InputError where there is no such class
 */
export const oneClass: NoiseKind = {
  id: 'one-class',
  reads: ['rate', 'class'],
  ...amongSeen(drawnFrom(rows)),
};
