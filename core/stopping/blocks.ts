/** Points of a log: rows one by one, or means of neighbouring ones where there are many. */
import type { Square } from './cholesky.ts';
import type { StoppingSignals } from './signals.ts';

/** More rows are taken together: later ones first, where neighbours are more alike. */
const MOST_POINTS = 64;
/** Blocks of rows: single ones while they are few, then ever longer ones of equal steps in log(epoch). */
export function blocksOf(rows: readonly StoppingSignals[]): number[][] {
  if (rows.length <= MOST_POINTS) return rows.map((_, i) => [i]);
  const [from, to] = [Math.log(rows[0]!.epoch), Math.log(rows.at(-1)!.epoch)];
  const blocks: number[][] = [];
  let before = -1;
  rows.forEach(({ epoch }, i) => {
    const bin = Math.floor((MOST_POINTS * (Math.log(epoch) - from)) / (to - from || 1));
    const last = blocks.at(-1);
    if (last && Math.min(bin, MOST_POINTS - 1) === before) last.push(i);
    else blocks.push([i]);
    before = Math.min(bin, MOST_POINTS - 1);
  });
  return blocks;
}

/** The mean of a series over each block. */
export const averaged = (values: readonly number[], blocks: readonly number[][]): number[] =>
  blocks.map((block) => block.reduce((sum, i) => sum + values[i]!, 0) / block.length);

/** Where rows lie: log(epoch). */
export const logEpochs = (rows: readonly StoppingSignals[]): number[] =>
  rows.map(({ epoch }) => Math.log(epoch));

/** A signal less its mean, at each point. */
export function centred(values: readonly number[], blocks: readonly number[][]): number[] {
  const points = averaged(values, blocks);
  const mean = points.reduce((a, b) => a + b, 0) / points.length;
  return points.map((value) => value - mean);
}

/** A matrix that is zero but for its diagonal. */
export function diagonal(values: readonly number[]): Square {
  const matrix = new Float64Array(values.length ** 2);
  values.forEach((value, i) => (matrix[i * values.length + i] = value));
  return matrix;
}
