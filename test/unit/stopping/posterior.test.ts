import { randomNormal } from 'd3-random';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../../core/random.ts';
import { factor, logDeterminant, solveLower, solveUpper } from '../../../core/stopping/cholesky.ts';
import { posteriorOf } from '../../../core/stopping/posterior.ts';
import type { LogPoints } from '../../../core/stopping/posterior.ts';

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
  const measuredWith = (deviation: number, y = curve): LogPoints => ({
    x: y.map((_, i) => Math.log(i + 1)),
    y,
    error: Float64Array.from({ length: y.length ** 2 }, (_, at) =>
      at % (y.length + 1) === 0 ? deviation ** 2 : 0,
    ),
    zigzags: { sizes: [0.002, 0.02], at: y.map(() => 1) },
    ...{ doubts: [1], heights: [0.01, 0.03, 0.1], signals: [] },
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

  test('two points are what two by two algebra says, over every explanation', () => {
    // Points e^2 apart share the level (0.3) and, by length, some of the curve; one zigzag size.
    const [x, y, errors, zigzag] = [[0, 2], [0.4, 0.6], [0.05, 0.01], 0.02];
    const measured: LogPoints = {
      x,
      y,
      error: Float64Array.of(errors[0]! ** 2, 0, 0, errors[1]! ** 2),
      zigzags: { sizes: [zigzag], at: [1, 1] },
      ...{ doubts: [1], heights: [0.01, 0.03, 0.1], signals: [] },
    };
    const level = (y[0]! + y[1]!) / 2;
    const [a, b] = [y[0]! - level, y[1]! - level];
    const sizes = [0.01, 0.03, 0.1].flatMap((height) =>
      [0.3, 0.8].map((length) => [height, length]),
    );
    const found = sizes.map(([height, length]) => {
      const own = 0.09 + height! ** 2 + zigzag ** 2;
      const shared = 0.09 + height! ** 2 * Math.exp(-0.5 * (2 / length!) ** 2);
      const [p, q] = [own + errors[0]! ** 2 + 1e-7, own + errors[1]! ** 2 + 1e-7];
      const determinant = p * q - shared ** 2;
      const solved = [(q * a - shared * b) / determinant, (p * b - shared * a) / determinant];
      const weight = Math.exp(-0.5 * (a * solved[0]! + b * solved[1]!)) / Math.sqrt(determinant);
      return {
        weight,
        mean: [own * solved[0]! + shared * solved[1]!, shared * solved[0]! + own * solved[1]!],
      };
    });
    const total = found.reduce((sum, { weight }) => sum + weight, 0);
    const { mean } = posteriorOf(measured, normal(), 10);
    for (const i of [0, 1]) {
      const expected = found.reduce((sum, one) => sum + (one.weight / total) * one.mean[i]!, level);
      expect(mean[i]!).toBeCloseTo(expected, 9);
    }
  });
});
