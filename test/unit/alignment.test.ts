/** Centred kernel alignment: closed forms, and its definition with matrices written out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centredAlignment, traceKernel } from '../../core/theory/alignment.ts';

/** x x^T. */
const outer = (x: readonly number[]) => x.flatMap((a) => x.map((b) => a * b));
const times = (a: number[][], b: number[][]) =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));

describe('centred alignment', () => {
  test('is 1 of the kernel of the labels, whatever its size and mean', () => {
    const labels = Uint8Array.of(0, 1, 2, 2, 1, 0, 0);
    const same = [...labels].flatMap((a) => [...labels].map((b) => Number(a === b)));
    expect(centredAlignment(same, labels)).toBeCloseTo(1, 12);
    expect(
      centredAlignment(
        same.map((value) => 7 * value + 3),
        labels,
      ),
    ).toBeCloseTo(1, 12);
  });

  test('of y y^T of another pair of classes is the squared correlation of both', () => {
    const labels = Uint8Array.of(0, 0, 0, 1, 1, 1, 0, 1);
    const others = [1, 1, -1, -1, -1, 1, 1, -1];
    const own = [...labels].map((label) => 2 * label - 1);
    const n = own.length;
    const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / n;
    const [a, b] = [own, others].map((x) => x.map((value) => value - mean(x))) as [
      number[],
      number[],
    ];
    const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    const correlation = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    expect(centredAlignment(outer(others), labels)).toBeCloseTo(correlation ** 2, 12);
  });

  test('of the identity is sqrt((K - 1) / (n - 1)) for K classes of one size', () => {
    for (const [classes, each] of [
      [2, 5],
      [3, 4],
      [10, 2],
    ] as const) {
      const n = classes * each;
      const labels = Uint8Array.from({ length: n }, (_, i) => i % classes);
      const identity = Array.from({ length: n * n }, (_, at) => Number(at % (n + 1) === 0));
      const closed = Math.sqrt((classes - 1) / (n - 1));
      expect(centredAlignment(identity, labels)).toBeCloseTo(closed, 12);
    }
  });

  test('is not known where labels, or entries, are all alike', () => {
    expect(centredAlignment([1, 0, 0, 1], Uint8Array.of(3, 3))).toBeNull();
    expect(centredAlignment([0.1, 0.1, 0.1, 0.1], Uint8Array.of(0, 1))).toBeNull();
  });

  test('is the same of a kernel that is very small or large', () => {
    const [kernel, labels] = [[2, 1, 0, 1, 3, 1, 0, 1, 1], Uint8Array.of(0, 0, 1)];
    const found = centredAlignment(kernel, labels)!;
    for (const scale of [1e-300, 1e-170, 1e-81, 1e170, 1e300]) {
      const scaled = kernel.map((entry) => scale * entry);
      expect(centredAlignment(scaled, labels), `times ${scale}`).toBeCloseTo(found, 12);
    }
  });

  test('is that of matrices multiplied out, from 0 to 1 for a kernel', () => {
    // Of hundredths, so that the oracle's own products stay numbers.
    const value = fc.integer({ min: -200, max: 200 }).map((hundredths) => hundredths / 100);
    const samples = fc.array(
      fc.record({ x: fc.tuple(value, value), label: fc.integer({ min: 0, max: 2 }) }),
      { minLength: 3, maxLength: 8 },
    );
    fc.assert(
      fc.property(samples, (all) => {
        const n = all.length;
        const kernel = all.map(({ x: [a, b] }) => all.map(({ x: [c, d] }) => a * c + b * d));
        const label = all.map(({ label: a }) => all.map(({ label: b }) => Number(a === b)));
        const h = all.map((_, i) => all.map((__, j) => Number(i === j) - 1 / n));
        const [k, l] = [kernel, label].map((m) => times(times(h, m), h)) as [
          number[][],
          number[][],
        ];
        const trace = (a: number[][], b: number[][]) =>
          times(a, b).reduce((sum, row, i) => sum + row[i]!, 0);
        const found = centredAlignment(
          kernel.flat(),
          Uint8Array.from(all, (one) => one.label),
        );
        if (found === null) return;
        expect(found).toBeCloseTo(trace(k, l) / Math.sqrt(trace(k, k) * trace(l, l)), 6);
        expect(found).toBeGreaterThan(-1e-9);
        expect(found).toBeLessThan(1 + 1e-9);
      }),
    );
  });
});

test('a kernel over outputs is summed over entries of one output', () => {
  // Two samples, two outputs: rows (0, a), (0, b), (1, a), (1, b).
  const gram = [
    [1, 9, 2, 9],
    [9, 3, 9, 4],
    [2, 9, 5, 9],
    [9, 4, 9, 6],
  ].flat();
  expect([...traceKernel(gram, 2, 2)]).toEqual([4, 6, 6, 11]);
});
