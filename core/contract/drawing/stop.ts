/** The recommended place on the x axis with its range, and the best point in hindsight. */
import { besideStop } from './labels.ts';
import { inkOf } from './palette.ts';
import type { Laid } from './places.ts';
import { label, phraseText, widthOf } from './style.ts';
import { straight, tag } from './svg.ts';

/** How dark the range is shaded: darker over areas, which it would otherwise not be seen on. */
export const rangeOpacity = (stacked: boolean | undefined): number => (stacked ? 0.3 : 0.16);

/** The range around the stop. */
export function drawRange({ panel, plot, style }: Laid): string {
  const { stop } = panel;
  if (!stop || !(stop.high > stop.low)) return '';
  const [from, to] = [stop.low, stop.high].map((end) =>
    Math.max(plot.left, Math.min(plot.right, plot.x(end))),
  ) as [number, number];
  return tag('rect', {
    x: from,
    y: plot.top,
    width: to - from,
    height: plot.bottom - plot.top,
    fill: style.palette.stop.line,
    'fill-opacity': rangeOpacity(panel.stacked),
  });
}

/** The line of the stop, and its name where there is room. @param clear where labels at the right begin */
export function drawStop({ panel, plot, style }: Laid, clear: number): string {
  const { stop } = panel;
  if (!stop) return '';
  const { palette, size } = style;
  const at = plot.x(stop.at);
  if (!(at >= plot.left - 1 && at <= plot.right + 1)) return '';
  const look = { stroke: palette.stop.line, 'stroke-width': size / 6 };
  const line = straight(at, plot.top, at, plot.bottom, look);
  if (stop.label === null) return line;
  const text = phraseText(stop.label, style);
  const left = besideStop(at, widthOf(text, size) * 1.08, plot.left, clear);
  if (left === null) return line;
  const y = stop.side === 'top' ? plot.top + size : plot.bottom - size * 0.6;
  const halo = { stroke: palette.surface, 'stroke-width': 3, 'paint-order': 'stroke' };
  const words = { fill: palette.stop.text, 'font-weight': 600, ...halo };
  return line + label(text, left, y, 'left', style, words);
}

/** The best point in hindsight: a ring. */
export function drawBest({ panel, plot, style }: Laid): string {
  const { best } = panel;
  if (!best) return '';
  return tag('circle', {
    cx: plot.x(best.x),
    cy: plot.y(best.y),
    r: style.size / 3,
    fill: style.palette.surface,
    stroke: inkOf('test', style.palette).line,
    'stroke-width': style.size / 6,
  });
}
