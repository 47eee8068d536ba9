/** Known rules, each by itself: shown beside the recommendation, for comparison. A new one is one file and its line here. */
import { listed } from '../../contract/catalogue/listed.ts';
import type { Verdict } from '../../contract/messages/records.ts';
import type { StoppingSignals } from '../signals.ts';
import { highestAccuracy, lowestLoss } from './holdout.ts';
import { labelWave } from './label-wave.ts';
import { last } from './last.ts';
import { patience10, patience3, patience5 } from './patience.ts';
import type { Rule } from './rule.ts';

export { highestAccuracy } from './holdout.ts';

/** Every rule, in the order in which they are shown. */
export const RULES = listed<Rule>('rule', [
  highestAccuracy,
  lowestLoss,
  patience3,
  patience5,
  patience10,
  labelWave,
  last,
]);

/** What each rule says; rules whose signal is missing are left out. */
export function candidatesOf(rows: readonly StoppingSignals[]): Verdict['candidates'] {
  return RULES.all.flatMap(({ id, epochOf }) => {
    const epoch = epochOf(rows);
    return epoch === null ? [] : [{ rule: id, epoch }];
  });
}
