import { randomNormal } from 'd3-random';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../../core/random.ts';
import { factor, logDeterminant, solveLower, solveUpper } from '../../../core/stopping/cholesky.ts';
import { posteriorOf } from '../../../core/stopping/posterior.ts';
import type { Measured } from '../../../core/stopping/posterior.ts';

describe('Cholesky', () => {
  const entry = fc.double({ min: -1, max: 1, noNaN: true });
  const square = fc
    .integer({ min: 1, max: 8 })
    .chain((size) => fc.array(entry, { minLength: size * size, maxLength: size * size }));

  test('its factor times itself is the matrix, its solution solves, its determinant is the product', () => {
    fc.assert(
      fc.property(square, (values) => {
        const size = Math.sqrt(values.length);
        const matrix = Float64Array.from(values, (_, at) => {
          const [i, j] = [Math.floor(at / size), at % size];
          let sum = i === j ? 0.5 : 0;
          for (let k = 0; k < size; k++) sum += values[i * size + k]! * values[j * size + k]!;
          return sum;
        });
        const lower = matrix.slice();
        expect(factor(lower, size)).toBe(true);
        const b = Float64Array.from({ length: size }, (_, i) => i - 1.5);
        const solved = b.slice();
        solveLower(lower, size, solved);
        solveUpper(lower, size, solved);
        for (let i = 0; i < size; i++) {
          let [again, right] = [0, 0];
          for (let k = 0; k <= i; k++) again += lower[i * size + k]! * lower[i * size + k]!;
          for (let k = 0; k < size; k++) right += matrix[i * size + k]! * solved[k]!;
          expect(again).toBeCloseTo(matrix[i * size + i]!, 9);
          expect(right).toBeCloseTo(b[i]!, 7);
        }
        if (size === 2) {
          const determinant = matrix[0]! * matrix[3]! - matrix[1]! * matrix[2]!;
          expect(Math.exp(logDeterminant(lower, 2))).toBeCloseTo(determinant, 9);
        }
      }),
    );
  });

  test('says where a matrix is not positive definite', () => {
    expect(factor(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
  });
});

describe('the posterior', () => {
  const normal = () => randomNormal.source(randomOf(1, 'posterior test').real)();
  const curve = Array.from({ length: 20 }, (_, i) => 0.7 - 0.02 * Math.abs(Math.log((i + 1) / 5)));
  const measuredWith = (deviation: number, y = curve): Measured => ({
    x: y.map((_, i) => Math.log(i + 1)),
    y,
    error: Float64Array.from({ length: y.length ** 2 }, (_, at) =>
      at % (y.length + 1) === 0 ? deviation ** 2 : 0,
    ),
    zigzags: { sizes: [0.002, 0.02], at: y.map(() => 1) },
    signals: [],
  });

  test('goes through what was measured without error', () => {
    posteriorOf(measuredWith(0), normal(), 10).mean.forEach((value, i) =>
      expect(value).toBeCloseTo(curve[i]!, 3),
    );
  });

  test('is flat where nothing can be seen', () => {
    const { mean } = posteriorOf(measuredWith(10), normal(), 10);
    expect(Math.max(...mean) - Math.min(...mean)).toBeLessThan(1e-3);
  });

  test('draws spread around the mean, more with a larger error', () => {
    const spread = (deviation: number) => {
      const { mean, draws } = posteriorOf(measuredWith(deviation), normal(), 400);
      const at = draws.map((draw) => draw[7]!);
      const middle = at.reduce((a, b) => a + b, 0) / at.length;
      const sd = Math.sqrt(at.reduce((sum, v) => sum + (v - middle) ** 2, 0) / at.length);
      // The mean of 400 draws is within 4 standard errors, and what unlikely explanations add.
      expect(Math.abs(middle - mean[7]!)).toBeLessThan((4 * sd) / 20 + 0.002);
      return sd;
    };
    expect(spread(0.02)).toBeGreaterThan(spread(0.001));
  });

  test('a single unknown level is the precision-weighted mean: a closed form', () => {
    // Two points far apart share nothing but the level, whose prior is wide.
    const y = [0.4, 0.6];
    const measured = {
      ...measuredWith(0.1, y),
      x: [0, 100],
      error: Float64Array.of(1, 0, 0, 0.01),
    };
    const { mean } = posteriorOf(measured, normal(), 10);
    // The second is measured ten times as sharply, so the first is drawn to it.
    expect(mean[0]!).toBeGreaterThan(0.55);
    expect(Math.abs(mean[1]! - 0.6)).toBeLessThan(0.02);
  });
});
