/** What each stopping rule would have cost, told in hindsight from test data. */
import { ruleNameIn } from '../../core/contract/messages/verdict.ts';
import { bestInHindsight } from '../../core/contract/messages/hindsight.ts';
import type { EpochView, RunView, Verdict } from '../../core/contract/messages/records.ts';
import { t } from './texts.ts';

/** The recommendation itself among the rules. */
export const OURS = 'ours';

/** What a rule is called. */
export const ruleName = (rule: string): string => ruleNameIn(rule, t);

/** An epoch that a rule names, and what stopping there would have cost. */
export interface RuleCost {
  name: string;
  epoch: number;
  /** Test accuracy there, 0 to 1; null where it was not measured. */
  test: number | null;
  /** Test accuracy (0 to 1) below the best epoch's; null where it was not measured. */
  cost: number | null;
}

/** The recommendation first, then every rule. */
export function ruleCosts(verdict: Verdict, epochs: readonly EpochView[]): RuleCost[] {
  const best = bestInHindsight(epochs)?.record.testAccuracy ?? null;
  const tests = new Map(epochs.map(({ record }) => [record.epoch, record.testAccuracy]));
  const named = [{ rule: OURS, epoch: verdict.epoch }, ...verdict.candidates];
  return named.map(({ rule, epoch }) => {
    const test = tests.get(epoch) ?? null;
    return { name: rule, epoch, test, cost: best === null || test === null ? null : best - test };
  });
}

/** A rule over several runs. */
export interface RuleOverRuns {
  name: string;
  /** In how many runs it could be judged. */
  runs: number;
  /** Accuracies, 0 to 1, below the best epoch's. */
  mean: number;
  worst: number;
  /** The name of the run in which it cost most. */
  worstRun: string;
}

/** Runs that rules can be judged on: those with test data and a verdict. */
export function judgeable(views: readonly RunView[]): RunView[] {
  return views.filter(({ verdict, epochs }) => verdict !== null && bestInHindsight(epochs));
}

/** Mean and worst cost of each rule over runs, the least mean first. */
export function rulesOverRuns(views: readonly RunView[]): RuleOverRuns[] {
  const found = new Map<string, { cost: number; run: string }[]>();
  for (const { row, verdict, epochs } of judgeable(views)) {
    for (const { name, cost } of ruleCosts(verdict!, epochs)) {
      if (cost === null) continue;
      found.set(name, [...(found.get(name) ?? []), { cost, run: row.name }]);
    }
  }
  const rules = [...found].map(([name, costs]) => {
    const worst = costs.reduce((a, b) => (b.cost > a.cost ? b : a));
    const mean = costs.reduce((sum, { cost }) => sum + cost, 0) / costs.length;
    return { name, runs: costs.length, mean, worst: worst.cost, worstRun: worst.run };
  });
  return rules.toSorted((a, b) => a.mean - b.mean);
}
