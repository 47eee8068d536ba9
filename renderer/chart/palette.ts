/** Series colours (Okabe-Ito), their darker or lighter forms for text, and chart ink, by theme. */

/** `line` for strokes and areas, `text` with a contrast of at least 4.5:1 on a card. */
export interface Ink {
  line: string;
  text: string;
}

/** All the colours that charts use. */
export interface Palette {
  given: Ink;
  truth: Ink;
  holdout: Ink;
  test: Ink;
  stop: Ink;
  other: Ink;
  total: Ink;
  grid: string;
  axis: string;
  surface: string;
  /** Shades for layers, first to last. */
  layers: string[];
  /** Colours for runs that are compared. */
  runs: Ink[];
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
};

/** The colours of a theme. */
export function paletteOf(dark: boolean): Palette {
  return dark ? DARK : LIGHT;
}

/** Dashes that tell lines apart without colour. */
export const DASH = {
  given: [] as number[],
  truth: [6, 3],
  holdout: [2, 3],
  test: [] as number[],
  layers: [[], [6, 2], [2, 2], [8, 2, 2, 2], [4, 4], [1, 3]] as number[][],
};

/** A colour with an opacity, 0 to 1. */
export function fade(hex: string, opacity: number): string {
  const alpha = Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0');
  return `${hex}${alpha}`;
}
