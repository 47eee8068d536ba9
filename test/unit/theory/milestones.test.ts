/** What happens when, and residuals along singular vectors. */
import { expect, test } from 'vitest';
import { Watch } from '../../../core/theory/milestones.ts';
import { coordinates, energyShare, linearized, normsOf } from '../../../core/theory/projection.ts';

/** Two clusters of two samples; the second sample is wrongly labelled. */
const DATA = {
  inputs: new Float32Array(8),
  samples: 4,
  dimension: 2,
  alphas: [-1, 1],
  truth: Uint8Array.of(0, 0, 1, 1),
  given: Uint8Array.of(0, 1, 1, 1),
  clusters: null,
};
const OF = Uint16Array.of(0, 0, 1, 1);
/** Outputs at the start, which hardly tell samples apart. */
const START = [0.1, 0.2, 0.1, 0];
const at = (iteration: number) => ({ iteration, distance: iteration, relativeDistance: 0 });
/** Classes and losses of outputs against the given numbers. */
const measured = (outputs: number[]) => ({
  classes: Uint8Array.from(outputs, (f) => Number(f > 0)),
  losses: Float32Array.from(outputs, (f, i) => (f - DATA.alphas[DATA.given[i]!]!) ** 2 / 2),
});

test('milestones are the first of their kind', () => {
  const watch = new Watch(DATA, OF, 2, START);
  // By chance a wrong label is met at the start, alone.
  expect(watch.see(measured([0.5, 1, 0.5, -0.5]), at(0))).toEqual({
    trueShare: 0.25,
    givenShare: 0.5,
  });
  watch.see(measured([-0.7, -0.6, 0.8, 0.9]), at(1));
  watch.see(measured([-0.8, -0.6, 0.9, 0.9]), at(2));
  watch.see(measured([-0.8, 0.1, 0.9, 0.9]), at(3));
  expect(watch.found.firstWrongFit).toBeNull();
  watch.see(measured([-0.97, 0.95, 1, 1]), at(4));
  watch.see(measured([-1, 1, 1, 1]), at(5));
  expect(watch.found).toEqual({
    mostTrue: { ...at(1), share: 1 },
    allTrue: at(1),
    firstLost: at(3),
    firstWrongFit: at(4),
    allGiven: at(3),
  });
});

test('a wrong label that only its own cluster of wrong ones fits is no milestone', () => {
  const watch = new Watch(DATA, Uint16Array.of(0, 1, 1, 1), 2, START);
  watch.see(measured([-1, 1, 1, 1]), at(0));
  expect(watch.found.firstWrongFit).toBeNull();
});

test('a pair that the start tells apart by half of its gap already is none that moved', () => {
  const [near, far] = [
    new Watch(DATA, OF, 2, [0, 0.9, 0, 0]),
    new Watch(DATA, OF, 2, [0, 1.1, 0, 0]),
  ];
  for (const watch of [near, far]) watch.see(measured([-1, 1, 1, 1]), at(3));
  expect(near.found.firstWrongFit).toEqual(at(3));
  expect(near.pairs).toEqual([[1, 0]]);
  expect(far.found.firstWrongFit).toBeNull();
});

const SPECTRUM = {
  singular: Float64Array.of(2, 1, 0),
  vectors: Float32Array.of(0, 1, 0, 1, 0, 0, 0, 0, 1),
};

test('residuals along singular vectors, and how they fall', () => {
  const start = coordinates(SPECTRUM, [3, 4, 5]);
  expect([...start]).toEqual([4, 3, 5]);
  expect(normsOf(start, 2)).toEqual({ large: 5, small: 5 });
  expect(energyShare(start, 2)).toBe(0.5);
  expect(energyShare(new Float64Array(3), 2)).toBeNull();
  const after = linearized(SPECTRUM, start, 0.01, 100);
  expect(after[0]).toBeCloseTo(4 * 0.96 ** 100, 12);
  // About exp(-eta sigma^2 t), and what has no singular value stays.
  expect(after[1]).toBeCloseTo(3 * Math.exp(-1), 1);
  expect(after[2]).toBe(5);
});
