/** Which point pointer and keys mean, and which values a form asks for. */
import { expect, test } from 'vitest';
import { fits } from '../../../core/contract/catalogue/check.ts';
import { choice, data, list, slider } from '../../../core/contract/catalogue/field.ts';
import { nearestSpot, nextSpot } from '../../../renderer/places/paper/spots.ts';

const spot = (name: string, x: number, y: number) => ({ name, x, y, values: [] });
/** Two series; the first is not in the order of x. */
const SPOTS = [
  spot('a', 20, 5),
  spot('a', 10, 5),
  spot('a', 30, 5),
  spot('b', 12, 50),
  spot('b', 29, 50),
];

test('the pointer means the nearest point, and none that is far', () => {
  expect(nearestSpot(SPOTS, 11, 8)).toBe(1);
  expect(nearestSpot(SPOTS, 28, 40)).toBe(4);
  expect(nearestSpot(SPOTS, 200, 40)).toBe(null);
  expect(nearestSpot([], 0, 0)).toBe(null);
});

test('Left and Right go along x, Home and End to the ends, Up and Down to the other series', () => {
  expect(nextSpot(SPOTS, null, 'ArrowRight')).toBe(0);
  expect(nextSpot(SPOTS, 0, 'ArrowRight')).toBe(2);
  expect(nextSpot(SPOTS, 2, 'ArrowRight')).toBe(2);
  expect(nextSpot(SPOTS, 0, 'ArrowLeft')).toBe(1);
  expect(nextSpot(SPOTS, 0, 'Home')).toBe(1);
  expect(nextSpot(SPOTS, 0, 'End')).toBe(2);
  expect(nextSpot(SPOTS, 2, 'ArrowDown')).toBe(4);
  expect(nextSpot(SPOTS, 4, 'ArrowUp')).toBe(2);
  expect(nextSpot(SPOTS, 4, 'ArrowDown')).toBe(4);
  expect(nextSpot(SPOTS, 0, 'Enter')).toBe(null);
  expect(nextSpot([], null, 'Home')).toBe(null);
});

test('a value fits as the core will see it', () => {
  const whole = slider('n', 1, 9);
  expect([1, 9, 5].map((value) => fits(whole, value))).toEqual([true, true, true]);
  expect([0, 10, 1.5, NaN].map((value) => fits(whole, value))).toEqual(Array(4).fill(false));
  const shares = list('l', 0, 1);
  expect(fits(shares, [0, 0.5, 1])).toBe(true);
  for (const value of [[], [2], [NaN], Array(31).fill(0)]) expect(fits(shares, value)).toBe(false);
  const one = choice('c', 'a', 'b');
  expect([fits(one, 'a'), fits(one, 'c')]).toEqual([true, false]);
  const source = data('d', 'mnist');
  expect([fits(source, '/home/ada/x'), fits(source, '')]).toEqual([true, false]);
});
