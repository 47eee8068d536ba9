import { InputError } from '../contract/words/errors.ts';
import { note } from '../contract/words/notes.ts';
import { drawnFrom } from './draw.ts';
import type { Matrix, NoiseKind, Rows } from './noise.ts';

/** How far from 1 a row may sum up: numbers are often rounded to three or four places. */
const TOLERANCE = 1e-3;
/** What computing in double precision leaves. */
const ROUNDING = 1e-9;

const rows: Rows = ({ classes: { length }, noise }) => checkedRows(noise.matrix, length);

/**
 * A transition matrix of so many classes, its rows scaled to sum to 1.
 * @throws InputError where it is not K x K, or a row does not sum to 1 within 1e-3
 */
export function checkedRows(found: Matrix, length: number): Matrix {
  const field = { path: 'noise.matrix' };
  const wrong = found.findIndex((row) => row.length !== length);
  if (wrong >= 0) {
    const n = found[wrong]!.length;
    throw new InputError('noise.matrixRowWidth', { n, row: wrong, classes: length, field });
  }
  if (found.length !== length) {
    throw new InputError('noise.matrixRows', { n: found.length, classes: length, field });
  }
  return found.map((row, label) => {
    const sum = sumOf(row);
    if (Math.abs(sum - 1) <= ROUNDING) return row;
    if (Math.abs(sum - 1) <= TOLERANCE) return row.map((share) => share / sum);
    throw new InputError('noise.matrixSum', { label, sum: Number(sum.toPrecision(7)), field });
  });
}

/**
 * Any transition matrix, `noise.matrix`, its rows scaled to sum to 1; `noise.rate` is not read.
 * @throws InputError where it is not K x K, or a row does not sum to 1 within 1e-3
 */
export const matrix: NoiseKind = {
  id: 'matrix',
  reads: ['matrix'],
  notes: ({ matrix: asked }) => (isRounded(asked) ? [note('matrixScaled')] : []),
  ...drawnFrom(rows),
};

/** Whether rows do not sum to 1 exactly, and are scaled to. */
const isRounded = (rows: readonly (readonly number[])[]): boolean =>
  rows.some((row) => Math.abs(sumOf(row) - 1) > ROUNDING);

const sumOf = (row: readonly number[]): number => row.reduce((a, b) => a + b, 0);
