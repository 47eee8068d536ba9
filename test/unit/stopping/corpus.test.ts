/** The rule on real runs that its constants were never fitted to; `npm run bench -- --stopping` tells all. */
import { describe, expect, test } from 'vitest';
import { shouldStop } from '../../../core/stopping/live.ts';
import { readPacked } from '../../bench/stopping/corpus.ts';
import { outcomes, OURS } from '../../bench/stopping/evaluate.ts';
import type { Setting } from '../../bench/stopping/evaluate.ts';

const runs = readPacked('test/fixtures/stopping-runs.br').filter(({ use }) => use === 'never');

/** Mean regret of each rule, in points of test accuracy. */
function regrets(setting: Setting): Record<string, number> {
  const found = runs.flatMap((run) => outcomes(run, setting) ?? []);
  const means = [...new Set(found.map(({ rule }) => rule))].map((rule) => {
    const of = found.filter((outcome) => outcome.rule === rule);
    return [rule, of.reduce((sum, { regret }) => sum + regret, 0) / of.length];
  });
  return Object.fromEntries(means) as Record<string, number>;
}

describe('on runs never fitted to', () => {
  test('there are enough of them, of three data sets', () => {
    expect(runs.length).toBeGreaterThan(100);
    expect(new Set(runs.map(({ data }) => data)).size).toBe(3);
  });

  test.each([
    ['samples of a hold-out of 200', { holdout: 200, record: true }, 1.5],
    ['samples of a hold-out of 1,000', { holdout: 1000, record: true }, 0.8],
    ['the curve of a hold-out of 200', { holdout: 200, record: false }, 1.5],
    ['the curve of a hold-out of 1,000', { holdout: 1000, record: false }, 0.85],
    ['training samples alone', { holdout: 0, record: true }, 2.5],
    ['training curves alone', { holdout: 0, record: false }, 5],
  ])('%s lose less than every known rule', (_name, setting, most) => {
    const { [OURS]: ours, ...others } = regrets(setting);
    for (const [rule, regret] of Object.entries(others)) {
      expect(ours, rule).toBeLessThan(regret);
    }
    expect(ours).toBeLessThan(most);
  });
});

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
