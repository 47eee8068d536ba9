/** Descent on features of several scales: against steps taken one by one, drawn samples, and double descent. */
import { randomNormal } from 'd3-random';
import { describe, expect, test } from 'vitest';
import { descentsOf } from '../../core/figures/double-descent.ts';
import { figureOf } from '../../core/figures/index.ts';
import { settingsOf } from '../../core/figures/settings.ts';
import type { FigureSettings } from '../../core/contract/messages/figures.ts';
import { randomOf } from '../../core/random.ts';
import { errorOf, linearData, linearDescent } from '../../core/theory/linear-descent.ts';

const GROUPS = [
  { count: 3, scale: 1, signal: 0.6 },
  { count: 20, scale: 0.3, signal: 0 },
  { count: 2, scale: 0.05, signal: 0.4 },
];

describe('gradient descent', () => {
  test('in closed form is where single steps lead, more features than samples too', () => {
    for (const samples of [12, 60]) {
      const data = linearData(GROUPS, samples, 0.2, 4);
      const rows = data.inputs.to2DArray();
      // The largest eigenvalue by power iteration, as the closed form must not be asked for it.
      let along = rows[0]!.map(() => 1);
      let largest = 0;
      const product = (w: number[]) => rows.map((x) => x.reduce((sum, v, j) => sum + v * w[j]!, 0));
      const back = (r: number[]) =>
        along.map((_, j) => rows.reduce((sum, x, i) => sum + x[j]! * r[i]!, 0) / samples);
      for (let i = 0; i < 2000; i++) {
        const next = back(product(along));
        largest = Math.hypot(...next);
        along = next.map((value) => value / largest);
      }
      const weights = Array.from(data.start);
      const course = linearDescent(data, [0, 1, 7, 300]);
      let done = 0;
      for (const { iteration, test: error, trainGiven, trainTrue } of course) {
        for (; done < iteration; done++) {
          const off = product(weights).map((output, i) => output - data.given[i]!);
          back(off).forEach((slope, j) => (weights[j]! -= (0.1 / largest) * slope));
        }
        expect(error).toBeCloseTo(errorOf(weights, data), 6);
        const outputs = product(weights);
        const wrong = (labels: Int8Array) =>
          outputs.filter((output, i) => Math.sign(output) !== labels[i]).length / samples;
        expect(trainGiven).toBeCloseTo(wrong(data.given), 12);
        expect(trainTrue).toBeCloseTo(wrong(data.truth), 12);
      }
    }
  });

  test('tells the error that drawn samples show', () => {
    const data = linearData(GROUPS, 40, 0, 9);
    const weights = Array.from(data.theta, (value, i) => value + (i % 3) - 1);
    const normal = randomNormal.source(randomOf(5, 'test').real)();
    const draws = 20_000;
    let wrong = 0;
    for (let i = 0; i < draws; i++) {
      const x = Array.from(data.scales, (scale) => scale * normal());
      const output = (w: ArrayLike<number>) => x.reduce((sum, v, j) => sum + v * w[j]!, 0);
      if (output(weights) * output(data.theta) < 0) wrong++;
    }
    const error = errorOf(weights, data);
    const deviation = Math.sqrt((error * (1 - error)) / draws);
    expect(Math.abs(wrong / draws - error)).toBeLessThan(4 * deviation);
    expect(errorOf(data.theta, data)).toBeCloseTo(0, 6);
    expect(
      errorOf(
        data.theta.map((value) => -value),
        data,
      ),
    ).toBeCloseTo(1, 6);
  });

  test('has labels of which the share that was asked for is wrong, and the signal where it was put', () => {
    const data = linearData(GROUPS, 4000, 0.2, 1);
    const wrong = data.given.filter((label, i) => label !== data.truth[i]).length / 4000;
    expect(Math.abs(wrong - 0.2)).toBeLessThan(4 * Math.sqrt(0.16 / 4000));
    const part = (from: number, to: number) =>
      data.theta.slice(from, to).reduce((sum, v, i) => sum + (v * data.scales[from + i]!) ** 2, 0);
    expect([part(0, 3), part(3, 23), part(23, 25)].map((v) => +v.toFixed(9))).toEqual([
      0.6, 0, 0.4,
    ]);
    expect(linearData(GROUPS, 4000, 0, 1).given).toEqual(data.truth);
  });
});

describe('a second descent', () => {
  test('is a fall, a rise and a fall', () => {
    expect(descentsOf([5, 3, 1, 2, 4, 3, 2, 2])).toEqual({ low: 2, high: 4, again: 6 });
    expect(descentsOf([5, 4, 3, 2])).toBeNull();
    expect(descentsOf([1, 2, 3, 2])).toBeNull();
    expect(descentsOf([3, 1, 2, 3])).toBeNull();
  });

  const seen = async (changes: FigureSettings) => {
    const { info, open } = figureOf('descent');
    const { findings, panels } = await open(settingsOf(info, undefined, changes), '');
    const [panel] = panels;
    if (panel?.kind !== 'chart') throw new Error('no chart');
    return { code: findings[0]!.code, errors: panel.series[0]!.points.map(({ y }) => y) };
  };

  test.each([0, 1, 2, 3, 4])('shows with the first settings, seed %i', async (seed) => {
    const { code, errors } = await seen({ seed });
    expect(code).toBe('figures.findings.doubleDescent');
    const { low, high, again } = descentsOf(errors)!;
    expect(errors[0]! - errors[low]!).toBeGreaterThan(0.05);
    expect(errors[high]! - errors[low]!).toBeGreaterThan(0.01);
    expect(errors[high]! - errors[again]!).toBeGreaterThan(0.01);
  });

  test('is not there where fine features carry nothing', async () => {
    expect((await seen({ coarse: 1 })).code).toBe('figures.findings.singleDescent');
  });
});
