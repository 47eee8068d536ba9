import { InputError } from '../errors.ts';
import { rowsOf, stays } from './noise.ts';
import type { Rows } from './noise.ts';
import { symmetricRow } from './symmetric.ts';

/**
 * Only labels of `noise.class` change, with the chance `noise.rate`, to any other class alike.
 * @throws InputError where there is no such class
 */
export const oneClass: Rows = ({ classes: { length }, noise }) => {
  if (noise.class >= length) {
    throw new InputError(
      `noise.class is ${noise.class}; the classes are 0 to ${length - 1}, so give one of those.`,
    );
  }
  return rowsOf(length, (label) =>
    label === noise.class ? symmetricRow(length, label, noise.rate) : stays(length, label),
  );
};
