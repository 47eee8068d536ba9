/** The colours of charts, which figures share, and how lines are told apart without colour. */
export { paletteOf } from '../../core/contract/drawing/palette.ts';
export type { Ink, Palette } from '../../core/contract/drawing/palette.ts';

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
