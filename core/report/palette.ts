/** The report's colours: variables, which its style sheet sets for light, dark and print. */
import type { InkColours, Palette } from '../contract/drawing/palette.ts';
import { paletteOf } from '../contract/drawing/palette.ts';

const INKS = ['given', 'truth', 'holdout', 'test', 'stop', 'other', 'total'] as const;
const LIGHT = paletteOf(false);

const variable = (name: string): string => `var(--${name})`;
const ink = (name: string): InkColours => ({
  line: variable(name),
  text: variable(`${name}-text`),
});
const inks = Object.fromEntries(INKS.map((name) => [name, ink(name)])) as Record<
  (typeof INKS)[number],
  InkColours
>;

/** What charts in the report are drawn with. Its charts order no lines by a ramp: that of light stands in. */
export const REPORT_PALETTE: Palette = {
  ...inks,
  grid: variable('grid'),
  axis: variable('axis'),
  surface: variable('page'),
  layers: LIGHT.layers.map((_, i) => variable(`layer-${i}`)),
  runs: LIGHT.runs.map((_, i) => ink(`run-${i}`)),
  ramp: LIGHT.ramp,
};

/** A theme's colours as declarations of the variables. */
export function declarations(dark: boolean): string {
  const palette = paletteOf(dark);
  const pairs = (name: string, { line, text }: InkColours) =>
    `--${name}: ${line}; --${name}-text: ${text};`;
  return [
    ...INKS.map((name) => pairs(name, palette[name])),
    `--grid: ${palette.grid}; --axis: ${palette.axis};`,
    ...palette.layers.map((colour, i) => `--layer-${i}: ${colour};`),
    ...palette.runs.map((colours, i) => pairs(`run-${i}`, colours)),
  ].join(' ');
}
