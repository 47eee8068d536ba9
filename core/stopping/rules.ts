/** Known rules, each by itself: shown beside the recommendation, for comparison. */
import type { Verdict } from '../protocol/records.ts';
import type { StoppingSignals } from './signals.ts';

type Rule = (rows: readonly StoppingSignals[]) => number | null;

const PATIENCE = 5;

const RULES: Record<string, Rule> = {
  'Highest hold-out accuracy': (rows) => best(rows, (row) => row.holdoutAccuracy),
  'Lowest hold-out loss': (rows) => best(rows, (row) => negative(row.holdoutLoss)),
  [`Hold-out loss, patience ${PATIENCE}`]: patience,
  'Fewest prediction changes': (rows) => best(rows, (row) => negative(row.predictionChanges)),
  'Last epoch': (rows) => rows.at(-1)?.epoch ?? null,
};

/** What each rule says; rules whose signal is missing are left out. */
export function candidatesOf(rows: readonly StoppingSignals[]): Verdict['candidates'] {
  return Object.entries(RULES).flatMap(([method, rule]) => {
    const epoch = rule(rows);
    return epoch === null ? [] : [{ method, epoch }];
  });
}

/** The epoch with the highest value; null where no row has one. */
function best(
  rows: readonly StoppingSignals[],
  value: (row: StoppingSignals) => number | null,
): number | null {
  let top: { epoch: number; value: number } | null = null;
  for (const row of rows) {
    const found = value(row);
    if (found !== null && (!top || found > top.value)) top = { epoch: row.epoch, value: found };
  }
  return top?.epoch ?? null;
}

const negative = (value: number | null): number | null => (value === null ? null : -value);

/** The lowest loss before it first went without a lower one for `PATIENCE` epochs. */
function patience(rows: readonly StoppingSignals[]): number | null {
  let low: { epoch: number; loss: number } | null = null;
  for (const { epoch, holdoutLoss } of rows) {
    if (holdoutLoss === null) continue;
    if (!low || holdoutLoss < low.loss) low = { epoch, loss: holdoutLoss };
    else if (epoch - low.epoch >= PATIENCE) break;
  }
  return low?.epoch ?? null;
}
