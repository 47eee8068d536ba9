/** Known rules, each by itself: shown beside the recommendation, for comparison. */
import type { Verdict } from '../contract/messages/records.ts';
import type { StoppingSignals } from './signals.ts';

/** What a rule says of a log: an epoch, or null where its signal is missing. */
export type Rule = (rows: readonly StoppingSignals[]) => number | null;

/** Epochs that Label Wave averages prediction changes over. */
const WAVE = 3;

/** The paper's own early stop: the epoch that the validation set likes best. */
export const HIGHEST_HOLDOUT = 'highestAccuracy';

/** Every rule by its id; its name is the text `verdict.rules`. */
export const RULES: Record<string, Rule> = {
  [HIGHEST_HOLDOUT]: (rows) => best(rows, (row) => row.holdoutAccuracy),
  lowestLoss: (rows) => best(rows, (row) => negative(row.holdoutLoss)),
  patience3: (rows) => patience(rows, 3),
  patience5: (rows) => patience(rows, 5),
  patience10: (rows) => patience(rows, 10),
  labelWave,
  last: (rows) => rows.at(-1)?.epoch ?? null,
};

/** What each rule says; rules whose signal is missing are left out. */
export function candidatesOf(rows: readonly StoppingSignals[]): Verdict['candidates'] {
  return Object.entries(RULES).flatMap(([rule, says]) => {
    const epoch = says(rows);
    return epoch === null ? [] : [{ rule, epoch }];
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

/** The lowest loss before it first went without a lower one for `epochs` rows. */
function patience(rows: readonly StoppingSignals[], epochs: number): number | null {
  let low: { epoch: number; loss: number; at: number } | null = null;
  const lost = rows.filter((row) => row.holdoutLoss !== null);
  for (const [at, { epoch, holdoutLoss }] of lost.entries()) {
    if (!low || holdoutLoss! < low.loss) low = { epoch, loss: holdoutLoss!, at };
    else if (at - low.at >= epochs) break;
  }
  return low?.epoch ?? null;
}

/**
 * The first local minimum of the moving average of prediction changes (Yuan, Feng, Liu 2025); the last
 * epoch where there is none yet.
 */
function labelWave(rows: readonly StoppingSignals[]): number | null {
  const changed = rows.filter((row) => row.predictionChanges !== null);
  const average = changed.map((_, i) => {
    const window = changed.slice(Math.max(0, i - WAVE + 1), i + 1);
    return window.reduce((sum, row) => sum + row.predictionChanges!, 0) / window.length;
  });
  const first = average.findIndex(
    (value, i) =>
      i > 0 && i < average.length - 1 && value < average[i - 1]! && value <= average[i + 1]!,
  );
  return changed.at(first)?.epoch ?? null;
}
