/** What holds for noise of every kind, and what it says about wrong wishes. */
import { allowedBy } from '../../../core/contract/config/fields.ts';
import { said } from '../said.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { NoiseSchema } from '../../../core/contract/config/schema.ts';
import { asked, corrupt, realized } from '../../../core/noise/index.ts';
import { changed, digits, inputOf, inTurn } from './tools.ts';
import type { Wish } from './tools.ts';

const nested = ['symmetric', 'uniform', 'pair', 'asymmetric', 'count', 'clusters'] as const;

describe('noise', () => {
  test('none changes nothing and asks for nothing', () => {
    const input = inputOf(inTurn(100, 10), { kind: 'none', rate: 0.9 });
    expect(corrupt(input)).toEqual(input.labels);
    expect(asked(input)![3]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  });

  test('at rate 0 nothing changes, at rate 1 everything', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('symmetric' as const, 'pair' as const, 'clusters' as const),
        fc.integer({ min: 2, max: 20 }),
        fc.nat(1000),
        (kind, classes, seed) => {
          const truth = inTurn(200, classes);
          const given = (rate: number) =>
            corrupt(inputOf(truth, { kind, rate, seed }, { classes: digits(classes) }));
          expect(given(0)).toEqual(truth);
          expect(changed(given(1), truth)).toHaveLength(200);
          expect(Math.max(...given(1))).toBeLessThan(classes);
        },
      ),
    );
  });

  test.each(nested)('%s: more noise changes the labels of less and more, to the same', (kind) => {
    fc.assert(
      fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (seed, share) => {
        const truth = inTurn(500, 10);
        const given = (rate: number) =>
          corrupt(inputOf(truth, { kind, rate, count: Math.round(rate * 500), seed }));
        const [less, more] = [given(share * 0.7), given(share)];
        for (const i of changed(less, truth)) expect(more[i]).toBe(less[i]);
      }),
      { numRuns: 30 },
    );
  });

  test('is the same for a seed, and apart for hold-out and other seeds', () => {
    const of = (seed: number, part: 'train' | 'holdout') =>
      corrupt(inputOf(inTurn(1000, 10), { kind: 'symmetric', seed }, { part }));
    expect(of(1, 'train')).toEqual(of(1, 'train'));
    expect(of(1, 'train')).not.toEqual(of(2, 'train'));
    expect(of(1, 'train')).not.toEqual(of(1, 'holdout'));
  });

  test('the draws of the hold-out are independent of those of training', () => {
    const n = 20_000;
    const flips = (['train', 'holdout'] as const).map((part) => {
      const truth = inTurn(n, 10);
      const given = corrupt(inputOf(truth, { kind: 'symmetric', rate: 0.4 }, { part }));
      return Uint8Array.from(given, (label, i) => (label === truth[i] ? 0 : 1));
    });
    const both = flips[0]!.reduce((sum, flip, i) => sum + flip * flips[1]![i]!, 0);
    // Four standard errors of a share of 0.16 among 20,000.
    expect(Math.abs(both / n - 0.16)).toBeLessThan(4 * Math.sqrt((0.16 * 0.84) / n));
  });

  test('a sampled matrix is valid, has the trace and the zeros that were asked for', () => {
    const wish = fc.record({
      rate: fc.double({ min: 0, max: 1, noNaN: true }),
      sparsity: fc.double({ min: 0, max: 0.88, noNaN: true }),
      seed: fc.nat(1000),
    });
    fc.assert(
      fc.property(wish, (fields) => {
        const matrix = asked(inputOf(inTurn(20, 10), { kind: 'sampled', ...fields }))!;
        for (const row of matrix) {
          expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 10);
          for (const value of row) expect(value).toBeGreaterThanOrEqual(0);
          for (const value of row) expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
        const trace = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
        expect(trace / 10).toBeCloseTo(1 - fields.rate, 10);
        if (fields.rate < 0.01) return;
        const zeros = matrix.flatMap((row, i) => row.filter((x, j) => i !== j && x === 0)).length;
        expect(zeros).toBe(Math.round(fields.sparsity * 90));
      }),
    );
  });

  test('realized counts every sample once', () => {
    const truth = inTurn(500, 7);
    const wish: Wish = { kind: 'symmetric', rate: 0.3, seed: 2 };
    const given = corrupt(inputOf(truth, wish, { classes: digits(7) }));
    const { counts, shares, wrong, rate, rates } = realized(truth, given, 7);
    expect(counts.flat().reduce((a, b) => a + b, 0)).toBe(500);
    expect(wrong).toBe(changed(given, truth).length);
    expect(rate).toBe(wrong / 500);
    expect(rates[3]).toBeCloseTo(1 - shares[3]![3]!, 12);
    expect(realized(new Uint8Array(0), new Uint8Array(0), 2).rate).toBe(0);
  });
});

describe('a wish that does not fit is named in one sentence', () => {
  const rows = Array.from({ length: 10 }, (_, i) => digits(10).map((_, j) => (i === j ? 1 : 0)));
  const broken = rows.map((row, i) => (i === 4 ? row.map((x) => x * 0.9) : row));
  const named: [Wish, RegExp, string[]?][] = [
    [{ kind: 'matrix', matrix: [[1, 0]] }, /noise\.matrix has 2 numbers in row 0; give 10 rows/],
    [{ kind: 'matrix' }, /noise\.matrix has 0 rows; give 10 rows of 10/],
    [{ kind: 'matrix', matrix: broken }, /noise\.matrix: row 4 sums to 0\.9; make it sum to 1/],
    [{ kind: 'per-class', rates: [0.1] }, /noise\.rates has 1 entry; .*each of the 10 classes/],
    [{ kind: 'one-class', class: 10 }, /noise\.class is 10; the classes are 0 to 9/],
    [{ kind: 'count', count: 1001 }, /noise\.count is 1,001; there are 1,000 training labels/],
    [{ kind: 'block' }, /noise\.groups is empty, .*known only for CIFAR-100; give/],
    [
      {
        kind: 'block',
        groups: [
          [0, 1],
          [1, 2],
        ],
      },
      /noise\.groups names class 1 twice/,
    ],
    [{ kind: 'block', groups: [[0, 12]] }, /noise\.groups names class 12; the classes are 0 to 9/],
    [{ kind: 'asymmetric' }, /noise\.becomes is empty/, [...'abcdefghij']],
    [{ kind: 'asymmetric', becomes: [1, 0] }, /noise\.becomes has 2 entries; give .* 10 classes/],
    [{ kind: 'asymmetric', becomes: digits(10).map(() => 11) }, /names class 11; .* 0 to 9/],
    [{ kind: 'sampled', sparsity: 0.95 }, /noise\.sparsity is 0\.95; .*at most 0\.888/],
    [{ kind: 'symmetric' }, /only one class/, ['all']],
  ];
  test.each(named)('%j', (wish, message, classes = digits(10)) => {
    const labels = inTurn(1000, classes.length);
    const input = inputOf(labels, wish, { classes });
    expect(() => corrupt(input)).toThrow(message);
    expect(() => asked(input)).toThrow(/^[^\n]*\.$/);
  });

  test('shares and classes out of range are refused by the schema', () => {
    const refused = (wish: object) =>
      v
        .safeParse(NoiseSchema, { kind: 'none', rate: 0, seed: 0, ...wish })
        .issues?.map((issue) => said([allowedBy(issue)!]).join())[0];
    expect(refused({ matrix: [[1.1, -0.1]] })).toMatch(/a number from 0 to 1/);
    expect(refused({ rates: [2] })).toMatch(/a number from 0 to 1/);
    expect(refused({ class: 1000 })).toMatch(/a whole number from 0 to 999/);
  });
});
