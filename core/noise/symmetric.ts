import type { Random } from '../random.ts';
import { drawnFrom } from './draw.ts';
import { rowsOf } from './noise.ts';
import type { NoiseKind, Rows } from './noise.ts';
import { amongSeen } from './seen.ts';

const rows: Rows = ({ classes, noise }) =>
  rowsOf(classes.length, (label) => symmetricRow(classes.length, label, noise.rate));

/** With the chance `noise.rate` any other class, each as likely (Angluin, Laird 1988). */
export const symmetric: NoiseKind = {
  id: 'symmetric',
  reads: ['rate'],
  rateIsShare: true,
  ...amongSeen(drawnFrom(rows)),
};

/** A row where each other class is as likely. @param rate the chance of a change, 0 to 1 */
export function symmetricRow(classes: number, label: number, rate: number): number[] {
  return Array.from({ length: classes }, (_, other) =>
    other === label ? 1 - rate : rate / (classes - 1),
  );
}

/** Any other class, each as likely. */
export function anotherClass(label: number, classes: number, random: Random): number {
  const other = random.below(classes - 1);
  return other < label ? other : other + 1;
}
