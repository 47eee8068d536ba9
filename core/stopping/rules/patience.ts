import type { StoppingSignals } from '../signals.ts';
import type { Rule } from './rule.ts';

/** Patience as training programs have it, with so many epochs. */
const withPatience = (epochs: number): Rule => ({
  id: `patience${epochs}`,
  epochOf: (rows) => patience(rows, epochs),
});
export const patience3 = withPatience(3);
export const patience5 = withPatience(5);
export const patience10 = withPatience(10);

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
