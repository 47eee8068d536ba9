/** A chart as SVG: what lies behind the data, the data, and what is written on them. */
import type { Axis, ChartSpec, Point, Series } from '../messages/charts.ts';
import type { Body, Spot } from './body.ts';
import { clearUntil, drawEnds, endRoom, endsIn } from './ends.ts';
import { drawGap } from './gap.ts';
import { drawLine, drawMarks, drawPoints } from './lines.ts';
import { valueWords } from './numbers.ts';
import { isInside, layChart, placesOf } from './places.ts';
import type { Laid } from './places.ts';
import { levelsOf } from './levels.ts';
import { drawBest, drawRange, drawStop } from './stop.ts';
import { phraseText } from './style.ts';
import type { Area, Style } from './style.ts';
import { px, tag } from './svg.ts';

/** Draws a chart into an area. */
export function drawChart(panel: ChartSpec, style: Style, area: Area): Body {
  const right = area.right - endRoom(panel, style, area.right - area.left);
  const laid = layChart(panel, style, { ...area, right });
  const { plot } = laid;
  // Fainter series lie behind.
  const order = [...panel.series].sort((a, b) => a.opacity - b.opacity);
  const lines = order.map((series) => drawLine(laid, series)).join('');
  const levels = levelsOf(laid);
  const range = drawRange(laid);
  const ends = endsIn(laid);
  return {
    svg:
      plot.frame +
      levels.lines +
      // Areas would cover the range.
      (panel.stacked ? '' : range) +
      cutTo(plot, drawGap(laid) + lines) +
      (panel.stacked ? range : '') +
      order.map((series) => drawPoints(laid, series)).join('') +
      drawMarks(laid) +
      levels.names +
      drawStop(laid, clearUntil(laid, ends)) +
      drawBest(laid) +
      drawEnds(laid, ends, area.right),
    spots: panel.series.flatMap((series) => spotsOf(laid, series)),
  };
}

/** What lies outside the plot is cut off: an inner drawing does so without a name that must be unique. */
function cutTo({ left, top, right, bottom }: Area, content: string): string {
  if (content === '') return '';
  const box = {
    x: px(left),
    y: px(top - 1),
    width: px(right - left),
    height: px(bottom - top + 2),
  };
  const viewBox = `${box.x} ${box.y} ${box.width} ${box.height}`;
  return tag('svg', { ...box, viewBox, overflow: 'hidden' }, content);
}

/** A place of the drawing that says what is there. */
function spotsOf(laid: Laid, series: Series): Spot[] {
  const { panel, plot, style } = laid;
  const y = (series.secondary && panel.second) || panel.y;
  const name = phraseText(series.name, style);
  const xName = phraseText(panel.x.title, style);
  const yName = phraseText(y.title, style);
  return placesOf(laid, series)
    .filter((place) => place !== null)
    .filter((place) => isInside(plot, place))
    .map(({ left, top, ...point }) => ({
      x: left,
      y: top,
      name,
      values: [
        { name: xName, value: valueWords(point.x, panel.x.format) },
        { name: yName, value: withSpread(point, y.format) },
      ],
    }));
}

/** A value, and what it lies between: `0.5 (0.4 … 0.6)`. */
export function withSpread({ y, low, high }: Point, format: Axis['format']): string {
  const value = valueWords(y, format);
  if (low === undefined || high === undefined) return value;
  return `${value} (${valueWords(low, format)} … ${valueWords(high, format)})`;
}
