import type { EpochView } from '../../core/contract/messages/records.ts';

/** Adds newly measured epochs; one measured again (after a resume) replaces the old. */
export function mergeEpochs(
  known: readonly EpochView[],
  arrived: readonly EpochView[],
): EpochView[] {
  if (arrived.length === 0) return [...known];
  const first = Math.min(...arrived.map((view) => view.record.epoch));
  const last = known.at(-1)?.record.epoch ?? -1;
  if (first > last) return [...known, ...arrived];
  const byEpoch = new Map([...known, ...arrived].map((view) => [view.record.epoch, view]));
  return [...byEpoch.values()].sort((a, b) => a.record.epoch - b.record.epoch);
}

/** The place of the epoch nearest to the one asked for, in ascending epochs; -1 where there is none. */
export function nearestEpoch(epochs: readonly EpochView[], epoch: number): number {
  let best = -1;
  let distance = Infinity;
  epochs.forEach((view, i) => {
    const away = Math.abs(view.record.epoch - epoch);
    if (away < distance) {
      distance = away;
      best = i;
    }
  });
  return best;
}
