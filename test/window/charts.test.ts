/** One spec, two backends: what chart.js is told is what the SVG shows. */
import { expect, test } from 'vitest';
import { distanceChart } from '../../core/contract/drawing/epochs/distance.ts';
import { paletteOf } from '../../core/contract/drawing/palette.ts';
import { panelSvg } from '../../core/contract/drawing/panel.ts';
import { inEnglish } from '../../core/contract/words/texts.ts';
import { configuration } from '../../renderer/chart/configure.ts';
import { epoch, verdict } from '../unit/drawing/epochs.ts';

/** What chart.js is told of an axis, as far as the test reads it. */
interface ToldAxis {
  min: number;
  max: number;
  afterBuildTicks(axis: { ticks: { value: number }[] }): void;
  ticks: { callback(value: number): string };
}

test('chart.js writes the ticks that the SVG of the same spec has, in the ink and dash it has', () => {
  const epochs = Array.from({ length: 13 }, (_, i) => epoch(i));
  const spec = distanceChart({ epochs, verdict, lastEpoch: 12 });
  const palette = paletteOf(true);
  const told = configuration({ spec, palette, font: 'sans-serif', markRoom: 0 });
  const svg = panelSvg(spec, inEnglish, { palette, width: 900, height: 420 });
  const written = [...svg.matchAll(/<text [^>]*>([\d.,]+)<\/text>/g)].map(([, text]) => text);
  const scales = told.options!.scales as unknown as Record<string, ToldAxis>;
  const wordsOf = (axis: ToldAxis): string[] => {
    const built: { ticks: { value: number }[] } = { ticks: [] };
    axis.afterBuildTicks(built);
    return built.ticks.map(({ value }) => axis.ticks.callback(value));
  };
  expect([...wordsOf(scales['y']!), ...wordsOf(scales['x']!)]).toEqual(written);
  expect([scales['x']!.min, scales['x']!.max, scales['y']!.min]).toEqual([0, 12, 0]);
  const [layer] = told.data.datasets;
  expect(layer).toMatchObject({ borderWidth: 1.5, borderDash: [5.25, 3], yAxisID: 'y' });
  expect(svg).toContain(`stroke="${palette.layers[0]!}" stroke-width="1.5"`);
  expect(svg).toContain('stroke-dasharray="5.25 3"');
  expect(told.data.datasets.at(-2)!.yAxisID).toBe('y2');
});
