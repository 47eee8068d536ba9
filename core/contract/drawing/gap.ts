/** The gap between two lines of a chart, which is shaded by who leads. */
import { area as areaShape } from 'd3-shape';
import type { ChartSpec } from '../messages/charts.ts';
import { inkOf } from './palette.ts';
import type { Laid } from './places.ts';
import { tag } from './svg.ts';

/** Both lines at one x, in units of y. */
export interface GapPoint {
  x: number;
  upper: number;
  lower: number;
}

/** Who leads, and who is led. */
export const SIDES = [
  ['upper', 'lower'],
  ['lower', 'upper'],
] as const;
/** How dark it is shaded. */
export const GAP_OPACITY = 0.12;

/** Both lines at every x that they share, from where the gap begins, and at their crossings. */
export function gapOf({ gap, series }: ChartSpec): GapPoint[] {
  const upper = series[gap?.upper ?? -1];
  const lower = series[gap?.lower ?? -1];
  if (!gap || !upper || !lower) return [];
  const below = new Map(lower.points.map(({ x, y }) => [x, y]));
  const both = upper.points.flatMap(({ x, y }): GapPoint[] => {
    const low = below.get(x);
    return low === undefined || x < gap.from ? [] : [{ x, upper: y, lower: low }];
  });
  return both.flatMap((here, i) => [here, ...crossing(here, both[i + 1])]);
}

/** Where the lines cross before the next point. */
function crossing(here: GapPoint, next: GapPoint | undefined): GapPoint[] {
  if (!next) return [];
  const [lead, later] = [here.upper - here.lower, next.upper - next.lower];
  if (!(lead * later < 0)) return [];
  const share = lead / (lead - later);
  const y = here.upper + share * (next.upper - here.upper);
  return [{ x: here.x + share * (next.x - here.x), upper: y, lower: y }];
}

/** The gap where the upper line leads, in its ink, and where the lower one does. */
export function drawGap({ panel, plot, style }: Laid): string {
  const points = gapOf(panel);
  if (points.length < 2) return '';
  return SIDES.map(([leader, other]) => {
    const path = areaShape<GapPoint>()
      .x(({ x }) => plot.x(x))
      .y0((point) => plot.y(point[other]))
      .y1(({ upper, lower }) => plot.y(Math.max(upper, lower)))
      .digits(2);
    const colour = inkOf(panel.series[panel.gap![leader]]!.ink, style.palette).line;
    return tag('path', { d: path(points) ?? '', fill: colour, 'fill-opacity': GAP_OPACITY });
  }).join('');
}
