/** Colours by meaning (Okabe-Ito), by theme, of the window's charts and of figures alike. */
import { interpolatePlasma, interpolateViridis } from 'd3-scale-chromatic';
import type { Ink } from '../messages/charts.ts';

/** `line` for strokes and areas, `text` with a contrast of at least 4.5:1 on a card. */
export interface InkColours {
  line: string;
  text: string;
}

/** All the colours that charts use: those of a theme, or variables of a page that has both. */
export interface Palette {
  given: InkColours;
  truth: InkColours;
  holdout: InkColours;
  test: InkColours;
  stop: InkColours;
  other: InkColours;
  total: InkColours;
  grid: string;
  axis: string;
  surface: string;
  /** Shades for layers, first to last. */
  layers: string[];
  /** Colours for runs that are compared. */
  runs: InkColours[];
  /** The part of plasma, which is even to the eye, that lines are ordered by: contrast of 3:1 on a card. */
  ramp: readonly [number, number];
}

const LIGHT: Palette = {
  given: { line: '#d55e00', text: '#b04c00' },
  truth: { line: '#0072b2', text: '#00659e' },
  holdout: { line: '#e69f00', text: '#8a5f00' },
  test: { line: '#009e73', text: '#007556' },
  stop: { line: '#cc79a7', text: '#a0467a' },
  other: { line: '#cdcdc8', text: '#62625c' },
  total: { line: '#1b1b19', text: '#1b1b19' },
  grid: '#ededE9',
  axis: '#62625c',
  surface: '#ffffff',
  layers: ['#9a9a94', '#7d7d78', '#62625c', '#8a8a84', '#6f6f69', '#55554f'],
  runs: [
    { line: '#0072b2', text: '#00659e' },
    { line: '#d55e00', text: '#b04c00' },
    { line: '#009e73', text: '#007556' },
    { line: '#cc79a7', text: '#a0467a' },
    { line: '#e69f00', text: '#8a5f00' },
    { line: '#56b4e9', text: '#1b6f9f' },
  ],
  ramp: [0.02, 0.65],
};

const DARK: Palette = {
  given: { line: '#f5803a', text: '#ff9a5c' },
  truth: { line: '#56b4e9', text: '#6cc0f0' },
  holdout: { line: '#e6a817', text: '#eab53c' },
  test: { line: '#2cc295', text: '#3fd0a4' },
  stop: { line: '#e39bc3', text: '#eaaccf' },
  other: { line: '#4a4c50', text: '#b4b5b2' },
  total: { line: '#ececea', text: '#ececea' },
  grid: '#2c2d30',
  axis: '#a3a4a1',
  surface: '#1f2022',
  layers: ['#8f908d', '#b0b1ae', '#77787a', '#a0a19e', '#c2c3c0', '#858688'],
  runs: [
    { line: '#56b4e9', text: '#6cc0f0' },
    { line: '#f5803a', text: '#ff9a5c' },
    { line: '#2cc295', text: '#3fd0a4' },
    { line: '#e39bc3', text: '#eaaccf' },
    { line: '#e6a817', text: '#eab53c' },
    { line: '#b7a6f5', text: '#c3b5f8' },
  ],
  ramp: [0.47, 0.98],
};

/** The colours of a theme. */
export function paletteOf(dark: boolean): Palette {
  return dark ? DARK : LIGHT;
}

/** The colours of an ink. */
export function inkOf(ink: Ink, palette: Palette): InkColours {
  if (ink === 'axis') return { line: palette.axis, text: palette.axis };
  if (typeof ink === 'string') return palette[ink];
  if ('layer' in ink) return { line: nth(palette.layers, ink.layer), text: palette.axis };
  if ('run' in ink) return nth(palette.runs, ink.run);
  const [least, most] = palette.ramp;
  const line = interpolatePlasma(least + ink.level * (most - least));
  return { line, text: line };
}

/** Of a list that begins anew where it ends. */
const nth = <T>(list: readonly T[], place: number): T => list[place % list.length]!;

/** The colour of a matrix's cell. @param share of the way from the least value to the greatest, 0 to 1 */
export function heatColour(share: number): string {
  return interpolateViridis(share);
}

/** How bright a colour such as `#0072b2` or `rgb(0, 114, 178)` is, 0 to 1 (WCAG 2.2, relative luminance). */
export function luminance(colour: string): number {
  const parts = colour.startsWith('#')
    ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/\d+/g) ?? []).map(Number);
  const [r = 0, g = 0, b = 0] = parts.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
