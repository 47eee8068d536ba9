/** The constants are those that anyone makes from the kept runs with `npm run fit-stopping`. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CONSTANTS, MADE } from '../../../core/stopping/constants.ts';
import { FIXTURE, readPacked } from '../../bench/stopping/corpus.ts';
import { lineOf, logistic } from '../../bench/stopping/fit/calibrate.ts';
import { PLAN } from '../../bench/stopping/fit/plan.ts';
import { fitGroup } from '../../bench/stopping/fit/search.ts';

const runs = readPacked(FIXTURE).filter(({ use }) => use === 'fit');

describe('the constants', () => {
  test('were made from these runs, of data that they are not judged on', () => {
    expect(MADE.sha256).toBe(createHash('sha256').update(readFileSync(FIXTURE)).digest('hex'));
    expect(MADE.runs).toBe(runs.length);
    expect([...new Set(runs.map(({ data }) => data))].sort()).toEqual(['clusters', 'mnist']);
    const places = PLAN.flatMap(({ part, values }) =>
      Object.keys(values).map((at) => `${part}.${at}`),
    );
    expect(Object.keys(MADE.tried)).toEqual(places);
  });

  // Those of curves alone take seconds; the command fits all of them.
  test.each(PLAN.filter(({ part }) => part.startsWith('blindCurves')))(
    'of $part come out again',
    (group) => {
      const { constants, tried } = fitGroup(runs, group, CONSTANTS);
      expect(constants).toEqual(CONSTANTS);
      for (const { constant, taken, values } of tried) {
        expect(
          values.some(({ value }) => value === taken),
          constant,
        ).toBe(true);
      }
    },
  );

  test.each(['blindCurves', 'blindRecord'] as const)(
    'of how sure %s are come out again',
    (kind) => {
      expect(lineOf(runs, kind, CONSTANTS)).toEqual(CONSTANTS.calibration[kind]);
    },
  );
});

describe('logistic regression', () => {
  test('finds the log odds of a single group, short of what its wish for small ones takes', () => {
    const points = Array.from({ length: 1000 }, (_, i) => ({ x: [1], held: i < 700 }));
    expect(logistic(points)[0]).toBeCloseTo(Math.log(0.7 / 0.3), 2);
  });

  test('finds the line through two groups', () => {
    const group = (x: number, held: number) =>
      Array.from({ length: 2000 }, (_, i) => ({ x: [x, 1], held: i < 2000 * held }));
    const [slope, offset] = logistic([...group(0, 0.2), ...group(1, 0.6)]);
    const odds = (chance: number) => Math.log(chance / (1 - chance));
    expect(offset).toBeCloseTo(odds(0.2), 1);
    expect(slope).toBeCloseTo(odds(0.6) - odds(0.2), 1);
  });
});
