/** Forgetting events (Toneva et al. 2019): how often a fitted label is lost again. */
import type { FigurePanel } from '../contract/messages/figures.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { numbers, phrase } from '../contract/drawing/parts.ts';
import { auroc } from './auroc.ts';
import type { Labels } from '../data/labels.ts';
import { parted } from './sample-history.ts';
import type { KnownLabels, SampleEpoch } from './sample-history.ts';

/** What was counted up to an epoch. */
export interface Forgetting {
  /** Of each sample: epochs after which its given label is predicted no more, while it was before. */
  events: Uint16Array;
  /** Of each sample: 1 once its given label has been predicted after an epoch. */
  learned: Uint8Array;
}

/**
 * Counts along the epochs.
 * @returns the same counts, grown, after each epoch
 */
export function* forgettingAlong(
  given: Labels,
  epochs: Iterable<Pick<SampleEpoch, 'epoch' | 'predicted'>>,
): Generator<Forgetting & { epoch: number }> {
  const events = new Uint16Array(given.length);
  const learned = new Uint8Array(given.length);
  const fits = new Uint8Array(given.length);
  for (const { epoch, predicted } of epochs) {
    for (let i = 0; i < given.length; i++) {
      const fit = Number(predicted[i] === given[i]);
      if (fits[i]! > fit) events[i]!++;
      learned[i]! |= fit;
      fits[i] = fit;
    }
    yield { epoch, events, learned };
  }
}

/** Events as a sign of a wrong label: what was never learned counts as forgotten more often than all else. */
export function forgettingSigns({ events, learned }: Forgetting): number[] {
  const most = events.reduce((a, b) => Math.max(a, b), 0);
  return Array.from(events, (count, i) => (learned[i] ? count : most + 1));
}

/**
 * How well "never learned, or forgotten often" tells wrong labels from right ones.
 * @returns the area under the ROC curve, 0 to 1; null where there are none of a kind
 */
export function forgettingAuroc(found: Forgetting, labels: KnownLabels): number | null {
  const { right, wrong } = parted(forgettingSigns(found), labels);
  return auroc(wrong, right);
}

/** The share of a group's samples that were never learned, right and wrong labels apart, 0 to 1. */
export function neverLearned(found: Forgetting, labels: KnownLabels) {
  const { right, wrong } = parted(found.learned, labels);
  const share = (learned: number[]) =>
    learned.filter((one) => one === 0).length / Math.max(1, learned.length);
  return { right: share(right), wrong: share(wrong) };
}

/** Events that have a bar of their own, at most. */
const MOST_BARS = 20;

/** Shares of each group by events, those that were never learned in a last bar of their own. */
export function forgettingPanel(
  title: Phrase,
  found: Forgetting,
  labels: KnownLabels,
): FigurePanel {
  const most = found.events.reduce((a, b) => Math.max(a, b), 0);
  const last = Math.min(most, MOST_BARS) + 1;
  const bars = Array.from(found.events, (count, i) =>
    found.learned[i] ? Math.min(count, last - 1) : last,
  );
  const { right, wrong } = parted(bars, labels);
  const shares = (group: number[]) =>
    Array.from(
      { length: last + 1 },
      (_, bar) => group.filter((one) => one === bar).length / Math.max(1, group.length),
    );
  return {
    kind: 'histogram',
    id: 'forgetting',
    title,
    x: numbers(phrase('figures.axes.forgetting'), {
      format: 'whole',
      min: -0.5,
      max: last + 0.5,
    }),
    y: { title: phrase('figures.axes.shareOfGroup'), scale: 'linear', format: 'percent', min: 0 },
    edges: Array.from({ length: last + 2 }, (_, i) => i - 0.5),
    series: [
      { name: phrase('figures.series.rightLabels'), ink: 'truth', counts: shares(right) },
      { name: phrase('figures.series.wrongLabels'), ink: 'given', counts: shares(wrong) },
    ],
  };
}
