/** The rule on real runs that its constants were never fitted to; `npm run bench -- --stopping` tells all. */
import { describe, expect, test } from 'vitest';
import { shouldStop } from '../../../core/stopping/live.ts';
import { FIXTURE, readPacked } from '../../bench/stopping/corpus.ts';
import { outcomes, OURS } from '../../bench/stopping/evaluate.ts';
import type { Outcome, Setting } from '../../bench/stopping/evaluate.ts';

const runs = readPacked(FIXTURE).filter(({ use }) => use === 'never');

/** Every outcome in a setting; each setting is evaluated once. */
const found = new Map<string, Outcome[]>();
function outcomesIn(setting: Setting): Outcome[] {
  const key = JSON.stringify(setting);
  const known = found.get(key) ?? runs.flatMap((run) => outcomes(run, setting) ?? []);
  found.set(key, known);
  return known;
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

/** Mean regret of each rule, in points of test accuracy. */
function regrets(setting: Setting): Record<string, number> {
  const all = outcomesIn(setting);
  const means = [...new Set(all.map(({ rule }) => rule))].map((rule) => {
    const of = all.filter((outcome) => outcome.rule === rule);
    return [rule, mean(of.map(({ regret }) => regret))];
  });
  return Object.fromEntries(means) as Record<string, number>;
}

/** What is given, and the most that may be lost by it, in points. */
const CASES: [string, Setting, number][] = [
  ['samples of a hold-out of 100', { holdout: 100, record: true }, 2],
  ['samples of a hold-out of 200', { holdout: 200, record: true }, 1.15],
  ['samples of a hold-out of 500', { holdout: 500, record: true }, 0.95],
  ['samples of a hold-out of 1,000', { holdout: 1000, record: true }, 0.66],
  ['the curve of a hold-out of 100', { holdout: 100, record: false }, 2],
  ['the curve of a hold-out of 200', { holdout: 200, record: false }, 1.4],
  ['the curve of a hold-out of 500', { holdout: 500, record: false }, 1.15],
  ['the curve of a hold-out of 1,000', { holdout: 1000, record: false }, 0.78],
  ['training samples alone', { holdout: 0, record: true }, 1.7],
  ['training curves alone', { holdout: 0, record: false }, 3],
  ['training samples and the noise rate', { holdout: 0, record: true, rate: true }, 1.55],
  ['training curves and the noise rate', { holdout: 0, record: false, rate: true }, 2.1],
];

describe('on runs never fitted to', () => {
  test('there are enough of them, of three data sets', () => {
    expect(runs.length).toBeGreaterThan(100);
    expect(new Set(runs.map(({ data }) => data)).size).toBe(3);
  });

  test.each(CASES)('%s lose less than every known rule', (_name, setting, most) => {
    const { [OURS]: ours, ...others } = regrets(setting);
    for (const [rule, regret] of Object.entries(others)) {
      expect(ours, rule).toBeLessThan(regret);
    }
    expect(ours).toBeLessThan(most);
  });

  test('ranges hold the best about as often as they say, in ten bins and in every setting', () => {
    const ours = CASES.flatMap(([, setting]) =>
      outcomesIn(setting).filter(({ rule }) => rule === OURS),
    ).sort((a, b) => a.confidence! - b.confidence!);
    const gaps = Array.from({ length: 10 }, (_, bin) => {
      const at = (place: number) => Math.round((place * ours.length) / 10);
      return gapOf(ours.slice(at(bin), at(bin + 1)));
    });
    // Some 140 verdicts a bin: their share is known to about four points.
    expect(Math.max(...gaps)).toBeLessThan(0.09);
    expect(mean(gaps)).toBeLessThan(0.04);
    for (const [name, setting] of CASES) {
      const of = outcomesIn(setting).filter(({ rule }) => rule === OURS);
      expect(gapOf(of), name).toBeLessThan(0.1);
    }
  });
});

/** How far what verdicts say of their range is from how often it held the best. */
const gapOf = (of: readonly Outcome[]): number =>
  Math.abs(mean(of.map(({ confidence, inRange }) => confidence! - Number(inRange))));

describe('stopping by itself', () => {
  const verdict = (chanceAhead: number) => ({
    ...{ epoch: 1, low: 1, high: 1, confidence: 1, expectedLoss: 0, method: '' },
    ...{ phase: 'past' as const, reasons: [], why: [], candidates: [] },
    chanceAhead,
  });
  const sure = Array.from({ length: 5 }, () => verdict(0.1));

  test('waits for five verdicts that agree', () => {
    expect(shouldStop(sure, 0.2)).toBe(true);
    expect(shouldStop(sure.slice(1), 0.2)).toBe(false);
    expect(shouldStop([null, ...sure.slice(1)], 0.2)).toBe(false);
    expect(shouldStop([...sure.slice(1), verdict(0.3)], 0.2)).toBe(false);
  });

  test('a smaller chance waits longer', () => expect(shouldStop(sure, 0.05)).toBe(false));
});
