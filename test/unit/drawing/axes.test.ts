/** Scales, ticks and how they are written. */
import { expect, test } from 'vitest';
import { evenWords, logWords, power, valueWords } from '../../../core/contract/drawing/numbers.ts';
import { domainOf, scaleOf, ticksOf } from '../../../core/contract/drawing/scales.ts';
import type { Axis } from '../../../core/contract/messages/charts.ts';
import { keyPhrase } from './samples.ts';

const axis = (changes: Partial<Axis> = {}): Axis => ({
  title: keyPhrase('x'),
  scale: 'linear',
  format: 'number',
  ...changes,
});
const log = axis({ scale: 'log' });
const named = (...asked: Parameters<typeof ticksOf>) =>
  ticksOf(...asked)
    .map((tick) => tick.words)
    .filter(Boolean);

test('a log axis is ticked at powers of ten, with 2 and 5 between where there is room', () => {
  expect(named(log, [1, 1000], 5)).toEqual(['1', '10', '100', '1,000']);
  expect(named(log, [1, 100], 9)).toEqual(['1', '2', '5', '10', '20', '50', '100']);
  expect(named(log, [1, 100], 6)).toEqual(['1', '3', '10', '30', '100']);
  expect(named(log, [1e-12, 1e6], 7)).toEqual([
    '10⁻¹²',
    '10⁻⁹',
    '10⁻⁶',
    '0.001',
    '1',
    '1,000',
    '10⁶',
  ]);
  expect(ticksOf(log, [1, 100], 3)).toHaveLength(19);
});

test('less than a decade of a log axis is ticked evenly', () => {
  expect(named(log, [20, 60], 4)).toEqual(['20', '30', '40', '50', '60']);
});

test('ticks carry the decimals that their step needs, and percent', () => {
  expect(named(axis(), [0, 1], 5)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1.0']);
  expect(named(axis({ format: 'percent' }), [0, 0.02], 4)).toEqual(
    ['0', '0.5', '1.0', '1.5', '2.0'].map((share) => `${share}%`),
  );
  expect(evenWords([-0.5, 0, 0.5], 'number')).toEqual(['\u22120.5', '0', '0.5']);
  expect(evenWords([0, 2e-5, 4e-5], 'number')).toEqual(['0', '2·10⁻⁵', '4·10⁻⁵']);
});

test('values are written with four significant digits, and very great and small ones with powers', () => {
  expect(valueWords(1234.567, 'number')).toBe('1,235');
  expect(valueWords(-0.0123456, 'number')).toBe('\u22120.01235');
  expect(valueWords(2.5e-7, 'number')).toBe('2.5·10⁻⁷');
  expect(valueWords(0, 'number')).toBe('0');
  expect(valueWords(0.9333, 'percent')).toBe('93.3%');
  expect(logWords(1e5, 'number')).toBe('10⁵');
  expect(logWords(0.001, 'percent')).toBe('0.1%');
  expect(power(-12)).toBe('10⁻¹²');
});

test('an axis spans its values with room, but not below 0, and what a log axis cannot hold is left out', () => {
  expect(domainOf(axis(), [0, 10])).toEqual([0, 10.4]);
  expect(domainOf(axis({ min: 2, max: 3 }), [0, 10])).toEqual([2, 3]);
  const [least, most] = domainOf(log, [0, -1, 1, 100, NaN, undefined]);
  expect(least).toBeCloseTo(1 / 100 ** 0.04, 9);
  expect(most).toBeCloseTo(100 * 100 ** 0.04, 7);
});

test('nothing to span, or one value, still makes an axis', () => {
  for (const values of [[], [5], [NaN]]) {
    for (const each of [axis(), log]) {
      const [least, most] = domainOf(each, values);
      expect(most).toBeGreaterThan(least);
      expect(ticksOf(each, [least, most], 5).length).toBeGreaterThan(1);
      expect(scaleOf(each, [least, most], [0, 100])(most)).toBeCloseTo(100, 9);
    }
  }
});

test('an axis that says so has ticks at its step, at whole numbers, or at most so many', () => {
  expect(named(axis({ format: 'percent', step: 0.25 }), [0, 1], 6)).toEqual(
    ['0', '25', '50', '75', '100'].map((share) => `${share}%`),
  );
  // Where there is no room for them, others are taken.
  expect(named(axis({ step: 0.01 }), [0, 1], 6)).toHaveLength(6);
  expect(named(axis({ format: 'whole' }), [0, 2], 8)).toEqual(['0', '1', '2']);
  expect(named(axis({ format: 'whole' }), [0, 12_000], 3)).toEqual(['0', '5,000', '10,000']);
  for (let most = 3; most < 500; most += 7) {
    expect(named(axis({ ticks: 5 }), [0, most], 9).length).toBeLessThanOrEqual(5);
  }
});

test('open ends of a nice axis lie at ticks, and stay while values come in', () => {
  const nice = axis({ min: 0, nice: true, ticks: 5 });
  expect(domainOf(nice, [0, 5.28])).toEqual([0, 6]);
  expect(domainOf(nice, [0, 5.9])).toEqual([0, 6]);
  expect(domainOf(axis({ nice: true, ticks: 5 }), [0.53, 2.17])).toEqual([0.5, 2.5]);
  for (let most = 0.01; most < 1e4; most *= 1.7) {
    const domain = domainOf(nice, [0, most]);
    const ticks = ticksOf(nice, domain, 9).map(({ at }) => at);
    expect([domain[0], ticks.length <= 5]).toEqual([0, true]);
    expect(ticks.at(-1)).toBeCloseTo(domain[1], 9);
  }
  // At epoch 0 nothing has moved yet.
  expect(domainOf(axis({ min: 0, nice: true }), [0])).toEqual([0, 1]);
});
