/** PNG: its size, ink where a point is, and Hebrew that is drawn, not left out or replaced by boxes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { figureSvg } from '../../../core/contract/drawing/figure.ts';
import { paletteOf } from '../../../core/contract/drawing/palette.ts';
import { panelDrawing } from '../../../core/contract/drawing/panel.ts';
import { toPng } from '../../../core/figures/png.ts';
import { textsIn } from '../../../core/contract/words/texts.ts';
import { chart, figure, series } from './samples.ts';

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];

test.each(['en', 'he'] as const)(
  'a whole figure in %s is twice as large as its SVG',
  async (language) => {
    for (const dark of [false, true]) {
      const svg = figureSvg(figure(), textsIn(language), { dark });
      const png = await toPng(svg);
      if (SHOTS) {
        mkdirSync(SHOTS, { recursive: true });
        writeFileSync(join(SHOTS, `figure-${language}-${dark ? 'dark' : 'light'}.png`), png);
      }
      const { width, height, format } = await sharp(png).metadata();
      const [, wide = '', high = ''] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
      expect({ format, width, height }).toEqual({
        format: 'png',
        width: Math.round(Number(wide) * 2),
        height: Math.round(Number(high) * 2),
      });
    }
  },
);

test('ink is where a point is, and nowhere beside it', async () => {
  const point = series('', [{ x: 5, y: 0.5 }], { draw: 'points', mark: 'square' });
  const options = { palette: paletteOf(false), width: 400, height: 300, legend: false };
  const { svg, spots } = panelDrawing(chart({ series: [point] }), textsIn('en'), options);
  const { data, info } = await sharp(await toPng(svg))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const first = (Math.round(y * 2) * info.width + Math.round(x * 2)) * info.channels;
    return [...data.subarray(first, first + 4)];
  };
  const { x, y } = spots[0]!;
  expect(at(x, y)).toEqual([0xd5, 0x5e, 0x00, 255]);
  expect(at(x + 12, y + 12)[3]).toBe(0);
});

/** How many pixels of a text are inked. */
async function inked(text: string): Promise<number> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="190" y="28" text-anchor="end" font-size="20" font-family="DejaVu Sans, sans-serif">${text}</text></svg>`;
  const raw = await sharp(await toPng(svg))
    .raw()
    .toBuffer();
  return raw.filter((value, i) => i % 4 === 3 && value > 128).length;
}

test('Hebrew has letters of its own in the font: neither nothing nor the same box for each', async () => {
  const letters = await Promise.all([...'שרוןתווית'].map(inked));
  expect(Math.min(...letters)).toBeGreaterThan(20);
  expect(new Set(letters).size).toBeGreaterThan(4);
  // The signs that set its direction leave no trace.
  expect(await inked('\u2067תווית\u2069')).toBe(await inked('תווית'));
});
