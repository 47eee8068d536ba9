/** What the window draws of an epoch, computed from what the network said about each sample. */
import type { Labels } from '../data/labels.ts';
import type { EpochDetail, EpochView } from '../contract/messages/records.ts';
import type { Dynamics, RunLabels } from './read.ts';

/** The histogram's range of losses and its bins; the last bin takes what lies beyond. */
export const LOSS_MAX = 8;
export const LOSS_BINS = 32;

/** The parts of a run that its views need. */
export type ViewLabels = Pick<RunLabels, 'given' | 'truth' | 'wall'>;

/** What is drawn of an epoch besides its record. */
export interface DynamicsView {
  outcomes: EpochView['outcomes'];
  detail: EpochDetail;
}

/** What one epoch looks like. */
export function dynamicsView(
  epoch: number,
  { predicted, loss }: Pick<Dynamics, 'predicted' | 'loss'>,
  labels: ViewLabels,
): DynamicsView {
  return {
    outcomes: outcomesOf(predicted, labels),
    detail: {
      epoch,
      histogram: histogramOf(loss, labels),
      wall: {
        predicted: Array.from(labels.wall, (place) => predicted[place]!),
        loss: Array.from(labels.wall, (place) => loss[place]!),
      },
    },
  };
}

/** What the network calls the samples whose label is wrong; null where none is known to be. */
export function outcomesOf(predicted: Labels, { given, truth }: ViewLabels): EpochView['outcomes'] {
  if (!truth) return null;
  let [recovered, memorized, other] = [0, 0, 0];
  for (let i = 0; i < given.length; i++) {
    if (given[i] === truth[i]) continue;
    if (predicted[i] === truth[i]) recovered++;
    else if (predicted[i] === given[i]) memorized++;
    else other++;
  }
  return recovered + memorized + other > 0 ? { recovered, memorized, other } : null;
}

/** Losses of samples with right and with wrong labels; all count as right where it is unknown. */
export function histogramOf(
  loss: Float32Array,
  { given, truth }: ViewLabels,
): EpochDetail['histogram'] {
  const right = new Array<number>(LOSS_BINS).fill(0);
  const wrong = new Array<number>(LOSS_BINS).fill(0);
  for (let i = 0; i < loss.length; i++) {
    const bin = Math.min(LOSS_BINS - 1, Math.floor((loss[i]! / LOSS_MAX) * LOSS_BINS));
    const counts = truth && given[i] !== truth[i] ? wrong : right;
    counts[bin]!++;
  }
  return { max: LOSS_MAX, right, wrong };
}
