/** Memorization over distance: what becomes of wrong labels, by how far the weights have moved. */
import type { FigurePanel } from '../contract/messages/figures.ts';
import type { EpochRecord } from '../contract/messages/records.ts';
import { shortPercent } from '../contract/words/numbers.ts';
import { chart, numbers, phrase, seriesOf, shares } from '../contract/drawing/parts.ts';
import { outcomesOf } from '../run-folder/epoch-views.ts';
import type { KnownLabels, SampleEpoch } from './sample-history.ts';

/** Wrong labels after an epoch. */
export interface WrongLabels {
  epoch: number;
  /** Distance from initialization, relative to the norm of the initial weights. */
  distance: number;
  /** Shares of the wrong labels, 0 to 1: of those predicted as given, and as their true class. */
  memorized: number;
  recovered: number;
}

/** What became of the wrong labels after each epoch; empty where no label is wrong. */
export function wrongLabelsAlong(
  rows: readonly Pick<EpochRecord, 'epoch' | 'relativeDistance'>[],
  labels: KnownLabels,
  epochs: Iterable<Pick<SampleEpoch, 'epoch' | 'predicted'>>,
): WrongLabels[] {
  const distances = new Map(rows.map(({ epoch, relativeDistance }) => [epoch, relativeDistance]));
  const found: WrongLabels[] = [];
  for (const { epoch, predicted } of epochs) {
    const outcomes = outcomesOf(predicted, { ...labels, wall: new Uint32Array() });
    const distance = distances.get(epoch);
    if (!outcomes || distance === undefined) continue;
    const { recovered, memorized, other } = outcomes;
    const all = recovered + memorized + other;
    found.push({ epoch, distance, memorized: memorized / all, recovered: recovered / all });
  }
  return found;
}

/**
 * How far a run has gone when it first memorizes a share of its wrong labels, between the two epochs
 * around it; null where it never does.
 */
export function distanceMemorized(along: readonly WrongLabels[], share: number): number | null {
  const at = along.findIndex(({ memorized }) => memorized >= share);
  if (at < 0) return null;
  const [before, after] = [along[at - 1], along[at]!];
  if (!before) return after.distance;
  const part = (share - before.memorized) / (after.memorized - before.memorized);
  return before.distance + part * (after.distance - before.distance);
}

/** A line for each level: the share of wrong labels that are memorized, or recovered, by distance. */
export function memorizationPanel(
  runs: readonly { level: number; along: readonly WrongLabels[] }[],
  of: 'memorized' | 'recovered',
): FigurePanel {
  const most = Math.max(...runs.map(({ level }) => level));
  return chart(
    of,
    phrase(`figures.panels.wrongBy.${of}`),
    {
      x: numbers(phrase('figures.axes.relativeDistance'), { min: 0 }),
      y: shares(phrase(of === 'memorized' ? 'figures.axes.memorized' : 'figures.axes.recovered')),
    },
    runs.map(({ level, along }) =>
      seriesOf(
        phrase('figures.series.level', { level: shortPercent(level) }),
        { level: level / most },
        along.map((one) => ({ x: one.distance, y: one[of] })),
      ),
    ),
  );
}
