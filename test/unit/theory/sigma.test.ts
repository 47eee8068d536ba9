/** Sigma(C): closed forms, quadrature and drawing against each other and against known values. */
import { randomNormal } from 'd3-random';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../../core/random.ts';
import { SLOPES } from '../../../core/theory/activations.ts';
import { gaussHermite, pairMean } from '../../../core/theory/quadrature.ts';
import { checkSigma, drawSigma, sigmaOf, sigmaSpectrum } from '../../../core/theory/sigma.ts';

/** Centres drawn uniformly from the unit sphere. */
function centresOf(count: number, dimension: number, seed: number): number[][] {
  const normal = randomNormal.source(randomOf(seed, 'test').real)();
  return Array.from({ length: count }, () => {
    const row = Array.from({ length: dimension }, normal);
    const norm = Math.hypot(...row);
    return row.map((value) => value / norm);
  });
}

const dot = (a: number[], b: number[]): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0);

describe('Sigma(C)', () => {
  test('of relu is the arc-cosine kernel, to 1e-12', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 3, max: 40 }),
        fc.nat(1000),
        (count, dimension, seed) => {
          const centres = centresOf(count, dimension, seed);
          sigmaOf(centres, 'relu').forEach((row, i) =>
            row.forEach((entry, j) => {
              const cosine = dot(centres[i]!, centres[j]!);
              const theta = i === j ? 0 : Math.acos(cosine);
              const known = (cosine * (Math.PI - theta)) / (2 * Math.PI);
              expect(Math.abs(entry - known)).toBeLessThan(1e-12);
            }),
          );
        },
      ),
    );
  });

  test.each(['relu', 'erf', 'softplus', 'tanh'] as const)(
    'of %s lies within 4 standard errors of drawing',
    (activation) => {
      const centres = centresOf(4, 10, 3);
      const exact = sigmaOf(centres, activation);
      const { matrix, error } = drawSigma(centres, activation, 200_000, 1);
      exact.forEach((row, i) =>
        row.forEach((entry, j) => {
          expect(error[i]![j]).toBeGreaterThan(0);
          expect(error[i]![j]).toBeLessThan(0.002);
          expect(Math.abs(matrix[i]![j]! - entry)).toBeLessThan(4 * error[i]![j]!);
        }),
      );
    },
  );

  test('drawing is the same for the same seed', () => {
    const centres = centresOf(3, 5, 0);
    expect(drawSigma(centres, 'tanh', 100, 7)).toEqual(drawSigma(centres, 'tanh', 100, 7));
  });

  test('is held against drawing, which notices a wrong entry', () => {
    const centres = centresOf(3, 5, 1);
    const exact = sigmaOf(centres, 'tanh');
    const fine = checkSigma(centres, 'tanh', exact, 0);
    expect(fine.draws).toBe(20_000);
    expect(fine.apart).toBeLessThan(4);
    const wrong = exact.map((row) => row.map((entry) => entry + 5 * fine.error));
    expect(checkSigma(centres, 'tanh', wrong, 0).apart).toBeGreaterThan(4);
  });

  test('loses its rank as two centres meet', () => {
    const lambdas = [1, 0.3, 0.1, 0.01, 0].map((angle) => {
      const centres = [
        [1, 0],
        [Math.cos(angle), Math.sin(angle)],
      ];
      return sigmaSpectrum(sigmaOf(centres, 'relu')).lambda;
    });
    expect(lambdas).toEqual([...lambdas].sort((a, b) => b - a));
    expect(lambdas[0]).toBeCloseTo(0.5 - (Math.cos(1) * (Math.PI - 1)) / (2 * Math.PI), 12);
    expect(Math.abs(lambdas.at(-1)!)).toBeLessThan(1e-15);
    const same = sigmaSpectrum([
      [1, 1],
      [1, 1],
    ]);
    expect(same.condition).toBeGreaterThan(1e15);
  });

  test('eigenvalues of a known matrix', () => {
    const found = sigmaSpectrum([
      [2, 1],
      [1, 2],
    ]);
    expect(found.eigenvalues[0]).toBeCloseTo(3, 12);
    expect(found.lambda).toBeCloseTo(1, 12);
    expect(found.condition).toBeCloseTo(3, 12);
  });
});

describe('Gauss-Hermite quadrature', () => {
  test('has the points and weights of the rule of three', () => {
    const { points, weights } = gaussHermite(3);
    const order = [...points.keys()].sort((a, b) => points[a]! - points[b]!);
    [-Math.sqrt(3), 0, Math.sqrt(3)].forEach((point, i) =>
      expect(points[order[i]!]).toBeCloseTo(point, 12),
    );
    [1 / 6, 2 / 3, 1 / 6].forEach((weight, i) =>
      expect(weights[order[i]!]).toBeCloseTo(weight, 12),
    );
  });

  test('takes means of powers exactly', () => {
    const rule = gaussHermite(10);
    // E u^2 w^2 = 1 + 2 r^2 (Isserlis).
    for (const r of [-1, -0.3, 0, 0.7, 1]) {
      expect(pairMean((z) => z * z, r, rule)).toBeCloseTo(1 + 2 * r * r, 10);
    }
  });

  test("agrees with erf's closed form, and the logistic's known mean of 1/2", () => {
    const rule = gaussHermite(160);
    for (const r of [-0.9, 0, 0.5, 0.99]) {
      const known = 4 / Math.PI / Math.sqrt(9 - 4 * r * r);
      expect(Math.abs(pairMean(SLOPES.erf, r, rule) - known)).toBeLessThan(1e-12);
    }
    // Independent: the product of means, which by symmetry are 1/2.
    expect(pairMean(SLOPES.softplus, 0, rule)).toBeCloseTo(0.25, 12);
    // Opposite: s(u) s(-u) = s(u) - s(u)^2.
    const same = pairMean(SLOPES.softplus, 1, rule);
    expect(pairMean(SLOPES.softplus, -1, rule)).toBeCloseTo(0.5 - same, 12);
  });
});
