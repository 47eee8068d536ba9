import { becomes, rowsOf } from './noise.ts';
import type { Rows } from './noise.ts';

/** The next class, the last becoming the first (pair flipping, Han et al. 2018). */
export const pair: Rows = ({ classes: { length }, noise }) =>
  rowsOf(length, (label) => becomes(length, label, (label + 1) % length, noise.rate));
