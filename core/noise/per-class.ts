import { InputError } from '../contract/words/errors.ts';
import { rowsOf } from './noise.ts';
import type { Rows } from './noise.ts';
import { symmetricRow } from './symmetric.ts';

/**
 * With the chance `noise.rates[c]` a label of class c becomes any other class, each as likely.
 * @throws InputError where there is not one rate for each class
 */
export const perClass: Rows = ({ classes: { length }, noise: { rates } }) => {
  if (rates.length !== length) {
    throw new InputError('noise.rates', {
      n: rates.length,
      classes: length,
      field: { path: 'noise.rates' },
    });
  }
  return rowsOf(length, (label) => symmetricRow(length, label, rates[label]!));
};
