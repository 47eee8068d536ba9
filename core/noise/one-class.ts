import { InputError } from '../contract/words/errors.ts';
import { rowsOf, stays } from './noise.ts';
import type { Rows } from './noise.ts';
import { symmetricRow } from './symmetric.ts';

/**
 * Only labels of `noise.class` change, with the chance `noise.rate`, to any other class alike.
 * @throws InputError where there is no such class
 */
export const oneClass: Rows = ({ classes: { length }, noise }) => {
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
