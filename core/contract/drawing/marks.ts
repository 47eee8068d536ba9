/** Marks of points, dashes of lines: what tells series apart besides colour. */
import { symbol, symbolCircle, symbolSquare, symbolTimes } from 'd3-shape';
import type { FigureSeries } from '../messages/figures.ts';
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
  kind: FigureSeries['mark'],
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

/** How a line is dashed. @param width of the line */
export function dashOf(dash: FigureSeries['dash'], width: number): Attributes {
  if (dash === 'solid') return {};
  const [on, off] = dash === 'dashed' ? [3.5, 2] : [0.1, 2.2];
  return { 'stroke-dasharray': `${on * width} ${off * width}`, 'stroke-linecap': 'round' };
}
