/** What pictures in pgfplots share: their size, axes, numbers and colours. */
import { inkOf, paletteOf } from '../../contract/drawing/palette.ts';
import type { Axis, Ink } from '../../contract/messages/charts.ts';
import type { Phrase } from '../../contract/words/phrase.ts';

/** Colours of paper. */
export const PRINT = paletteOf(false);
/** Digits that a picture can show. */
const DIGITS = 6;
/** Of the picture, by the text's width. */
export const SIZE = 'width=0.92\\linewidth, height=0.46\\linewidth';

/** Puts a phrase into LaTeX. */
export type Words = (phrase: Phrase) => string;

/** Titles, ends and looks of both axes, and of the legend below. */
export function axisOptions(x: Axis, y: Axis, words: Words): string[] {
  return [
    `xlabel={${words(x.title)}}`,
    `ylabel={${words(y.title)}}`,
    ends('x', x),
    ends('y', y),
    ...(['x', 'y'] as const).flatMap((name) => ticks(name, name === 'x' ? x : y)),
    'grid=major, grid style={black!8}, axis line style={black!50}, tick style={black!50}',
    'legend style={at={(0.5,-0.24)}, anchor=north, draw=none, font=\\small}, legend columns=3',
    'legend cell align=left, scaled ticks=false, tick label style={/pgf/number format/fixed}',
  ];
}

function ticks(name: 'x' | 'y', { format }: Axis): string[] {
  return format === 'percent' ? [`${name}ticklabel={\\pgfmathprintnumber{\\tick}\\%}`] : [];
}

/** The ends of an axis, and whether it is a logarithmic one. */
export function ends(name: 'x' | 'y', axis: Axis): string {
  const options = [
    ...(axis.scale === 'log' ? [`${name}mode=log`] : []),
    ...(axis.min === undefined ? [] : [`${name}min=${drawnNumber(axis.min, axis)}`]),
    ...(axis.max === undefined ? [] : [`${name}max=${drawnNumber(axis.max, axis)}`]),
  ];
  return options.length > 0 ? options.join(', ') : `enlarge ${name} limits=false`;
}

/** A number as it is drawn; shares in percent. */
export function drawnNumber(value: number, { format }: Axis): string {
  return String(Number((format === 'percent' ? 100 * value : value).toPrecision(DIGITS)));
}

/** A number of an axis that has no shares. */
export const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/** What an ink is on paper. */
export const hueOf = (ink: Ink): string => colour(inkOf(ink, PRINT).line);

/** `#d55e00` as xcolor's own notation, which needs no definition. */
export function colour(hex: string): string {
  const [red, green, blue] = [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16));
  return `{rgb,255:red,${red};green,${green};blue,${blue}}`;
}

/** A name in the legend. */
export const legendEntry = (words: string): string => `\\addlegendentry{${words}}`;
