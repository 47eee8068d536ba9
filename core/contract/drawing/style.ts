/** Language, colours and type of a drawing, and texts set in them. */
import { inWords } from '../words/phrase.ts';
import type { Phrase } from '../words/phrase.ts';
import type { Translate } from '../words/texts.ts';
import type { Palette } from './palette.ts';
import { escaped, tag } from './svg.ts';
import type { Attributes } from './svg.ts';

/** How everything in a drawing looks. */
export interface Style {
  t: Translate;
  /** The language runs from right to left; charts never do. */
  rtl: boolean;
  palette: Palette;
  /** Size of small text such as ticks, in pixels; all else follows it. */
  size: number;
  /** The least room for the words of upright ticks, in pixels: charts above each other share theirs. */
  tickRoom: number;
}

/** A part of a drawing, in pixels. */
export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The style of a language and a theme. @param size of small text, in pixels */
export function styleOf(t: Translate, palette: Palette, size: number, tickRoom = 0): Style {
  const rtl = t('language.direction') === 'rtl';
  return { t, rtl, palette, size, tickRoom };
}

/** The height of a line of text, in pixels. */
export const lineOf = ({ size }: Style): number => size * 1.4;

/** A phrase in the drawing's language. */
export const phraseText = (phrase: Phrase, { t }: Style): string => inWords(phrase, t);

/** Where a text stands against its x, as seen: its left end, its middle or its right end. */
export type Anchor = 'left' | 'middle' | 'right';
const ANCHORS = { left: 'start', middle: 'middle', right: 'end' } as const;

/**
 * Words as they stand in a drawing, whose axes run from left to right in every language: in Hebrew they
 * are marked as running right to left by Unicode's isolates, since what draws differs in what a direction
 * does to the anchor, but not in these.
 */
export const inDrawing = (text: string, rtl: boolean): string =>
  rtl && /\p{L}/u.test(text) ? `\u2067${text}\u2069` : text;

/**
 * A line of text.
 * @param y of its baseline
 */
export function label(
  text: string,
  x: number,
  y: number,
  anchor: Anchor,
  style: Style,
  attributes: Attributes = {},
): string {
  const set = {
    x,
    y,
    'text-anchor': ANCHORS[anchor],
    'font-size': style.size,
    fill: style.palette.axis,
    ...attributes,
  };
  return tag('text', set, escaped(inDrawing(text, style.rtl)));
}

/** Widths in DejaVu Sans, in parts of the font's size; what is not named is `OTHER` wide. */
const WIDTHS: [RegExp, number][] = [
  [/[\u2066-\u2069\u200e\u200f\p{M}]/u, 0],
  [/[ijlI|.,:;'!\u00a0 ]/, 0.33],
  [/[frt()[\]\-·יןו]/, 0.4],
  [/[mwMW%@—שםת]/, 0.88],
  [/[A-Z]/, 0.7],
  [/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀-₉]/, 0.42],
];
const OTHER = 0.63;

/** About how wide a text is, in pixels; rather too wide than too narrow. @param size of the font */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const sign of text) width += WIDTHS.find(([signs]) => signs.test(sign))?.[1] ?? OTHER;
  return width * size;
}

/** A text in at most two lines, broken between words; what does not fit then ends in an ellipsis. */
export function wrapped(text: string, size: number, room: number): string[] {
  if (widthOf(text, size) <= room) return [text];
  const words = text.split(' ');
  let first = words.shift()!;
  while (words.length > 0 && widthOf(`${first} ${words[0]!}`, size) <= room) {
    first += ` ${words.shift()!}`;
  }
  const lines = words.length > 0 ? [first, words.join(' ')] : [first];
  return lines.map((line) => cutToRoom(line, size, room));
}

/** A text that fits into so many pixels, with an ellipsis where it has to be cut. */
export function cutToRoom(text: string, size: number, room: number): string {
  if (widthOf(text, size) <= room) return text;
  const signs = [...text];
  while (signs.length > 1 && widthOf(`${signs.join('')}…`, size) > room) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}
