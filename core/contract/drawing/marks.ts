/** Marks of points, dashes of lines: what tells series apart besides colour. */
import { symbol, symbolCircle, symbolSquare, symbolTimes } from 'd3-shape';
import type { Dash, Series } from '../messages/charts.ts';
import { tag } from './svg.ts';
import type { Attributes } from './svg.ts';

const SHAPES = {
  dot: symbolCircle,
  ring: symbolCircle,
  cross: symbolTimes,
  square: symbolSquare,
} as const;

/** Area of a mark in square pixels, by its radius. */
const areaOf = (radius: number): number => Math.PI * radius * radius;

/** A point's mark. @param ground what a ring is filled with */
export function mark(
  kind: Series['mark'],
  x: number,
  y: number,
  radius: number,
  colour: string,
  ground: string,
): string {
  const hollow: Attributes = { 'stroke-width': radius * 0.55, stroke: colour };
  const look = {
    dot: { fill: colour },
    square: { fill: colour },
    ring: { ...hollow, fill: ground },
    cross: { ...hollow, fill: 'none', 'stroke-width': radius * 0.65 },
  }[kind];
  const d = symbol(SHAPES[kind], areaOf(radius)).digits(2)()!;
  return tag('path', { d, transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})`, ...look });
}

/** On and off in turn, in widths of the line, whose round ends add one width to what is on. */
const RHYTHMS: Record<Dash, readonly number[]> = {
  solid: [],
  dashed: [3.5, 2],
  dotted: [0.1, 2.2],
  dashDot: [3.5, 2, 0.1, 2],
  spaced: [2.5, 3.5],
  short: [1, 2],
  dashDotDot: [3.5, 2, 0.1, 2, 0.1, 2],
};

/** Lengths of a line's dashes and of what lies between, in pixels; none where it is solid. */
export function dashLengths(dash: Dash, width: number): number[] {
  return RHYTHMS[dash].map((length) => length * width);
}

/** How a line is dashed. @param width of the line */
export function dashOf(dash: Dash, width: number): Attributes {
  if (dash === 'solid') return {};
  return { 'stroke-dasharray': dashLengths(dash, width).join(' '), 'stroke-linecap': 'round' };
}
