import { drawnFrom } from './draw.ts';
import { becomes, rowsOf } from './noise.ts';
import type { NoiseKind, Rows } from './noise.ts';
import { amongSeen } from './seen.ts';

const rows: Rows = ({ classes: { length }, noise }) =>
  rowsOf(length, (label) => becomes(length, label, (label + 1) % length, noise.rate));

/** The next class, the last becoming the first (pair flipping, Han et al. 2018). */
export const pair: NoiseKind = {
  id: 'pair',
  reads: ['rate'],
  rateIsShare: true,
  ...amongSeen(drawnFrom(rows)),
};
