import { InputError } from '../contract/words/errors.ts';
import { drawnFrom } from './draw.ts';
import { rowsOf } from './noise.ts';
import type { NoiseKind, Rows } from './noise.ts';
import { amongSeen } from './seen.ts';
import { symmetricRow } from './symmetric.ts';

const rows: Rows = ({ classes: { length }, noise: { rates } }) => {
  if (rates.length !== length) {
    throw new InputError('noise.rates', {
      n: rates.length,
      classes: length,
      field: { path: 'noise.rates' },
    });
  }
  return rowsOf(length, (label) => symmetricRow(length, label, rates[label]!));
};

/**
 * With the chance `noise.rates[c]` a label of class c becomes any other class, each as likely.
 * @throws InputError where there is not one rate for each class
 */
export const perClass: NoiseKind = {
  id: 'per-class',
  reads: ['rates'],
  ...amongSeen(drawnFrom(rows)),
};
