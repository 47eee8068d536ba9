/** What test data say when a run has ended. */
import type { EpochView } from './records.ts';

/** The best epoch by test accuracy: hindsight, which no recommendation may use. */
export function bestInHindsight(epochs: readonly EpochView[]): EpochView | null {
  let best: EpochView | null = null;
  for (const view of epochs) {
    const { testAccuracy } = view.record;
    if (testAccuracy === undefined) continue;
    if (testAccuracy > (best?.record.testAccuracy ?? -1)) best = view;
  }
  return best;
}
