import type { StoppingSignals } from '../signals.ts';
import type { Rule } from './rule.ts';

/** The paper's own early stop: the epoch that the validation set likes best. */
export const highestAccuracy: Rule = {
  id: 'highestAccuracy',
  epochOf: (rows) => best(rows, (row) => row.holdoutAccuracy),
};

/** The lowest loss of the hold-out. */
export const lowestLoss: Rule = {
  id: 'lowestLoss',
  epochOf: (rows) => best(rows, (row) => negative(row.holdoutLoss)),
};

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
