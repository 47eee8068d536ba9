/** Confusion by class and epoch: labels against what the network predicts. */
import type { FigurePanel } from '../contract/messages/figures.ts';
import type { Point } from '../contract/messages/charts.ts';
import type { Labels } from '../data/labels.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { chart, numbers, phrase, seriesOf, shares } from '../contract/drawing/parts.ts';
import { DASHES } from '../contract/messages/charts.ts';
import type { SampleEpoch } from './sample-history.ts';

/**
 * Of the samples with each label the share with each predicted class.
 * @returns classes x classes, rows adding up to 1; a row of a class without samples has zeros
 */
export function confusionOf(labels: Labels, predicted: Labels, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  labels.forEach((label, i) => counts[label]![predicted[i]!]!++);
  return counts.map((row) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => count / Math.max(1, all));
  });
}

/** A matrix as colours; its rows are labels, its columns predicted classes. */
export function confusionPanel(
  id: string,
  title: Phrase,
  matrix: number[][],
  names: readonly string[],
): FigurePanel {
  return {
    kind: 'heat',
    id,
    title,
    rows: [...names],
    columns: [...names],
    values: matrix,
    legend: phrase('figures.axes.confusion'),
    // Alike for all, so that matrices can be compared.
    range: [0, 1],
  };
}

/** The share of each true class that is predicted as itself, after each epoch: a line of points a class. */
export function recallAlong(
  truth: Labels,
  classes: number,
  epochs: Iterable<Pick<SampleEpoch, 'epoch' | 'predicted'>>,
): Point[][] {
  const lines = Array.from({ length: classes }, (): Point[] => []);
  for (const { epoch, predicted } of epochs) {
    confusionOf(truth, predicted, classes).forEach((row, c) => {
      lines[c]!.push({ x: epoch, y: row[c]! });
    });
  }
  return lines;
}

/** A line for each class. @param stop the epoch of the early stop; null where there is none */
export function recallPanel(
  title: Phrase,
  lines: Point[][],
  names: readonly string[],
  stop: { at: number; name: Phrase } | null,
): FigurePanel {
  return chart(
    'recall',
    title,
    {
      x: numbers(phrase('figures.axes.epoch'), { min: 0 }),
      y: shares(phrase('figures.axes.recall')),
    },
    lines.map((points, c) =>
      seriesOf(phrase('figures.series.trueClass', { name: names[c]! }), { run: c }, points, {
        dash: DASHES[c % DASHES.length]!,
      }),
    ),
    { rules: stop ? [{ axis: 'x', ...stop }] : [] },
  );
}
