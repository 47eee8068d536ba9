/** Pairs of classes: labels of one that are likely of another. */
import type { ClassPair } from '../contract/messages/labels.ts';
import type { Rate } from '../labels/audit.ts';
import type { PartOf } from './parts.ts';

/** Of many classes only so many pairs are told: all of 20 classes. */
const MOST = 400;

/**
 * The pairs of different classes of one part, the most expected first.
 * @param rate of the training labels: its interval is as wide for a pair, in proportion
 */
export function pairsOf({ rows, found, truth }: PartOf, classes: number, rate: Rate): ClassPair[] {
  const cells = () => new Float64Array(classes * classes);
  const [expected, spread, flagged, real] = [cells(), cells(), cells(), cells()];
  rows.forEach((row, i) => {
    for (let c = 0; c < classes; c++) {
      const chance = found.probabilities[i * classes + c]!;
      const at = row.given * classes + c;
      expected[at]! += chance;
      spread[at]! += chance * (1 - chance);
    }
    if (row.flagged) flagged[row.given * classes + row.suggested]!++;
    if (truth) real[row.given * classes + truth[i]!]!++;
  });
  const doubt = rate.estimate > 0 ? (rate.high - rate.low) / 2 / rate.estimate : 0;
  const order = [...expected.keys()].filter(
    (at) => at % classes !== Math.floor(at / classes) && (expected[at]! > 0 || real[at]! > 0),
  );
  order.sort((a, b) => expected[b]! - expected[a]!);
  return order.slice(0, MOST).map((at) => {
    const estimate = expected[at]!;
    const wide = Math.hypot(2 * Math.sqrt(spread[at]!), estimate * doubt);
    return {
      given: Math.floor(at / classes),
      likely: at % classes,
      flagged: flagged[at]!,
      expected: { estimate, low: Math.max(0, estimate - wide), high: estimate + wide },
      real: truth && real[at]!,
    };
  });
}
