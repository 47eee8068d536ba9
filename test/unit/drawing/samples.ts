/** Figures to draw: one panel of each kind, with all that a panel may hold. */
import type { ChartSpec, Series } from '../../../core/contract/messages/charts.ts';
import type {
  FigureHeat,
  FigureHistogram,
  FigureView,
} from '../../../core/contract/messages/figures.ts';
import type { Phrase } from '../../../core/contract/words/phrase.ts';

/** A key that no language knows reads as itself. */
export const keyPhrase = (key: string): Phrase => ({ code: key });

/** A series of points, with what a test does not care about filled in. */
export function series(
  name: string,
  points: Series['points'],
  changes: Partial<Series> = {},
): Series {
  const usual = { ink: 'given', dash: 'solid', draw: 'line', mark: 'dot', opacity: 1 } as const;
  return { name: keyPhrase(name), ...usual, points, ...changes };
}

const linear = { scale: 'linear', format: 'number' } as const;

/** A chart on linear axes from 0 to 10 across and 0 to 1 up. */
export function chart(changes: Partial<ChartSpec> = {}): ChartSpec {
  return {
    kind: 'chart',
    id: 'course',
    title: keyPhrase('Accuracy by distance'),
    x: { title: keyPhrase('Distance'), ...linear, min: 0, max: 10 },
    y: { title: keyPhrase('Accuracy'), ...linear, format: 'percent', min: 0, max: 1 },
    series: [],
    rules: [],
    square: false,
    ...changes,
  };
}

/** Lines with bands, points with whiskers, and lines across. */
export const course: ChartSpec = chart({
  series: [0, 1, 2, 3].map((i) =>
    series(
      `${i * 20}% wrong`,
      Array.from({ length: 41 }, (_, j) => {
        const y = 0.95 - 0.15 * i * (1 - Math.exp(-j / 12)) - 0.3 * Math.exp(-j / 3);
        return { x: j / 4, y, low: y - 0.03, high: y + 0.03 };
      }),
      { ink: { level: i / 3 }, dash: (['solid', 'dashed', 'dotted', 'solid'] as const)[i]! },
    ),
  ),
  rules: [
    { axis: 'x', at: 4, name: keyPhrase('radius of Theorem 1') },
    { axis: 'x', at: 4.5, name: keyPhrase('least distance of Theorem 2') },
    { axis: 'y', at: 0.8, name: keyPhrase('share of right labels') },
  ],
});

/** Points on log axes. */
export const decay: ChartSpec = {
  ...chart(),
  id: 'decay',
  title: keyPhrase('Residual <along> singular vectors & "noise"'),
  x: { title: keyPhrase('Iterations'), scale: 'log', format: 'number' },
  y: { title: keyPhrase('Residual'), scale: 'log', format: 'number' },
  series: (['dot', 'ring', 'cross', 'square'] as const).map((mark, i) =>
    series(
      mark,
      Array.from({ length: 9 }, (_, j) => {
        const y = 10 ** (1 - (j * (i + 1)) / 8);
        return { x: 2 ** j, y, low: y * 0.7, high: y * 1.5 };
      }),
      {
        mark,
        ink: (['given', 'truth', 'test', 'stop'] as const)[i]!,
        draw: i % 2 ? 'both' : 'points',
      },
    ),
  ),
};

/** Two histograms, one over another. */
export const losses: FigureHistogram = {
  kind: 'histogram',
  id: 'losses',
  title: keyPhrase('Loss'),
  x: { title: keyPhrase('Loss of a sample'), ...linear },
  y: { title: keyPhrase('Samples'), ...linear },
  edges: [0, 0.5, 1, 1.5, 2, 2.5, 3],
  series: [
    { name: keyPhrase('right'), ink: 'truth', counts: [420, 130, 40, 22, 8, 1] },
    { name: keyPhrase('wrong'), ink: 'given', counts: [2, 9, 30, 70, 110, 44] },
  ],
};

/** A small matrix. */
export const sigma: FigureHeat = {
  kind: 'heat',
  id: 'sigma',
  title: keyPhrase('Sigma(C)'),
  rows: ['c1', 'c2', 'c3'],
  columns: ['c1', 'c2', 'c3'],
  values: [
    [0.5, 0.1, -0.02],
    [0.1, 0.5, 0.2],
    [-0.02, 0.2, 0.5],
  ],
  legend: keyPhrase('Entry of Sigma(C)'),
};

/** A figure of all kinds. */
export function figure(panels: FigureView['panels'] = [course, decay, losses, sigma]): FigureView {
  return {
    id: '2',
    settings: {},
    state: 'complete',
    panels,
    facts: [],
    findings: [],
    folder: null,
  };
}
