import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unmixed } from '../../../core/labels/unmix.ts';

const share = fc.double({ min: 0.02, max: 0.45, noNaN: true });

describe('taking noise out of a distribution', () => {
  test('on two classes EM ends at the solution of the two equations', () => {
    fc.assert(
      fc.property(share, share, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, s) => {
        const matrix = Float64Array.of(1 - a, a, b, 1 - b);
        const [weight] = unmixed(Float32Array.of(s, 1 - s), matrix, [0.5, 0.5], 20_000);
        // s = w (1 - a) + (1 - w) b, and w is a chance.
        const exact = Math.min(1, Math.max(0, (Math.fround(s) - b) / (1 - a - b)));
        expect(weight!).toBeCloseTo(exact, 2);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test('one round is the rule of Bayes, averaged over the given labels', () => {
    fc.assert(
      fc.property(share, share, share, share, (a, b, s, p) => {
        const matrix = Float64Array.of(1 - a, a, b, 1 - b);
        const [weight] = unmixed(Float32Array.of(s, 1 - s), matrix, [p, 1 - p], 1);
        const ofGiven0 = (p * (1 - a)) / (p * (1 - a) + (1 - p) * b);
        const ofGiven1 = (p * a) / (p * a + (1 - p) * (1 - b));
        expect(weight!).toBeCloseTo(s * ofGiven0 + (1 - s) * ofGiven1, 6);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test('what needs no cleaning stays, and rows add up to 1', () => {
    const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    const source = Float32Array.of(0.2, 0.3, 0.5, 1, 0, 0);
    const out = unmixed(source, identity, [1 / 3, 1 / 3, 1 / 3]);
    out.forEach((value, i) => expect(value).toBeCloseTo(source[i]!, 6));
  });
});
