/** Where a chart's points stand: its plot, the scale that each series is measured by, and stacks. */
import type { Axis, ChartSpec, Point, Series } from '../messages/charts.ts';
import { layPlot } from './axes.ts';
import type { Plot } from './axes.ts';
import { inkOf } from './palette.ts';
import { domainOf, hasPlace, scaleOf } from './scales.ts';
import type { Domain, Scale } from './scales.ts';
import type { Area, Style } from './style.ts';

/** A chart whose plot has been laid out. */
export interface Laid {
  panel: ChartSpec;
  plot: Plot;
  style: Style;
  /** The scale of series that have one of their own. */
  second: Scale | null;
}

/** A point of a series, and where it is drawn. */
export interface PlacedPoint extends Point {
  left: number;
  top: number;
  /** Where what is filled below it ends. */
  foot: number;
}

/** Lays out a chart. */
export function layChart(panel: ChartSpec, style: Style, area: Area): Laid {
  const { x, y } = domainsOf(panel);
  const spanned = [
    { axis: panel.x, domain: x },
    { axis: panel.y, domain: y },
  ] as const;
  const plot = layPlot(style, area, ...spanned, panel);
  const second = panel.second
    ? scaleOf(panel.second, secondDomain(panel, panel.second), [plot.bottom, plot.top])
    : null;
  return { panel, plot, style, second };
}

/** What the axes of a chart span. */
export function domainsOf(panel: ChartSpec): { x: Domain; y: Domain } {
  const first = panel.series.filter(({ secondary }) => !secondary);
  const rulesOf = (axis: 'x' | 'y') =>
    panel.rules.filter((rule) => rule.axis === axis).map(({ at }) => at);
  const across = panel.series.flatMap(({ points }) => points.map(({ x }) => x));
  const heights = first.flatMap((series) => {
    const floor = floorOf(panel, series);
    return series.points.flatMap(({ y, low, high }, i) => [floor(i) + y, low, high]);
  });
  return {
    x: domainOf(panel.x, [...across, ...rulesOf('x')]),
    y: domainOf(panel.y, [...heights, ...rulesOf('y')]),
  };
}

/** What the second axis of a chart spans. */
export function secondDomain({ series }: ChartSpec, axis: Axis): Domain {
  const own = series.filter(({ secondary }) => secondary);
  return domainOf(
    axis,
    own.flatMap(({ points }) => points.map(({ y }) => y)),
  );
}

/** What a series stands on in a stack, by the place of its point: the sum of the series below. */
function floorOf({ stacked, series: all }: ChartSpec, series: Series): (point: number) => number {
  if (!stacked) return () => 0;
  const below = all.slice(0, all.indexOf(series));
  return (point) => below.reduce((sum, { points }) => sum + (points[point]?.y ?? 0), 0);
}

/** Points that both axes have a place for; a line breaks where one has none. */
export function placesOf({ panel, plot, second }: Laid, series: Series): (PlacedPoint | null)[] {
  const [axis, scale] =
    series.secondary && panel.second && second
      ? ([panel.second, second] as const)
      : ([panel.y, plot.y] as const);
  const floor = floorOf(panel, series);
  const footOf = (value: number) =>
    hasPlace(axis, value) ? Math.max(plot.top, Math.min(plot.bottom, scale(value))) : plot.bottom;
  return series.points.map((point, i) => {
    const sum = floor(i) + point.y;
    if (!hasPlace(panel.x, point.x) || !hasPlace(axis, sum)) return null;
    return { ...point, left: plot.x(point.x), top: scale(sum), foot: footOf(floor(i)) };
  });
}

/** Whether a point lies in the plot. */
export const isInside = (plot: Plot, { left, top }: PlacedPoint): boolean =>
  left >= plot.left - 1 && left <= plot.right + 1 && top >= plot.top - 1 && top <= plot.bottom + 1;

/** The colour of a series' line. */
export const lineColour = ({ style }: Laid, { ink }: Series): string =>
  inkOf(ink, style.palette).line;
