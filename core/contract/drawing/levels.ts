/** Lines across a chart at a value, from left to right, and their names where no curve runs through them. */
import { placesOf } from './places.ts';
import type { Laid } from './places.ts';
import { hasPlace } from './scales.ts';
import { label, phraseText, widthOf } from './style.ts';
import type { Area } from './style.ts';
import { group, straight } from './svg.ts';

/**
 * The lines, and their names at the right or, where a curve runs through a name there and none does at the
 * left, at the left; clear of each other. Axes draw the lines across the other way.
 */
export function levelsOf(laid: Laid): { lines: string; names: string } {
  const { panel, plot, style } = laid;
  const { total, surface } = style.palette;
  const { size } = style;
  const halo = { stroke: surface, 'stroke-width': 3, 'paint-order': 'stroke', fill: total.text };
  const levels = panel.rules
    .filter(({ axis, at }) => axis === 'y' && hasPlace(panel.y, at))
    .map((rule) => ({ y: plot.y(rule.at), name: phraseText(rule.name, style) }))
    .filter(({ y }) => y >= plot.top - 1 && y <= plot.bottom + 1)
    .sort((a, b) => b.y - a.y);
  let last = Infinity;
  const named = levels.map(({ y, name }) => {
    const wished = y - 4 < plot.top + size ? y + size : y - 4;
    last = Math.min(wished, last - size * 1.2);
    return { name, y: last };
  });
  const isCrossed = (name: string, y: number, side: 'left' | 'right') => {
    const wide = widthOf(name, size) + 4;
    const [left, right] =
      side === 'left' ? [plot.left, plot.left + wide] : [plot.right - wide, plot.right];
    return isRunThrough(laid, { left, right, top: y - size, bottom: y + 4 });
  };
  const write = ({ name, y }: { name: string; y: number }) => {
    const isLeft = isCrossed(name, y, 'right') && !isCrossed(name, y, 'left');
    return isLeft
      ? label(name, plot.left + 2, y, 'left', style, halo)
      : label(name, plot.right - 2, y, 'right', style, halo);
  };
  const lines = levels.map(({ y }) => straight(plot.left, y, plot.right, y, {}));
  const look = { stroke: total.line, 'stroke-dasharray': '2 3' };
  return {
    lines: group(look, lines.join('')),
    names: named.map(write).join(''),
  };
}

/** Whether a curve runs through a box. */
function isRunThrough(laid: Laid, box: Area): boolean {
  return laid.panel.series.some((series) => {
    const places = placesOf(laid, series);
    return places.some((from, i) => {
      const to = places[i + 1];
      return from && to ? crosses([from.left, from.top], [to.left, to.top], box) : false;
    });
  });
}

/** Whether a straight line between two places, the second to the right, runs through a box. */
function crosses(
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  box: Area,
): boolean {
  const [from, to] = [Math.max(x0, box.left), Math.min(x1, box.right)];
  if (from > to) return false;
  const at = (x: number) => (x1 === x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0));
  const [low, high] = [Math.min(at(from), at(to)), Math.max(at(from), at(to))];
  return low <= box.bottom && high >= box.top;
}
