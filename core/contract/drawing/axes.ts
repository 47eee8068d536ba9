/** Two axes around a plot: how much room they take, and their lines, ticks and titles. */
import type { Axis, ChartSpec } from '../messages/charts.ts';
import { scaleOf, ticksOf } from './scales.ts';
import type { Domain, Scale, Tick } from './scales.ts';
import { cutToRoom, label, lineOf, phraseText, widthOf, wrapped } from './style.ts';
import type { Area, Style } from './style.ts';
import { group, straight } from './svg.ts';

/** An axis and what it spans. */
export interface Spanned {
  axis: Axis;
  domain: Domain;
}

/** A plot: where it lies, its scales, and what is drawn around and behind the data. */
export interface Plot extends Area {
  x: Scale;
  y: Scale;
  frame: string;
}

interface Options {
  rules?: ChartSpec['rules'];
  /** As many pixels a unit across as up. */
  square?: boolean;
}

const GAP = 6;

/** Lays a plot into an area. */
export function layPlot(
  style: Style,
  area: Area,
  x: Spanned,
  y: Spanned,
  { rules = [], square = false }: Options = {},
): Plot {
  const line = lineOf(style);
  const xTitle = wrapped(phraseText(x.axis.title, style), style.size, area.right - area.left);
  const bottom = area.bottom - (1 + xTitle.length) * line - 2;
  const left = area.left + yRoom(style, y, bottom - area.top);
  const right = area.right - lastHalf(style, x, area.right - left);
  const across = rules.filter(({ axis }) => axis === 'x');
  const flags = flagsOf(style, across, scaleOf(x.axis, x.domain, [left, right]), left, right);
  const rows = 1 + Math.max(0, ...flags.map(({ row }) => row + 1));
  const free = { left, right, bottom, top: area.top + (rows + 0.6) * line };
  const box = square ? squared(free, x.domain, y.domain) : free;
  const plot = {
    ...box,
    x: scaleOf(x.axis, x.domain, [box.left, box.right]),
    y: scaleOf(y.axis, y.domain, [box.bottom, box.top]),
  };
  const frame =
    yAxis(style, area, plot, y) +
    xAxis(style, plot, x) +
    xTitle.map((words, i) => titleLine(style, area, plot, words, i)).join('') +
    flags.map((flag) => drawFlag(style, flag, plot)).join('');
  return { ...plot, frame };
}

/** At most so many ticks stand above each other. */
const upright = (style: Style, height: number): number =>
  Math.max(2, Math.min(8, Math.floor(height / (style.size * 3.4))));

function yRoom(style: Style, { axis, domain }: Spanned, height: number): number {
  const words = ticksOf(axis, domain, upright(style, height)).map((tick) => tick.words);
  return Math.max(style.tickRoom, ...words.map((each) => widthOf(each, style.size))) + GAP + 2;
}

/** Ticks below each other's way: as many as have room. */
function xTicks(style: Style, { axis, domain }: Spanned, width: number): Tick[] {
  const scale = scaleOf(axis, domain, [0, width]);
  const room = Math.min(10, Math.floor(width / (style.size * 4)));
  for (let most = room; most > 2; most--) {
    const ticks = ticksOf(axis, domain, most);
    const ends = ticks
      .filter(({ words }) => words)
      .map(({ at, words }) => [scale(at), widthOf(words, style.size)] as const);
    const isFree = ends.every(
      ([at, wide], i) =>
        i === 0 || at - ends[i - 1]![0] >= (wide + ends[i - 1]![1]) / 2 + style.size * 0.8,
    );
    if (isFree) return ticks;
  }
  return ticksOf(axis, domain, 2);
}

/** Half of the last tick's words stand right of the plot. */
function lastHalf(style: Style, x: Spanned, width: number): number {
  const last = xTicks(style, x, width).findLast(({ words }) => words);
  if (!last) return GAP;
  const over = scaleOf(x.axis, x.domain, [0, width])(last.at) - width;
  return Math.max(GAP, widthOf(last.words, style.size) / 2 + over + 1);
}

function squared(box: Area, [x0, x1]: Domain, [y0, y1]: Domain): Area {
  const unit = Math.min((box.right - box.left) / (x1 - x0), (box.bottom - box.top) / (y1 - y0));
  const spare = (box.right - box.left - unit * (x1 - x0)) / 2;
  return {
    left: box.left + spare,
    right: box.right - spare,
    top: box.bottom - unit * (y1 - y0),
    bottom: box.bottom,
  };
}

function yAxis(style: Style, area: Area, plot: Omit<Plot, 'frame'>, { axis, domain }: Spanned) {
  const { size, palette } = style;
  const ticks = ticksOf(axis, domain, upright(style, plot.bottom - plot.top));
  const lines = ticks
    .filter(({ words }) => words)
    .map(({ at }) => straight(plot.left, plot.y(at), plot.right, plot.y(at), {}));
  const words = ticks
    .filter((tick) => tick.words)
    .map((tick) =>
      label(tick.words, plot.left - GAP, plot.y(tick.at) + size * 0.35, 'right', style),
    );
  const title = cutToRoom(phraseText(axis.title, style), size, area.right - area.left);
  return (
    group({ stroke: palette.grid }, lines.join('')) +
    words.join('') +
    label(title, area.left, area.top + size, 'left', style)
  );
}

function xAxis(style: Style, plot: Omit<Plot, 'frame'>, spanned: Spanned): string {
  const { palette } = style;
  const line = lineOf(style);
  const { left, right, bottom } = plot;
  const ticks = xTicks(style, spanned, right - left);
  const lines = ticks.map(({ at, words }) =>
    straight(plot.x(at), bottom, plot.x(at), bottom + (words ? 4 : 2), {}),
  );
  const words = ticks.map((tick) =>
    tick.words ? label(tick.words, plot.x(tick.at), bottom + line, 'middle', style) : '',
  );
  return (
    group({ stroke: palette.axis }, straight(left, bottom, right, bottom, {}) + lines.join('')) +
    words.join('')
  );
}

/** Below the middle of the plot, but within the area. */
function titleLine(style: Style, area: Area, plot: Omit<Plot, 'frame'>, words: string, i: number) {
  const half = widthOf(words, style.size) / 2;
  const wished = (plot.left + plot.right) / 2;
  const middle = Math.max(area.left + half, Math.min(area.right - half, wished));
  return label(words, middle, plot.bottom + (2 + i) * lineOf(style), 'middle', style);
}

/** A line across with its name beside its upper end, above the plot. */
interface Flag {
  name: string;
  value: number;
  /** Rows from the plot up. */
  row: number;
}

/** Names stand right of their lines; those further left higher up, so that no line crosses a name. */
function flagsOf(
  style: Style,
  rules: ChartSpec['rules'],
  x: Scale,
  left: number,
  right: number,
): Flag[] {
  const starts: number[] = [];
  return [...rules]
    .sort((a, b) => b.at - a.at)
    .filter(({ at }) => x(at) >= left - 1 && x(at) <= right + 1)
    .map((rule) => {
      const name = cutToRoom(phraseText(rule.name, style), style.size, right - left);
      const [from, to] = besideLine(x(rule.at), name, style, right);
      const free = starts.findIndex((start) => to <= start);
      const row = free < 0 ? starts.length : free;
      starts[row] = Math.min(from, x(rule.at)) - style.size * 0.5;
      return { name, value: rule.at, row };
    });
}

/** Right of a line, or left of it where the plot ends. */
function besideLine(at: number, name: string, style: Style, right: number): [number, number] {
  const wide = widthOf(name, style.size);
  return at + 4 + wide > right + style.size ? [at - 4 - wide, at - 4] : [at + 4, at + 4 + wide];
}

function drawFlag(style: Style, { name, value, row }: Flag, plot: Omit<Plot, 'frame'>): string {
  const { total } = style.palette;
  const at = plot.x(value);
  const base = plot.top - 5 - row * lineOf(style);
  const [from] = besideLine(at, name, style, plot.right);
  const [x, side] = from > at ? ([at + 4, 'left'] as const) : ([at - 4, 'right'] as const);
  const line = straight(at, base - style.size * 0.75, at, plot.bottom, {});
  return (
    group({ stroke: total.line, 'stroke-dasharray': '2 3' }, line) +
    label(name, x, base, side, style, { fill: total.text })
  );
}
