/** Numbers that figures tell: overlap of losses, slopes, distances, histograms, spreads. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auroc } from '../../../core/figures/auroc.ts';
import { distanceAt } from '../../../core/figures/distance.ts';
import { lossHistogram } from '../../../core/figures/histogram.ts';
import { slopeOf } from '../../../core/figures/slope.ts';
import { spread } from '../../../core/figures/spread.ts';
import { thinned } from '../../../core/figures/synthetic.ts';
import type { EpochRecord } from '../../../core/contract/messages/records.ts';

describe('AUROC', () => {
  test('is the share of pairs in which the one of the upper group is larger, ties half', () => {
    const values = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, values, (above, below) => {
        let won = 0;
        for (const a of above) for (const b of below) won += a > b ? 1 : a === b ? 0.5 : 0;
        expect(auroc(above, below)).toBeCloseTo(won / (above.length * below.length), 12);
      }),
    );
  });

  test('is not known where a group is empty', () => {
    expect(auroc([], [1])).toBeNull();
    expect(auroc([1], [])).toBeNull();
  });
});

describe('slopes on log axes', () => {
  test('of a power law are its power, with no width', () => {
    const points = [1, 2, 5, 9].map((x) => ({ x, y: 3 * x ** 1.5 }));
    const found = slopeOf(points)!;
    expect(found.slope).toBeCloseTo(1.5, 12);
    expect(found.factor).toBeCloseTo(3, 12);
    expect(found.high - found.low).toBeLessThan(1e-6);
  });

  test("have Student's interval", () => {
    const points = [2, 3, 7, 8, 12].map((y, i) => ({ x: i + 1, y }));
    const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)] as const);
    const n = logs.length;
    const mean = (k: 0 | 1) => logs.reduce((sum, pair) => sum + pair[k], 0) / n;
    const sxx = logs.reduce((sum, [x]) => sum + (x - mean(0)) ** 2, 0);
    const sxy = logs.reduce((sum, [x, y]) => sum + (x - mean(0)) * (y - mean(1)), 0);
    const slope = sxy / sxx;
    const rest = logs.reduce((s, [x, y]) => s + (y - mean(1) - slope * (x - mean(0))) ** 2, 0);
    // 3.182446 is Student's 97.5% quantile with 3 degrees of freedom, from any table.
    const reach = 3.182446 * Math.sqrt(rest / 3 / sxx);
    const found = slopeOf(points)!;
    expect(found.slope).toBeCloseTo(slope, 12);
    expect(found.low).toBeCloseTo(slope - reach, 5);
    expect(found.high).toBeCloseTo(slope + reach, 5);
  });

  test('need three points and two places', () => {
    expect(
      slopeOf([
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ]),
    ).toBeNull();
    expect(slopeOf([1, 2, 3].map((y) => ({ x: 4, y })))).toBeNull();
  });
});

test('the distance at an accuracy lies between the epochs around it', () => {
  const rows = [
    { trainAccuracy: 0.1, relativeDistance: 0 },
    { trainAccuracy: 0.5, relativeDistance: 0.2 },
    { trainAccuracy: 0.4, relativeDistance: 0.3 },
    { trainAccuracy: 0.9, relativeDistance: 0.8 },
  ] as EpochRecord[];
  expect(distanceAt(rows, 0.05)).toBe(0);
  expect(distanceAt(rows, 0.3)).toBeCloseTo(0.1, 12);
  expect(distanceAt(rows, 0.65)).toBeCloseTo(0.55, 12);
  expect(distanceAt(rows, 0.95)).toBeNull();
});

test('a histogram holds all of each group, the far ones in its last bin', () => {
  const right = [0, 0.1, 0.1, 0.2];
  const wrong = [...Array.from({ length: 200 }, () => 1.5), 900];
  const panel = lossHistogram('x', { code: 'x' }, { right, wrong });
  if (panel.kind !== 'histogram') throw new Error('not a histogram');
  expect(panel.edges).toHaveLength(panel.series[0]!.counts.length + 1);
  expect(panel.edges.at(-1)).toBe(2);
  for (const { counts } of panel.series) {
    expect(counts.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  }
  expect(panel.series[1]!.counts.at(-1)).toBeCloseTo(1 / 201, 12);
});

test('spread is one standard deviation, and none of a single value', () => {
  expect(spread(3, [1])).toEqual({ x: 3, y: 1 });
  const { y, low, high } = spread(3, [1, 2, 3]);
  expect([y, low, high]).toEqual([2, 1, 3]);
});

test('points are thinned evenly on a log axis, both ends kept near', () => {
  const points = Array.from({ length: 5001 }, (_, iteration) => ({ iteration }));
  const kept = thinned(points).map(({ iteration }) => iteration);
  expect(kept.slice(0, 4)).toEqual([1, 2, 3, 4]);
  expect(kept.length).toBeLessThan(320);
  expect(kept.at(-1)).toBeGreaterThan(4850);
  expect(new Set(kept).size).toBe(kept.length);
});
