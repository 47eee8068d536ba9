/** Axes, series and charts with what most of them share filled in. */
import type {
  FigureAxis,
  FigureChart,
  FigureInk,
  FigureSeries,
} from '../contract/messages/figures.ts';
import type { Phrase } from '../contract/words/phrase.ts';

type Points = FigureSeries['points'];

/** A line, unless `style` says otherwise. */
export function seriesOf(
  name: Phrase,
  ink: FigureInk,
  points: Points,
  style: Partial<Pick<FigureSeries, 'dash' | 'draw' | 'mark' | 'opacity'>> = {},
): FigureSeries {
  return { name, ink, points, dash: 'solid', draw: 'line', mark: 'dot', opacity: 1, ...style };
}

/** An axis of numbers from 0 on, unless `more` says otherwise. */
export function numbers(title: Phrase, more: Partial<FigureAxis> = {}): FigureAxis {
  return { title, scale: 'linear', format: 'number', ...more };
}

/** A log axis of numbers. */
export function logarithmic(title: Phrase, more: Partial<FigureAxis> = {}): FigureAxis {
  return { title, scale: 'log', format: 'number', ...more };
}

/** An axis of shares, 0 to 100%. */
export function shares(title: Phrase): FigureAxis {
  return { title, scale: 'linear', format: 'percent', min: 0, max: 1 };
}

/** A chart without rules, unless `more` has some. */
export function chart(
  id: string,
  title: Phrase,
  axes: { x: FigureAxis; y: FigureAxis },
  series: FigureSeries[],
  more: Partial<Pick<FigureChart, 'rules' | 'square'>> = {},
): FigureChart {
  return { kind: 'chart', id, title, ...axes, series, rules: [], square: false, ...more };
}
