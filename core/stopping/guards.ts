/** Which epochs may be the best where there is no hold-out: learning has begun, and memorizing does not rule yet. */
import { logEpochs } from './blocks.ts';
import type { StoppingConstants } from './constants.ts';
import { trainingOf } from './seen.ts';
import type { StoppingSignals } from './signals.ts';
import { smooth } from './smooth.ts';
import { BANDWIDTH } from './trend.ts';

/**
 * Walks forward through the rows whose training accuracy has left chance. The walk ends once the best
 * has stayed unbeaten for so many rows while training loss fell below what its accuracy asks for: the
 * network grows sure of labels that it learns by heart.
 * @param scores of the rows, higher is better
 * @returns the rows that may be the best, by place; the best of them; none where training never left chance
 */
export function walk(
  rows: readonly StoppingSignals[],
  scores: readonly number[],
  classes: number | null,
  { rise, errors, patience, fall }: StoppingConstants['guards'],
): { places: number[]; best: number } | null {
  const training = trainingOf(rows, classes);
  const left = memorizing(rows, training.classes);
  const top = Math.max(...rows.map((row) => row.trainAccuracy ?? 0)) - training.chance;
  const error = Math.sqrt(1 / (training.classes * training.samples));
  const needed = Math.max(rise * top, errors * error);
  const places: number[] = [];
  let best = -1;
  for (const [i, { trainAccuracy }] of rows.entries()) {
    if (trainAccuracy !== null && trainAccuracy - training.chance < needed) continue;
    places.push(i);
    if (best < 0 || scores[i]! > scores[best]!) best = i;
    else if (left && i - best >= patience && left[best]! - left[i]! >= fall) break;
  }
  return best < 0 ? null : { places, best };
}

/**
 * log of training loss over the least that its accuracy allows on average (every class alike among the
 * wrong ones), smoothed; null where either is not known.
 */
function memorizing(rows: readonly StoppingSignals[], classes: number): number[] | null {
  if (rows.some((row) => row.trainAccuracy === null || !((row.trainLoss ?? 0) > 0))) return null;
  const ratios = rows.map(({ trainAccuracy, trainLoss }) => {
    const right = Math.min(Math.max(trainAccuracy!, 1e-4), 1 - 1e-4);
    const least = -right * Math.log(right) - (1 - right) * Math.log((1 - right) / (classes - 1));
    return Math.log(trainLoss! / least);
  });
  return smooth(logEpochs(rows), ratios, BANDWIDTH);
}
