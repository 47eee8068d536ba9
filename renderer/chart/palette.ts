/** The colours of charts, which figures share, and what a canvas makes of them. */
import { color } from 'chart.js/helpers';

export { inkOf, paletteOf } from '../../core/contract/drawing/palette.ts';
export type { Palette } from '../../core/contract/drawing/palette.ts';

/** A colour with an opacity, 0 to 1. */
export function fade(colour: string, opacity: number): string {
  return color(colour).alpha(opacity).rgbString();
}
