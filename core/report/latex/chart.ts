/** A report's chart as a pgfplots picture, made of its numbers: it can be restyled in an article. */
import { inkOf, paletteOf } from '../../contract/drawing/palette.ts';
import type { Axis, ChartSpec, Dash, Series, StopMark } from '../../contract/messages/charts.ts';
import { inWords } from '../../contract/words/phrase.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import type { Translate } from '../../contract/words/texts.ts';

const PALETTE = paletteOf(false);
const DASHES: Record<Dash, string> = {
  solid: 'solid',
  dashed: 'dashed',
  dotted: 'dotted',
  dashDot: 'dash dot',
  spaced: 'loosely dashed',
  short: 'densely dashed',
  dashDotDot: 'dash dot dot',
};
/** Points of a line for one pixel on the screen. */
const POINTS = 0.5;
/** Of a line that is told none. */
const WIDTH = 2;
/** Digits that a picture can show. */
const DIGITS = 6;
const SIZE = 'width=0.92\\linewidth, height=0.46\\linewidth';

/** The picture. @param say writes a text as LaTeX */
export function chartLatex(spec: ChartSpec, t: Translate, say: (text: string) => string): string {
  const words = (phrase: Phrase): string => say(inWords(phrase, t));
  const first = spec.series.filter(({ secondary }) => !secondary);
  const second = spec.series.filter(({ secondary }) => secondary);
  return [
    '\\begin{tikzpicture}',
    `\\begin{axis}[${SIZE}, ${axisOptions(spec, words)}]`,
    ...(spec.stop && spec.stop.low < spec.stop.high ? [stopRange(spec.stop)] : []),
    ...first.map((series) => plot(series, spec.y) + legendEntry(words(series.name))),
    ...second.map(
      (series) => `\\addlegendimage{${lookOf(series)}}${legendEntry(words(series.name))}`,
    ),
    ...(spec.stop ? [stopLine(spec.stop, words)] : []),
    ...(spec.best ? [bestMark(spec.best, spec.y)] : []),
    '\\end{axis}',
    ...(spec.second && second.length > 0 ? secondAxis(spec, spec.second, second) : []),
    '\\end{tikzpicture}',
  ].join('\n');
}

/** An axis of the same size without ticks, as the window has for what only shows its course. */
function secondAxis({ x }: ChartSpec, y: Axis, series: readonly Series[]): string[] {
  return [
    `\\begin{axis}[${SIZE}, hide axis, ${ends('x', x)}, ${ends('y', y)}]`,
    ...series.map((one) => plot(one, y)),
    '\\end{axis}',
  ];
}

function axisOptions(spec: ChartSpec, words: (phrase: Phrase) => string): string {
  const { x, y, stacked } = spec;
  return [
    `xlabel={${words(x.title)}}`,
    `ylabel={${words(y.title)}}`,
    ends('x', x),
    ends('y', y),
    ...(y.format === 'percent' ? ['yticklabel={\\pgfmathprintnumber{\\tick}\\%}'] : []),
    'grid=major, grid style={black!8}, axis line style={black!50}, tick style={black!50}',
    'legend style={at={(0.5,-0.24)}, anchor=north, draw=none, font=\\small}, legend columns=3',
    'legend cell align=left, scaled ticks=false, tick label style={/pgf/number format/fixed}',
    ...(stacked ? ['stack plots=y, area style'] : []),
  ].join(', ');
}

/** The ends of an axis, and whether it is a logarithmic one. */
function ends(name: 'x' | 'y', axis: Axis): string {
  const options = [
    ...(axis.scale === 'log' ? [`${name}mode=log`] : []),
    ...(axis.min === undefined ? [] : [`${name}min=${scaled(axis.min, axis)}`]),
    ...(axis.max === undefined ? [] : [`${name}max=${scaled(axis.max, axis)}`]),
  ];
  return options.length > 0 ? options.join(', ') : `enlarge ${name} limits=false`;
}

/** Shares are drawn in percent. */
function scaled(value: number, { format }: Axis): string {
  return String(Number((format === 'percent' ? 100 * value : value).toPrecision(DIGITS)));
}

function plot(series: Series, y: Axis): string {
  const points = series.points.filter((point) => Number.isFinite(point.y));
  const written = points.map(
    (point) => `(${Number(point.x.toPrecision(DIGITS))},${scaled(point.y, y)})`,
  );
  const end = series.fill === undefined ? ';' : ' \\closedcycle;';
  return `\\addplot[${lookOf(series)}] coordinates {${written.join(' ')}}${end}`;
}

function lookOf(series: Series): string {
  const { dash, width, fill, opacity, draw, stepped, mark } = series;
  const hue = colour(inkOf(series.ink, PALETTE).line);
  return [
    ...(fill === undefined ? [`color=${hue}`, DASHES[dash]] : [`draw=${hue}, fill=${hue}`]),
    ...(fill === undefined ? [] : [`fill opacity=${fill}`]),
    ...(width === 0 ? [] : [`line width=${(width ?? WIDTH) * POINTS}pt`]),
    ...(opacity === 1 ? [] : [`opacity=${opacity}`]),
    ...(stepped ? ['const plot'] : []),
    ...(draw === 'line' ? ['no marks'] : [`mark=${MARKS[mark]}`, 'mark size=1.2pt']),
    ...(draw === 'points' ? ['only marks'] : []),
  ].join(', ');
}

const MARKS: Record<Series['mark'], string> = {
  dot: '*',
  ring: 'o',
  cross: 'x',
  square: 'square*',
};

/** `#d55e00` as xcolor's own notation, which needs no definition. */
function colour(hex: string): string {
  const [red, green, blue] = [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16));
  return `{rgb,255:red,${red};green,${green};blue,${blue}}`;
}

const legendEntry = (words: string): string => `\\addlegendentry{${words}}`;

const upright = (x: number, height: 0 | 1): string =>
  `({axis cs:${x},1}|-{rel axis cs:0,${height}})`;

function stopRange({ low, high }: StopMark): string {
  const hue = colour(PALETTE.stop.line);
  return `\\fill[color=${hue}, opacity=0.15] ${upright(low, 0)} rectangle ${upright(high, 1)};`;
}

function stopLine({ at, label, side }: StopMark, words: (phrase: Phrase) => string): string {
  const hue = colour(PALETTE.stop.text);
  const [height, anchor] =
    side === 'top' ? ([1, 'north west'] as const) : ([0, 'south west'] as const);
  const node = label
    ? `\n\\node[anchor=${anchor}, color=${hue}, font=\\footnotesize] at ${upright(at, height)} {${words(label)}};`
    : '';
  return `\\draw[color=${hue}, thick] ${upright(at, 0)} -- ${upright(at, 1)};${node}`;
}

function bestMark({ x, y }: { x: number; y: number }, axis: Axis): string {
  const place = `(axis cs:${x},${scaled(y, axis)})`;
  return `\\draw[thick] ${place} circle[radius=2.5pt];`;
}
