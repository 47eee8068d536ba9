import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { NoiseSchema } from '../../core/config/schema.ts';
import { corrupt as corruptInput, transitions } from '../../core/noise/index.ts';

/** Corrupts labels that have no features. */
const corrupt = (
  labels: Uint8Array,
  classes: number,
  noise: v.InferInput<typeof NoiseSchema>,
  part: 'train' | 'holdout',
): Uint8Array =>
  corruptInput({
    labels,
    classes: Array.from({ length: classes }, (_, i) => String(i)),
    part,
    noise: v.parse(NoiseSchema, noise),
    features: () => ({ values: new Float32Array(labels.length), size: 1 }),
    beliefs: null,
  });

const labels = (n: number, classes: number): Uint8Array =>
  Uint8Array.from({ length: n }, (_, i) => i % classes);
const wrong = (a: Uint8Array, b: Uint8Array): number[] =>
  [...a.keys()].filter((i) => a[i] !== b[i]);

describe('noise', () => {
  test('none changes nothing', () => {
    const truth = labels(100, 10);
    expect(corrupt(truth, 10, { kind: 'none', rate: 0.9, seed: 0 }, 'train')).toEqual(truth);
  });

  test('at rate 0 nothing changes, at rate 1 everything', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('symmetric' as const, 'pair' as const),
        fc.integer({ min: 2, max: 20 }),
        fc.nat(1000),
        (kind, classes, seed) => {
          const truth = labels(200, classes);
          const given = (rate: number) => corrupt(truth, classes, { kind, rate, seed }, 'train');
          expect(given(0)).toEqual(truth);
          expect(wrong(given(1), truth)).toHaveLength(200);
          expect(Math.max(...given(1))).toBeLessThan(classes);
        },
      ),
    );
  });

  test('a higher rate changes the labels of a lower one and more, to the same classes', () => {
    const truth = labels(2000, 10);
    const given = [0.1, 0.4, 0.8].map((rate) =>
      corrupt(truth, 10, { kind: 'symmetric', rate, seed: 5 }, 'train'),
    );
    for (const i of wrong(given[0]!, truth)) expect(given[1]![i]).toBe(given[0]![i]);
    for (const i of wrong(given[1]!, truth)) expect(given[2]![i]).toBe(given[1]![i]);
  });

  test('symmetric noise changes the share it is told, to all other classes alike', () => {
    const truth = labels(50_000, 10);
    const given = corrupt(truth, 10, { kind: 'symmetric', rate: 0.4, seed: 1 }, 'train');
    // Five standard errors of a share of 0.4 among 50,000.
    expect(Math.abs(wrong(given, truth).length / 50_000 - 0.4)).toBeLessThan(0.011);
    const matrix = transitions(truth, given, 10);
    // Chi-square over the 90 wrong cells; its 99.99 % point at 89 degrees of freedom is 145.
    const expected = (50_000 * 0.4) / 90;
    const chi = matrix.flatMap((row, t) => row.filter((_, g) => g !== t));
    expect(chi.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(145);
  });

  test('pair noise changes a class into the next', () => {
    const truth = labels(1000, 10);
    const given = corrupt(truth, 10, { kind: 'pair', rate: 0.5, seed: 1 }, 'train');
    for (const i of wrong(given, truth)) expect(given[i]).toBe((truth[i]! + 1) % 10);
  });

  test('is the same for a seed, and apart for hold-out and other seeds', () => {
    const truth = labels(1000, 10);
    const of = (seed: number, part: 'train' | 'holdout') =>
      corrupt(truth, 10, { kind: 'symmetric', rate: 0.5, seed }, part);
    expect(of(1, 'train')).toEqual(of(1, 'train'));
    expect(of(1, 'train')).not.toEqual(of(2, 'train'));
    expect(of(1, 'train')).not.toEqual(of(1, 'holdout'));
  });

  test('the matrix counts every sample once', () => {
    const truth = labels(500, 7);
    const given = corrupt(truth, 7, { kind: 'symmetric', rate: 0.3, seed: 2 }, 'train');
    const matrix = transitions(truth, given, 7);
    expect(matrix.flat().reduce((a, b) => a + b, 0)).toBe(500);
    expect(matrix.reduce((sum, row, c) => sum + row[c]!, 0)).toBe(500 - wrong(given, truth).length);
  });
});
