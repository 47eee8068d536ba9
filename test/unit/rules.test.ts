/** What rules would have cost in hindsight, and their marks on the chart. */
import { expect, test } from 'vitest';
import type { EpochView, RunView, Verdict } from '../../core/contract/messages/records.ts';
import { bestInHindsight } from '../../core/contract/messages/hindsight.ts';
import { groupMarks, ruleMarks } from '../../renderer/places/lab/specs/rule-marks.ts';
import { judgeable, OURS, ruleCosts, rulesOverRuns } from '../../renderer/words/rules.ts';

const verdictOf = (epoch: number, candidates: Verdict['candidates']): Verdict => ({
  epoch,
  low: epoch,
  high: epoch,
  confidence: 1,
  chanceAhead: 0,
  expectedLoss: 0,
  method: '',
  phase: 'past',
  why: [],
  candidates,
});

/** Epochs with these test accuracies, undefined where there is none. */
const epochsOf = (...tests: (number | undefined)[]): EpochView[] =>
  tests.map((testAccuracy, epoch) => ({ record: { epoch, testAccuracy } }) as unknown as EpochView);

const runOf = (name: string, verdict: Verdict | null, epochs: EpochView[]): RunView =>
  ({ row: { name }, verdict, epochs }) as RunView;

const rules = [
  { rule: 'Early', epoch: 1 },
  { rule: 'last', epoch: 3 },
];

test('costs are points of test accuracy below the best, the recommendation being first', () => {
  const costs = ruleCosts(verdictOf(2, rules), epochsOf(0.1, 0.8, 0.875, 0.5));
  expect(costs).toEqual([
    { name: OURS, epoch: 2, test: 0.875, cost: 0 },
    { name: 'Early', epoch: 1, test: 0.8, cost: expect.closeTo(0.075) as number },
    { name: 'last', epoch: 3, test: 0.5, cost: 0.375 },
  ]);
});

test('without test data there is no cost and no best', () => {
  const untested = epochsOf(undefined, undefined);
  expect(bestInHindsight(untested)).toBeNull();
  expect(ruleCosts(verdictOf(1, []), untested)[0]).toMatchObject({ test: null, cost: null });
});

test('over runs: mean and worst of each rule, the least mean first, over runs that can be evaluated', () => {
  const views = [
    runOf('a', verdictOf(2, rules), epochsOf(0, 0.75, 1, 0.5)),
    runOf('b', verdictOf(1, [rules[1]!]), epochsOf(0, 0.75, 1, 1)),
    runOf('untested', verdictOf(1, rules), epochsOf(undefined, undefined)),
    runOf('too short', null, epochsOf(0.1)),
  ];
  expect(judgeable(views).map(({ row }) => row.name)).toEqual(['a', 'b']);
  expect(rulesOverRuns(views)).toEqual([
    { name: OURS, runs: 2, mean: 0.125, worst: 0.25, worstRun: 'b' },
    { name: 'Early', runs: 1, mean: 0.25, worst: 0.25, worstRun: 'a' },
    { name: 'last', runs: 2, mean: 0.25, worst: 0.5, worstRun: 'a' },
  ]);
});

test('marks that would touch are one, in order, with all their rules', () => {
  const verdict = verdictOf(2, [
    { rule: 'Late', epoch: 3 },
    { rule: 'Early', epoch: 1 },
    { rule: 'Also early', epoch: 1 },
    { rule: 'Next', epoch: 2 },
    { rule: 'Not measured', epoch: 9 },
  ]);
  const marks = ruleMarks(verdict, epochsOf(0, 0, 0, 0), ({ record }) => record.epoch);
  const groups = groupMarks(marks, (x) => 10 * x, 14);
  expect(groups).toEqual([
    {
      pixel: 10,
      epoch: 1,
      at: [
        { epoch: 1, names: ['Early', 'Also early'] },
        { epoch: 2, names: ['Next'] },
      ],
    },
    { pixel: 30, epoch: 3, at: [{ epoch: 3, names: ['Late'] }] },
  ]);
});
