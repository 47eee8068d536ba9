/** Lines and points on two axes. */
import type { Body, Spot } from './body.ts';
import { area as areaShape, line as lineShape } from 'd3-shape';
import type { FigureChart, FigureSeries } from '../messages/figures.ts';
import { layPlot } from './axes.ts';
import type { Plot } from './axes.ts';
import { dashOf, mark } from './marks.ts';
import { valueWords } from './numbers.ts';
import { inkOf } from './palette.ts';
import { domainOf, hasPlace } from './scales.ts';
import { label, phraseText } from './style.ts';
import type { Area, Style } from './style.ts';
import { group, px, straight, tag } from './svg.ts';
import { markedPlaces, marksOfLines } from './line-marks.ts';

type FigurePoint = FigureSeries['points'][number];

/** Draws a chart into an area. */
export function drawChart(panel: FigureChart, style: Style, area: Area): Body {
  const points = panel.series.flatMap((series) => series.points);
  const rulesOf = (axis: 'x' | 'y') =>
    panel.rules.filter((rule) => rule.axis === axis).map(({ at }) => at);
  const x = {
    axis: panel.x,
    domain: domainOf(panel.x, [...points.map((point) => point.x), ...rulesOf('x')]),
  };
  const heights = points.flatMap(({ y, low, high }) => [y, low, high]);
  const y = { axis: panel.y, domain: domainOf(panel.y, [...heights, ...rulesOf('y')]) };
  const plot = layPlot(style, area, x, y, panel);
  // Fainter series lie behind.
  const order = [...panel.series].sort((a, b) => a.opacity - b.opacity);
  const lines = order.map((series) => drawLine(panel, series, plot, style)).join('');
  const levels = levelsOf(panel, plot, style);
  return {
    svg:
      plot.frame +
      levels.lines +
      cutTo(plot, lines) +
      order.map((series) => drawPoints(panel, series, plot, style)).join('') +
      drawMarks(panel, plot, style) +
      levels.names,
    spots: panel.series.flatMap((series) => spotsOf(panel, series, plot, style)),
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

type Placed = FigurePoint & { left: number; top: number };

/** Points that both axes have a place for; a line breaks where one has none. */
function placesOf(panel: FigureChart, series: FigureSeries, plot: Plot): (Placed | null)[] {
  return series.points.map((point) =>
    hasPlace(panel.x, point.x) && hasPlace(panel.y, point.y)
      ? { ...point, left: plot.x(point.x), top: plot.y(point.y) }
      : null,
  );
}

/** Low and high end of a spread, in pixels; null where there is none. A log axis ends it at its own end. */
function spreadOf(panel: FigureChart, plot: Plot, { low, high }: FigurePoint) {
  if (low === undefined || high === undefined || !hasPlace(panel.y, high)) return null;
  return [hasPlace(panel.y, low) ? plot.y(low) : plot.bottom, plot.y(high)] as const;
}

function drawLine(panel: FigureChart, series: FigureSeries, plot: Plot, style: Style): string {
  if (series.draw === 'points') return '';
  const colour = inkOf(series.ink, style.dark).line;
  const places = placesOf(panel, series, plot);
  const path = lineShape<Placed | null>()
    .defined((place) => place !== null)
    .x((place) => place!.left)
    .y((place) => place!.top)
    .digits(2);
  const width = style.size / 6;
  const look = { fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-linejoin': 'round' };
  return group(
    { opacity: series.opacity === 1 ? undefined : series.opacity },
    (series.draw === 'line' ? band(panel, places, plot, colour) : '') +
      tag('path', { d: path(places) ?? '', ...look, ...dashOf(series.dash, width) }),
  );
}

function band(panel: FigureChart, places: (Placed | null)[], plot: Plot, colour: string): string {
  const spread = (place: Placed | null) => (place ? spreadOf(panel, plot, place) : null);
  if (!places.some(spread)) return '';
  const path = areaShape<Placed | null>()
    .defined((place) => spread(place) !== null)
    .x((place) => place!.left)
    .y0((place) => spread(place)![0])
    .y1((place) => spread(place)![1])
    .digits(2);
  return tag('path', { d: path(places) ?? '', fill: colour, 'fill-opacity': 0.18 });
}

const isInside = (plot: Plot, { left, top }: Placed): boolean =>
  left >= plot.left - 1 && left <= plot.right + 1 && top >= plot.top - 1 && top <= plot.bottom + 1;

function drawPoints(panel: FigureChart, series: FigureSeries, plot: Plot, style: Style): string {
  // A line of one point would not be seen.
  if (series.draw === 'line' && series.points.length !== 1) return '';
  const colour = inkOf(series.ink, style.dark).line;
  const many = panel.series.reduce((sum, each) => sum + each.points.length, 0);
  const radius = style.size * (many > 400 ? 0.22 : 0.3);
  const drawn = placesOf(panel, series, plot)
    .filter((place) => place !== null && isInside(plot, place))
    .map((place) => {
      const { left, top } = place!;
      const spread = spreadOf(panel, plot, place!);
      const whisker = spread ? whiskerOf(left, spread, plot, radius, colour) : '';
      return whisker + mark(series.mark, left, top, radius, colour, style.palette.surface);
    });
  return group({ opacity: series.opacity === 1 ? undefined : series.opacity }, drawn.join(''));
}

/** Marks on lines that only colour would tell apart. */
function drawMarks(panel: FigureChart, plot: Plot, style: Style): string {
  return [...marksOfLines(panel)]
    .map(([series, kind], i) => {
      const colour = inkOf(series.ink, style.dark).line;
      const places = placesOf(panel, series, plot).filter((place) => place !== null);
      const inside = places.filter((place) => isInside(plot, place));
      const marks = markedPlaces(inside, i).map(({ left, top }) =>
        mark(kind, left, top, style.size * 0.3, colour, style.palette.surface),
      );
      return group({ opacity: series.opacity === 1 ? undefined : series.opacity }, marks.join(''));
    })
    .join('');
}

function whiskerOf(
  x: number,
  spread: readonly [number, number],
  { top, bottom }: Plot,
  radius: number,
  colour: string,
): string {
  const [low, high] = spread.map((end) => Math.max(top, Math.min(bottom, end))) as [number, number];
  const cap = radius * 0.9;
  return group(
    { stroke: colour, 'stroke-width': 1 },
    straight(x, low, x, high, {}) +
      straight(x - cap, low, x + cap, low, {}) +
      straight(x - cap, high, x + cap, high, {}),
  );
}

/** Lines from left to right, and their names on them at the right, clear of each other; axes draw the others. */
function levelsOf(panel: FigureChart, plot: Plot, style: Style): { lines: string; names: string } {
  const { total, surface } = style.palette;
  const { size } = style;
  const halo = { stroke: surface, 'stroke-width': 3, 'paint-order': 'stroke', fill: total.text };
  const levels = panel.rules
    .filter(({ axis, at }) => axis === 'y' && hasPlace(panel.y, at))
    .map((rule) => ({ y: plot.y(rule.at), name: phraseText(rule.name, style) }))
    .filter(({ y }) => y >= plot.top - 1 && y <= plot.bottom + 1)
    .sort((a, b) => b.y - a.y);
  let last = Infinity;
  const names = levels.map(({ y, name }) => {
    const wished = y - 4 < plot.top + size ? y + size : y - 4;
    last = Math.min(wished, last - size * 1.2);
    return label(name, plot.right - 2, last, 'right', style, halo);
  });
  const lines = levels.map(({ y }) => straight(plot.left, y, plot.right, y, {}));
  const look = { stroke: total.line, 'stroke-dasharray': '2 3' };
  return { lines: group(look, lines.join('')), names: names.join('') };
}

/** A place of the drawing that says what is there. */
function spotsOf(panel: FigureChart, series: FigureSeries, plot: Plot, style: Style): Spot[] {
  const name = phraseText(series.name, style);
  const xName = phraseText(panel.x.title, style);
  const yName = phraseText(panel.y.title, style);
  return placesOf(panel, series, plot)
    .filter((place) => place !== null)
    .filter((place) => isInside(plot, place))
    .map(({ left, top, ...point }) => ({
      x: left,
      y: top,
      name,
      values: [
        { name: xName, value: valueWords(point.x, panel.x.format) },
        { name: yName, value: withSpread(point, panel.y.format) },
      ],
    }));
}

/** A value, and what it lies between: `0.5 (0.4 … 0.6)`. */
export function withSpread({ y, low, high }: FigurePoint, format: 'number' | 'percent'): string {
  const value = valueWords(y, format);
  if (low === undefined || high === undefined) return value;
  return `${value} (${valueWords(low, format)} … ${valueWords(high, format)})`;
}
