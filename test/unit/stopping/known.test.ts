/** What a person may know: the entropy of noise, and how many samples accuracies tell of. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countOfShares } from '../../../core/stopping/count.ts';
import { entropyOf, rateOf } from '../../../core/stopping/known.ts';
import { FIXTURE, readPacked } from '../../bench/stopping/corpus.ts';

describe('the entropy of noise', () => {
  test('is what the closed forms say', () => {
    const [e, k] = [0.3, 10];
    const symmetric = -(1 - e) * Math.log(1 - e) - e * Math.log(e / (k - 1));
    const pair = -(1 - e) * Math.log(1 - e) - e * Math.log(e);
    expect(entropyOf({ kind: 'symmetric', rate: e }, k)).toBeCloseTo(symmetric, 12);
    expect(entropyOf({ kind: 'pair', rate: e }, k)).toBeCloseTo(pair, 12);
  });

  test('of labels that are right is none, of labels that tell nothing is log K', () => {
    expect(entropyOf({ kind: 'symmetric', rate: 0 }, 10)).toBe(0);
    expect(entropyOf({ kind: 'symmetric', rate: 0.9 }, 10)).toBeCloseTo(Math.log(10), 12);
  });

  test('of a matrix is the mean over its rows, and its rate too', () => {
    const matrix = [
      [1, 0, 0],
      [0.5, 0.5, 0],
      [0, 0.2, 0.8],
    ];
    const last = -0.2 * Math.log(0.2) - 0.8 * Math.log(0.8);
    expect(entropyOf({ kind: 'matrix', matrix }, 3)).toBeCloseTo((Math.log(2) + last) / 3, 12);
    expect(rateOf({ kind: 'matrix', matrix })).toBeCloseTo((0 + 0.5 + 0.2) / 3, 12);
  });
});

describe('how many samples accuracies were measured on', () => {
  /** The least count some share of which is written so, found by trying every one. */
  function tried(values: readonly number[], digits: number): number {
    for (let count = 2; ; count++) {
      const isWritten = (value: number) =>
        [Math.floor(value * count), Math.ceil(value * count)].some(
          (right) => Number((right / count).toPrecision(digits)) === value,
        );
      if (values.every((value) => value === 0 || value === 1 || isWritten(value))) return count;
    }
  }

  test('is the least that every value is a whole share of', () => {
    const log = fc
      .integer({ min: 10, max: 3000 })
      .chain((count) =>
        fc
          .array(fc.integer({ min: 1, max: count - 1 }), { minLength: 20, maxLength: 40 })
          .map((all) => all.map((right) => Number((right / count).toPrecision(5)))),
      );
    fc.assert(
      fc.property(log, (values) => {
        fc.pre(new Set(values).size >= 6);
        expect(countOfShares(values, [0.12345])).toBe(tried(values, 5));
      }),
    );
  });

  test('is found in every curve of the kept runs', () => {
    const curves = readPacked(FIXTURE).flatMap(({ holdouts, trainAccuracy }) =>
      holdouts.map((holdout) => ({ ...holdout, trainAccuracy })),
    );
    const wrong = curves.filter(
      ({ count, accuracy, trainAccuracy }) => countOfShares(accuracy, trainAccuracy) !== count,
    );
    expect(curves.length).toBeGreaterThan(900);
    expect(wrong.map(({ count }) => count)).toEqual([]);
  });

  test('is not told by two decimals, by few values, or by averages over batches', () => {
    expect(countOfShares([0.81, 0.79, 0.8, 0.77, 0.83])).toBeNull();
    expect(countOfShares([0.81, 0.79, 0.8, 0.77, 0.83], [0.6123])).toBe(100);
    expect(countOfShares([0.12345])).toBeNull();
    expect(countOfShares([])).toBeNull();
    expect(countOfShares([0.123457, 0.234571, 0.34583, 0.459173, 0.561929])).toBeNull();
  });

  test('is told by 32-bit floats and by percent with two decimals', () => {
    const shares = [641, 655, 672, 690, 701, 688, 679, 703].map((right) => right / 1000);
    expect(countOfShares(shares.map(Math.fround))).toBe(1000);
    const percent = [101, 155, 172, 190, 201, 188, 179, 203].map((right) => right / 250);
    expect(countOfShares(percent.map((share) => Number((100 * share).toFixed(2)) / 100))).toBe(250);
  });
});
