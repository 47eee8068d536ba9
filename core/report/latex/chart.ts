/** A chart of lines, areas and points in pgfplots. */
import type { Axis, ChartSpec, Dash, Series, StopMark } from '../../contract/messages/charts.ts';
import {
  axisOptions,
  colour,
  ends,
  hueOf,
  legendEntry,
  PRINT,
  rounded,
  drawnNumber,
  SIZE,
} from './axis.ts';
import type { Words } from './axis.ts';

const DASHES: Record<Dash, string> = {
  solid: 'solid',
  dashed: 'dashed',
  dotted: 'dotted',
  dashDot: 'dash dot',
  spaced: 'loosely dashed',
  short: 'densely dashed',
  dashDotDot: 'dash dot dot',
};
const MARKS: Record<Series['mark'], string> = {
  dot: '*',
  ring: 'o',
  cross: 'x',
  square: 'square*',
};
/** Points of a line for one pixel on the screen. */
const POINTS = 0.5;
/** Of a line that is told none. */
const WIDTH = 2;

/** The axes with all that is on them. */
export function chartAxes(spec: ChartSpec, words: Words): string[] {
  const { x, y, second, stop, best, stacked, square } = spec;
  const first = spec.series.filter(({ secondary }) => !secondary);
  const others = spec.series.filter(({ secondary }) => secondary);
  const options = [
    SIZE,
    ...axisOptions(x, y, words),
    ...(stacked ? ['stack plots=y, area style'] : []),
    ...(square ? ['axis equal image'] : []),
  ];
  return [
    `\\begin{axis}[${options.join(', ')}]`,
    ...(stop && stop.low < stop.high ? [stopRange(stop)] : []),
    ...first.flatMap((series) => spread(series, x, y)),
    ...first.map((series) => plot(series, x, y) + legendEntry(words(series.name))),
    ...others.map(
      (series) => `\\addlegendimage{${lookOf(series)}}${legendEntry(words(series.name))}`,
    ),
    ...spec.rules.map((rule) => ruleLine(rule, rule.axis === 'x' ? x : y, words)),
    ...(stop ? [stopLine(stop, words)] : []),
    ...(best ? [`\\draw[thick] (axis cs:${pair(best, x, y)}) circle[radius=2.5pt];`] : []),
    '\\end{axis}',
    ...(second && others.length > 0 ? secondAxis(x, second, others) : []),
  ];
}

/** An axis of the same size without ticks, as the window has for what only shows its course. */
function secondAxis(x: Axis, y: Axis, series: readonly Series[]): string[] {
  return [
    `\\begin{axis}[${SIZE}, hide axis, ${ends('x', x)}, ${ends('y', y)}]`,
    ...series.map((one) => plot(one, x, y)),
    '\\end{axis}',
  ];
}

const pair = (point: { x: number; y: number }, x: Axis, y: Axis): string =>
  `${drawnNumber(point.x, x)},${drawnNumber(point.y, y)}`;

function coordinates(points: readonly { x: number; y: number }[], x: Axis, y: Axis): string {
  const known = points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  return `coordinates {${known.map((point) => `(${pair(point, x, y)})`).join(' ')}}`;
}

function plot(series: Series, x: Axis, y: Axis): string {
  const end = series.fill === undefined ? ';' : ' \\closedcycle;';
  return `\\addplot[${lookOf(series)}] ${coordinates(series.points, x, y)}${end}`;
}

/** The spread around points, as an area; nothing where they have none. */
function spread({ points, ink }: Series, x: Axis, y: Axis): string[] {
  const wide = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  if (wide.length === 0) return [];
  const there = wide.map((point) => ({ x: point.x, y: point.high! }));
  const back = wide.toReversed().map((point) => ({ x: point.x, y: point.low! }));
  const look = `draw=none, fill=${hueOf(ink)}, fill opacity=0.15, forget plot`;
  return [`\\addplot[${look}] ${coordinates([...there, ...back], x, y)} -- cycle;`];
}

function lookOf(series: Series): string {
  const { dash, width, fill, opacity, draw, stepped, mark, marksStart } = series;
  const hue = hueOf(series.ink);
  return [
    ...(fill === undefined ? [`color=${hue}`, DASHES[dash]] : [`draw=${hue}, fill=${hue}`]),
    ...(fill === undefined ? [] : [`fill opacity=${fill}`]),
    ...(width === 0 ? [] : [`line width=${(width ?? WIDTH) * POINTS}pt`]),
    ...(opacity === 1 ? [] : [`opacity=${opacity}`]),
    ...(stepped ? ['const plot'] : []),
    ...(draw === 'line' ? ['no marks'] : [`mark=${MARKS[mark]}`, 'mark size=1.2pt']),
    ...(draw === 'points' ? ['only marks'] : []),
    ...(marksStart ? ['mark indices={1}'] : []),
  ].join(', ');
}

/** A place on the x axis, at the bottom (0) or the top (1). */
const upright = (x: number, height: 0 | 1): string =>
  `({axis cs:${rounded(x)},1}|-{rel axis cs:0,${height}})`;
/** A place on the y axis, at the left (0) or the right (1). */
const level = (y: string, side: 0 | 1): string => `({rel axis cs:${side},0}|-{axis cs:1,${y}})`;

function ruleLine({ axis, at, name }: ChartSpec['rules'][number], of: Axis, words: Words): string {
  const ends =
    axis === 'x'
      ? [upright(at, 0), upright(at, 1)]
      : [level(drawnNumber(at, of), 0), level(drawnNumber(at, of), 1)];
  const label = `node[pos=0.98, anchor=${axis === 'x' ? 'north west' : 'south east'}, font=\\footnotesize] {${words(name)}}`;
  return `\\draw[dashed, black!60] ${ends[0]!} -- ${ends[1]!} ${label};`;
}

function stopRange({ low, high }: StopMark): string {
  const hue = colour(PRINT.stop.line);
  return `\\fill[color=${hue}, opacity=0.15] ${upright(low, 0)} rectangle ${upright(high, 1)};`;
}

function stopLine({ at, label, side }: StopMark, words: Words): string {
  const hue = colour(PRINT.stop.text);
  const [height, anchor] =
    side === 'top' ? ([1, 'north west'] as const) : ([0, 'south west'] as const);
  const node = label
    ? `\n\\node[anchor=${anchor}, color=${hue}, font=\\footnotesize] at ${upright(at, height)} {${words(label)}};`
    : '';
  return `\\draw[color=${hue}, thick] ${upright(at, 0)} -- ${upright(at, 1)};${node}`;
}
