/** One spec, two backends: what chart.js is told is what the SVG shows. */
import { expect, test } from 'vitest';
import { accuracyChart } from '../../core/contract/drawing/epochs/accuracy.ts';
import { distanceChart } from '../../core/contract/drawing/epochs/distance.ts';
import { outcomesChart } from '../../core/contract/drawing/epochs/outcomes.ts';
import { paletteOf } from '../../core/contract/drawing/palette.ts';
import { panelSvg } from '../../core/contract/drawing/panel.ts';
import type { ChartSpec } from '../../core/contract/messages/charts.ts';
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

const epochs = Array.from({ length: 13 }, (_, i) => epoch(i));
const course = { epochs, verdict, lastEpoch: 12 };
const distance = distanceChart(course);

/** What chart.js is told of a spec, and the SVG of it. */
function bothOf(spec: ChartSpec) {
  const palette = paletteOf(true);
  const told = configuration({ spec, palette, font: 'sans-serif', markRoom: 0 });
  const svg = panelSvg(spec, inEnglish, { palette, width: 900, height: 420 });
  return {
    told,
    scales: told.options!.scales as unknown as Record<string, ToldAxis>,
    svg,
    palette,
  };
}

test.each([distance, accuracyChart(course, 'epoch', true), outcomesChart(course)])(
  'the chart $id has the same ticks in both',
  (spec) => {
    const { scales, svg } = bothOf(spec);
    const wordsOf = (axis: ToldAxis): string[] => {
      const built: { ticks: { value: number }[] } = { ticks: [] };
      axis.afterBuildTicks(built);
      return built.ticks.map(({ value }) => axis.ticks.callback(value));
    };
    const written = [...svg.matchAll(/<text [^>]*>([\d.,]+%?)<\/text>/g)].map(([, text]) => text);
    expect([...wordsOf(scales['y']!), ...wordsOf(scales['x']!)]).toEqual(written);
    expect([scales['x']!.min, scales['x']!.max, scales['y']!.min]).toEqual([0, 12, 0]);
  },
);

test('a line has the same ink, width and dash in both', () => {
  const { told, svg, palette } = bothOf(distance);
  expect(told.data.datasets[0]).toMatchObject({
    borderColor: 'rgb(143, 144, 141)',
    borderWidth: 1.5,
    borderDash: [5.25, 3],
    yAxisID: 'y',
  });
  expect(palette.layers[0]).toBe('#8f908d');
  expect(svg).toContain(`stroke="${palette.layers[0]!}" stroke-width="1.5"`);
  expect(svg).toContain('stroke-dasharray="5.25 3"');
  expect(told.data.datasets.at(-2)!.yAxisID).toBe('y2');
});
