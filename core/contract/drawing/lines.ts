/** Lines, areas and points of a chart. */
import { area as areaShape, curveLinear, curveStepAfter, line as lineShape } from 'd3-shape';
import type { ChartSpec, Point, Series } from '../messages/charts.ts';
import type { Plot } from './axes.ts';
import { markedPlaces, marksOfLines } from './line-marks.ts';
import { dashOf, mark } from './marks.ts';
import { isInside, lineColour, placesOf } from './places.ts';
import type { Laid, PlacedPoint } from './places.ts';
import { hasPlace } from './scales.ts';
import { group, straight, tag } from './svg.ts';

/** A series' line, with what is filled below it and the band of its spread. */
export function drawLine(laid: Laid, series: Series): string {
  if (series.draw === 'points') return '';
  const { panel, plot, style } = laid;
  const colour = lineColour(laid, series);
  const places = placesOf(laid, series);
  return group(
    seen(series),
    (series.fill === undefined ? '' : filled(places, series, colour)) +
      (series.draw === 'line' ? band(panel, places, plot, colour) : '') +
      outline(places, series, colour, (style.size / 12) * (series.width ?? 2)),
  );
}

/** A series that lies behind others is fainter. */
const seen = ({ opacity }: Series) => ({ opacity: opacity === 1 ? undefined : opacity });
const curveOf = ({ stepped }: Series) => (stepped ? curveStepAfter : curveLinear);

function outline(
  places: (PlacedPoint | null)[],
  series: Series,
  colour: string,
  width: number,
): string {
  if (width === 0) return '';
  const path = lineShape<PlacedPoint | null>()
    .defined((place) => place !== null)
    .x((place) => place!.left)
    .y((place) => place!.top)
    .curve(curveOf(series))
    .digits(2);
  const look = { fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-linejoin': 'round' };
  return tag('path', { d: path(places) ?? '', ...look, ...dashOf(series.dash, width) });
}

/** Down to the axis, or to the series below in a stack. */
function filled(places: (PlacedPoint | null)[], series: Series, colour: string): string {
  const path = areaShape<PlacedPoint | null>()
    .defined((place) => place !== null)
    .x((place) => place!.left)
    .y0((place) => place!.foot)
    .y1((place) => place!.top)
    .curve(curveOf(series))
    .digits(2);
  return tag('path', { d: path(places) ?? '', fill: colour, 'fill-opacity': series.fill });
}

/** Low and high end of a spread, in pixels; null where there is none. A log axis ends it at its own end. */
function spreadOf(panel: ChartSpec, plot: Plot, { low, high }: Point) {
  if (low === undefined || high === undefined || !hasPlace(panel.y, high)) return null;
  return [hasPlace(panel.y, low) ? plot.y(low) : plot.bottom, plot.y(high)] as const;
}

function band(
  panel: ChartSpec,
  places: (PlacedPoint | null)[],
  plot: Plot,
  colour: string,
): string {
  const spread = (place: PlacedPoint | null) => (place ? spreadOf(panel, plot, place) : null);
  if (!places.some(spread)) return '';
  const path = areaShape<PlacedPoint | null>()
    .defined((place) => spread(place) !== null)
    .x((place) => place!.left)
    .y0((place) => spread(place)![0])
    .y1((place) => spread(place)![1])
    .digits(2);
  return tag('path', { d: path(places) ?? '', fill: colour, 'fill-opacity': 0.18 });
}

/** A series' points, each with the ends of its spread. */
export function drawPoints(laid: Laid, series: Series): string {
  const { panel, plot, style } = laid;
  // A line of one point would not be seen.
  if (series.draw === 'line' && (series.points.length !== 1 || series.fill !== undefined))
    return '';
  const colour = lineColour(laid, series);
  const many = panel.series.reduce((sum, each) => sum + each.points.length, 0);
  const radius = style.size * (many > 400 ? 0.22 : 0.3);
  const drawn = placesOf(laid, series).map((place, i) => {
    if (place === null || !isInside(plot, place)) return '';
    const { left, top } = place;
    const spread = spreadOf(panel, plot, place);
    const whisker = spread ? whiskerOf(left, spread, plot, radius, colour) : '';
    if (series.marksStart && i > 0) return whisker;
    return whisker + mark(series.mark, left, top, radius, colour, style.palette.surface);
  });
  return group(seen(series), drawn.join(''));
}

/** Marks on lines that only colour would tell apart. */
export function drawMarks(laid: Laid): string {
  const { panel, plot, style } = laid;
  return [...marksOfLines(panel)]
    .map(([series, kind], i) => {
      const colour = lineColour(laid, series);
      const places = placesOf(laid, series).filter((place) => place !== null);
      const inside = places.filter((place) => isInside(plot, place));
      const marks = markedPlaces(inside, i).map(({ left, top }) =>
        mark(kind, left, top, style.size * 0.3, colour, style.palette.surface),
      );
      return group(seen(series), marks.join(''));
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
