/** Theorem 2 with its constants: no weights whatsoever are nearer to the start than the bound says. */
import { randomNormal } from 'd3-random';
import { expect, test } from 'vitest';
import { randomOf } from '../../../core/random.ts';
import { ACTIVATIONS, BOUNDS, SLOPES } from '../../../core/theory/activations.ts';
import { likelyBound, pairBound, statedBound } from '../../../core/theory/pair-bound.ts';

const [UNITS, DIMENSION] = [40, 6];
const SMOOTH = ['softplus', 'tanh'] as const;

const normalOf = (seed: number) => randomNormal.source(randomOf(seed, 'pair-bound').real)();
const norm = (x: readonly number[]) => Math.hypot(...x);
const unit = (x: number[]) => x.map((value) => value / norm(x));

/** Two samples of norm 1, about `apart` from each other, and weights: a column a unit. */
function drawn(seed: number, apart: number) {
  const normal = normalOf(seed);
  const first = unit(Array.from({ length: DIMENSION }, normal));
  const away = unit(Array.from({ length: DIMENSION }, normal));
  const second = unit(first.map((value, j) => value + apart * away[j]!));
  const weights = Array.from({ length: DIMENSION * UNITS }, normal);
  return { first, second, weights };
}

/** f(W, x1) - f(W, x2), and its gradient by W, written out by hand. */
function gapOf(
  weights: readonly number[],
  activation: (typeof SMOOTH)[number],
  first: readonly number[],
  second: readonly number[],
) {
  const gradient = weights.map(() => 0);
  let gap = 0;
  for (let r = 0; r < UNITS; r++) {
    const sign = (r < UNITS / 2 ? 1 : -1) / Math.sqrt(UNITS);
    const at = (x: readonly number[]) =>
      x.reduce((sum, v, j) => sum + v * weights[j * UNITS + r]!, 0);
    const [a, b] = [at(first), at(second)];
    gap += sign * (ACTIVATIONS[activation](a) - ACTIVATIONS[activation](b));
    const [da, db] = [SLOPES[activation](a), SLOPES[activation](b)];
    first.forEach((value, j) => {
      gradient[j * UNITS + r] = sign * (da * value - db * second[j]!);
    });
  }
  return { gap, gradient };
}

test.each(SMOOTH)(
  'with %s, weights that climb straight to a gap have moved as far as the bound',
  (activation) => {
    const ratios: number[] = [];
    for (let seed = 0; seed < 12; seed++) {
      const { first, second, weights } = drawn(seed, 0.05 + 0.1 * (seed % 4));
      const start = { data: Float32Array.from(weights), units: UNITS };
      let now = [...start.data];
      for (let step = 0; step < 60; step++) {
        const { gap, gradient } = gapOf(now, activation, first, second);
        const moved = norm(now.map((value, i) => value - start.data[i]!));
        const bound = pairBound(start, activation, { first, second, gap })!;
        expect(moved).toBeGreaterThanOrEqual(bound - 1e-6);
        if (bound > 0) ratios.push(moved / bound);
        const size = norm(gradient);
        now = now.map((value, i) => value + (0.5 * Math.sign(gap || 1) * gradient[i]!) / size);
      }
    }
    // The way straight up comes near the bound, so it is no empty one.
    expect(Math.min(...ratios)).toBeLessThan(4);
  },
);

test('bounds of slopes are those that are reached', () => {
  const points = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 250);
  const h = 1e-4;
  for (const activation of SMOOTH) {
    const slopes = points.map((z) => Math.abs(SLOPES[activation](z)));
    const bends = points.map((z) =>
      Math.abs((SLOPES[activation](z + h) - SLOPES[activation](z - h)) / (2 * h)),
    );
    expect(Math.max(...slopes)).toBeCloseTo(BOUNDS[activation].slope, 2);
    expect(Math.max(...bends)).toBeCloseTo(BOUNDS[activation].bend, 4);
    for (const z of [-3, -0.5, 0.2, 4]) {
      const phi = ACTIVATIONS[activation];
      expect((phi(z + h) - phi(z - h)) / (2 * h)).toBeCloseTo(SLOPES[activation](z), 6);
    }
  }
});

test('the bound over random starts is below that of the start itself, as often as it says', () => {
  const chance = 0.95;
  let held = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { first, second, weights } = drawn(1000 + seed, 0.2);
    const apart = norm(first.map((value, j) => value - second[j]!));
    const start = { data: Float32Array.from(weights), units: UNITS };
    const likely = likelyBound('softplus', {
      gap: 1,
      apart,
      units: UNITS,
      dimension: DIMENSION,
      chance,
    })!;
    if (pairBound(start, 'softplus', { first, second, gap: 1 })! >= likely) held++;
  }
  expect(held / 200).toBeGreaterThanOrEqual(chance);
});

test('without a bounded second derivative there is no bound', () => {
  const { first, second, weights } = drawn(0, 0.2);
  const start = { data: Float32Array.from(weights), units: UNITS };
  expect(pairBound(start, 'relu', { first, second, gap: 1 })).toBeNull();
  expect(statedBound('relu', 1, 0.1)).toBeNull();
  expect(statedBound('softplus', 1, 0.1)).toBeCloseTo(2, 12);
});
