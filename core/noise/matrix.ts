import { InputError } from '../errors.ts';
import type { Rows } from './noise.ts';

/** How far from 1 a row may sum up. */
const TOLERANCE = 1e-6;

/**
 * Any transition matrix, `noise.matrix`; `noise.rate` is not read.
 * @throws InputError where it is not K x K, or a row does not sum to 1 within 1e-6
 */
export const matrix: Rows = ({ classes: { length }, noise }) => {
  const found = noise.matrix;
  const wrong = found.findIndex((row) => row.length !== length);
  if (found.length !== length || wrong >= 0) {
    const size =
      wrong >= 0 ? `${found[wrong]!.length} numbers in row ${wrong}` : `${found.length} rows`;
    throw new InputError(
      `noise.matrix has ${size}; give ${length} rows of ${length} numbers, one for each class.`,
    );
  }
  found.forEach((row, label) => {
    const sum = row.reduce((a, b) => a + b, 0);
    if (Math.abs(sum - 1) <= TOLERANCE) return;
    throw new InputError(
      `noise.matrix: row ${label} sums to ${Number(sum.toPrecision(7))}; make it sum to 1.`,
    );
  });
  return found;
};
