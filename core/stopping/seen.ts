/** What a log shows of its training where nobody tells it. */
import { countOfShares } from './count.ts';
import type { StoppingSignals } from './signals.ts';

/** Where it is neither known nor seen. */
const USUAL_SAMPLES = 1000;
const USUAL_CLASSES = 10;
const MOST_CLASSES = 1000;

/** What training is known, or seen, to be like. */
export interface Training {
  classes: number;
  samples: number;
  /** Training accuracy of a network that knows nothing. */
  chance: number;
}

/**
 * What is not known is seen in the rows that are closest to chance.
 * @param rows after epoch 0
 * @param classes how many there are; null where nobody says
 */
export function trainingOf(rows: readonly StoppingSignals[], classes: number | null): Training {
  const accuracies = rows.flatMap((row) => row.trainAccuracy ?? []);
  const losses = rows.flatMap((row) => row.trainLoss ?? []);
  const changes = rows.flatMap((row) => row.predictionChanges ?? []);
  const lowest = Math.min(...accuracies, losses.length > 0 ? Math.exp(-Math.max(...losses)) : 1);
  const chance = classes ? 1 / classes : lowest;
  return {
    chance,
    classes: classes ?? inBounds(1 / chance),
    samples: countOfShares(accuracies) ?? Math.max(USUAL_SAMPLES, ...changes),
  };
}

/** How many classes an untrained network chose among, by its loss; a usual number where it is not there. */
export function classesSeen(rows: readonly StoppingSignals[]): number {
  const loss = rows.find(({ epoch }) => epoch === 0)?.trainLoss;
  return loss == null ? USUAL_CLASSES : inBounds(Math.exp(loss));
}

const inBounds = (classes: number): number =>
  Math.min(Math.max(2, Math.round(classes)), MOST_CLASSES);
