/** Axes, series and charts with what most of them share filled in. */
import type { Axis, ChartSpec, Ink, Series } from '../messages/charts.ts';
import type { Phrase } from '../words/phrase.ts';
import type { TextKey } from '../words/texts.ts';

type Points = Series['points'];

/** A phrase whose key is known to exist. */
export function phrase(code: TextKey, values?: Phrase['values']): Phrase {
  return values ? { code, values } : { code };
}

/** A line, unless `style` says otherwise. */
export function seriesOf(
  name: Phrase,
  ink: Ink,
  points: Points,
  style: Partial<Omit<Series, 'name' | 'ink' | 'points'>> = {},
): Series {
  return { name, ink, points, dash: 'solid', draw: 'line', mark: 'dot', opacity: 1, ...style };
}

/** An axis of numbers from 0 on, unless `more` says otherwise. */
export function numbers(title: Phrase, more: Partial<Axis> = {}): Axis {
  return { title, scale: 'linear', format: 'number', ...more };
}

/** A log axis of numbers. */
export function logarithmic(title: Phrase, more: Partial<Axis> = {}): Axis {
  return { title, scale: 'log', format: 'number', ...more };
}

/** An axis of shares, 0 to 100%. */
export function shares(title: Phrase): Axis {
  return { title, scale: 'linear', format: 'percent', min: 0, max: 1 };
}

/** A chart without rules, unless `more` has some. */
export function chart(
  id: string,
  title: Phrase,
  axes: { x: Axis; y: Axis },
  series: Series[],
  more: Partial<Omit<ChartSpec, 'kind' | 'id' | 'title' | 'x' | 'y' | 'series'>> = {},
): ChartSpec {
  return { kind: 'chart', id, title, ...axes, series, rules: [], square: false, ...more };
}
