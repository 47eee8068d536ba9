/** Which point pointer and keys mean, and which values a form asks for. */
import { expect, test } from 'vitest';
import type { FigureField } from '../../../core/contract/messages/figures.ts';
import { fits } from '../../../renderer/places/paper/fields.ts';
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
  const whole: FigureField = { kind: 'number', id: 'n', min: 1, max: 9, step: 1, slider: true };
  expect([1, 9, 5].map((value) => fits(whole, value))).toEqual([true, true, true]);
  expect([0, 10, 1.5, NaN].map((value) => fits(whole, value))).toEqual(Array(4).fill(false));
  const list: FigureField = { kind: 'numbers', id: 'l', min: 0, max: 1 };
  expect(fits(list, [0, 0.5, 1])).toBe(true);
  for (const value of [[], [2], [NaN], Array(31).fill(0)]) expect(fits(list, value)).toBe(false);
  const choice: FigureField = { kind: 'choice', id: 'c', options: ['a', 'b'] };
  expect([fits(choice, 'a'), fits(choice, 'c')]).toEqual([true, false]);
  const data: FigureField = { kind: 'data', id: 'd', builtIn: ['mnist'] };
  expect([fits(data, '/home/ada/x'), fits(data, '')]).toEqual([true, false]);
});
