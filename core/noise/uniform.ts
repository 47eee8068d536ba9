import { drawnFrom } from './draw.ts';
import { rowsOf } from './noise.ts';
import type { NoiseKind, Rows } from './noise.ts';
import { amongSeen } from './seen.ts';

const rows: Rows = ({ classes: { length }, noise: { rate } }) =>
  rowsOf(length, (label) =>
    Array.from({ length }, (_, other) => (other === label ? 1 - rate : 0) + rate / length),
  );

/**
 * With the chance r = `noise.rate` a class drawn from all K, the true one included (the experiments
 * of Li, Soltanolkotabi, Oymak 2019): r (1 - 1/K) of the labels become wrong.
 */
export const uniform: NoiseKind = {
  id: 'uniform',
  reads: ['rate'],
  ...amongSeen(drawnFrom(rows)),
};
