/** The largest products of many columns, against sorting all of them. */
import { expect, test } from 'vitest';
import { groupColumns, topProducts } from '../../core/labels/top.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { randomOf } from '../../core/random.ts';
import { THREADS } from './run-graph.ts';

const SIZE = 4;

/** Small whole numbers, whose products are exact and often equal. */
function wholeNumbers(vectors: number, seed: number): Float32Array {
  const random = randomOf(seed, 'products');
  return Float32Array.from({ length: vectors * SIZE }, () => random.below(7) - 3);
}

test.each([
  // Few enough to be sorted as they are; groups without and with some left over.
  [500, 31],
  [10_000, 25],
  [12_007, 31],
  [12_007, 1],
])('of %i columns the %i largest are found, of equal ones the first', async (all, count) => {
  const tf = await loadTensorFlow(THREADS);
  const rows = 40;
  const [vectors, columns] = [wholeNumbers(rows, 1), wholeNumbers(all, 2)];
  const grouped = groupColumns(tf, columns, SIZE, count);
  expect(grouped.group > 1).toBe(all >= 10_000);
  const found = topProducts(tf, tf.tensor2d(vectors, [rows, SIZE]), grouped, count);
  for (let i = 0; i < rows; i++) {
    const products = Array.from({ length: all }, (_, column) => {
      let value = 0;
      for (let j = 0; j < SIZE; j++) value += vectors[i * SIZE + j]! * columns[column * SIZE + j]!;
      return { column, value };
    });
    const best = products.sort((a, b) => b.value - a.value || a.column - b.column).slice(0, count);
    const own = (values: Float32Array | Int32Array) => [
      ...values.subarray(i * count, (i + 1) * count),
    ];
    expect(own(found.values)).toEqual(best.map(({ value }) => value));
    expect(own(found.columns)).toEqual(best.map(({ column }) => column));
  }
});
