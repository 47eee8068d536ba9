/** A histogram of losses, right labels against wrong ones. */
import type { FigurePanel } from '../contract/messages/figures.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { phrase } from '../contract/drawing/parts.ts';

/** Bins of a histogram. */
const BINS = 40;

/** The share of the values in each of equal bins from 0 to `top`; the last takes what lies beyond. */
export function sharesInBins(values: readonly number[], top: number): number[] {
  const shares = new Array<number>(BINS).fill(0);
  for (const value of values) {
    shares[Math.min(BINS - 1, Math.floor((value / top) * BINS))]! += 1 / values.length;
  }
  return shares;
}

/** The edges of those bins. */
export function binEdges(top: number): number[] {
  return Array.from({ length: BINS + 1 }, (_, i) => (top * i) / BINS);
}

/**
 * Shares of each group by loss; losses above 99.5% of all count in the last bin, or a few would
 * leave no room for the others.
 * @param right losses of samples whose given label is right
 * @param wrong of those whose is wrong
 */
export function lossHistogram(
  id: string,
  title: Phrase,
  { right, wrong }: { right: readonly number[]; wrong: readonly number[] },
): FigurePanel {
  const sorted = [...right, ...wrong].sort((a, b) => a - b);
  const top = niceTop(sorted[Math.floor(0.995 * (sorted.length - 1))] ?? 1);
  return {
    kind: 'histogram',
    id,
    title,
    x: {
      title: phrase('figures.axes.sampleLoss'),
      scale: 'linear',
      format: 'number',
      min: 0,
      max: top,
    },
    y: { title: phrase('figures.axes.shareOfGroup'), scale: 'linear', format: 'percent', min: 0 },
    edges: binEdges(top),
    series: [
      {
        name: phrase('figures.series.rightLabels'),
        ink: 'truth',
        counts: sharesInBins(right, top),
      },
      {
        name: phrase('figures.series.wrongLabels'),
        ink: 'given',
        counts: sharesInBins(wrong, top),
      },
    ],
  };
}

/** The next of 1, 2, 5 times a power of ten. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-6)));
  return power * [1, 2, 5, 10].find((step) => step * power >= value)!;
}
