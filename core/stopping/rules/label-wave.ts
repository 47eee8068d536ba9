import type { StoppingSignals } from '../signals.ts';
import type { Rule } from './rule.ts';

/** Label Wave, which needs no hold-out. */
export const labelWave: Rule = { id: 'labelWave', epochOf: (rows) => firstMinimum(rows) };

/** Epochs that Label Wave averages prediction changes over. */
const WAVE = 3;

/**
 * The first local minimum of the moving average of prediction changes (Yuan, Feng, Liu 2025); the last
 * epoch where there is none yet.
 */
function firstMinimum(rows: readonly StoppingSignals[]): number | null {
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
