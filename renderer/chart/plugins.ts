/** What chart.js does not draw by itself: labels at line ends and the shaded gap. */
import type { Chart, Plugin } from 'chart.js';
import { placeLabels } from './labels.ts';
import { fade } from './palette.ts';
import { drawn } from '../words/texts.ts';
import type { ChartSpec, Series } from './spec.ts';

const LABEL_GAP = 14;

/** A chart whose spec its plugins read. */
export interface SpecHolder {
  spec: ChartSpec;
  font: string;
}

/** Where a series ends on the canvas. In a stack, the middle of its band. */
function endOf(chart: Chart, index: number): { x: number; y: number } | null {
  const last = chart.getDatasetMeta(index).data.at(-1);
  if (!last) return null;
  const { x, y } = last.getProps(['x', 'y'], true) as { x: number; y: number };
  if (!(chart.options as { labsStacked?: boolean }).labsStacked) return { x, y };
  const below = index > 0 ? chart.getDatasetMeta(index - 1).data.at(-1) : null;
  const floor = below ? (below.getProps(['y'], true) as { y: number }).y : chart.chartArea.bottom;
  return { x, y: (y + floor) / 2 };
}

/** Writes each series' label at its end, in its colour, moved apart where they would touch. */
export function endLabels(holder: SpecHolder): Plugin {
  return {
    id: 'endLabels',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      const all = holder.spec.series.flatMap((series, i) => {
        const end = series.endLabel === undefined ? null : endOf(chart, i);
        return end ? [{ series, ...end }] : [];
      });
      // A line that ends before the others would be labelled across them.
      const furthest = Math.max(...all.map((end) => end.x));
      const ends = all.filter((end) => end.x >= furthest - 1);
      dropWhatDoesNotFit(ends, chartArea.height);
      const heights = placeLabels(
        ends.map((end) => end.y),
        LABEL_GAP,
        chartArea.top + 4,
        chartArea.bottom - 4,
      );
      ctx.save();
      ctx.textBaseline = 'middle';
      ends.forEach(({ series, x }, i) => {
        ctx.font = `${series.quiet && !holder.spec.stacked ? 400 : 600} 11px ${holder.font}`;
        ctx.fillStyle = series.ink.text;
        ctx.fillText(
          drawn(series.endLabel ?? ''),
          Math.min(x, chartArea.right) + 8,
          heights[i] ?? 0,
        );
      });
      ctx.restore();
    },
  };
}

/** Labels of minor lines give way from the lowest up; the table has them all. */
function dropWhatDoesNotFit(ends: { series: Series; y: number }[], height: number): void {
  while (ends.length * LABEL_GAP > height + LABEL_GAP) {
    const minor = ends.filter((end) => end.series.quiet);
    const lowest = minor.toSorted((a, b) => b.y - a.y)[0];
    if (!lowest) return;
    ends.splice(ends.indexOf(lowest), 1);
  }
}

/** Where the labels at the lines' ends begin. */
function clearUntil(chart: Chart): number {
  const ends = chart.data.datasets.map(
    (_, i) => (chart.getDatasetMeta(i).data.at(-1) as { x?: number } | undefined)?.x ?? 0,
  );
  return Math.min(chart.chartArea.right, Math.max(...ends));
}

/** Names the stop line beside it, on the side where there is room. */
export function stopLabel(holder: SpecHolder): Plugin {
  return {
    id: 'stopLabel',
    afterDatasetsDraw(chart) {
      const { stop, markRoom = 0 } = holder.spec;
      const scale = chart.scales['x'];
      if (!stop || stop.label === '' || !scale) return;
      const { ctx, chartArea } = chart;
      const label = drawn(stop.label);
      ctx.save();
      ctx.font = `600 11px ${holder.font}`;
      const width = ctx.measureText(label).width;
      const line = scale.getPixelForValue(stop.at);
      const right = line + 6 + width <= clearUntil(chart);
      const left = line - 6 - width >= chartArea.left;
      if (!right && !left) return ctx.restore();
      ctx.fillStyle = stop.ink.text;
      ctx.textBaseline = 'middle';
      const y = stop.side === 'top' ? chartArea.top + 8 : chartArea.bottom - 10 - markRoom;
      ctx.fillText(label, right ? line + 6 : line - 6 - width, y);
      ctx.restore();
    },
  };
}

/** Shades between two lines after the stop: the lead of test accuracy, then the lead of memorizing. */
export function gapShade(holder: SpecHolder): Plugin {
  return {
    id: 'gapShade',
    beforeDatasetsDraw(chart) {
      const { gap, series } = holder.spec;
      const scale = chart.scales['x'];
      if (!gap || !scale) return;
      const upper = series.findIndex((one) => one.name === gap.upper);
      const lower = series.findIndex((one) => one.name === gap.lower);
      if (upper < 0 || lower < 0) return;
      const from = scale.getPixelForValue(gap.from);
      shadeWhere(chart, upper, lower, from, series[upper] as Series, 'above');
      shadeWhere(chart, upper, lower, from, series[lower] as Series, 'below');
    },
  };
}

type Pixel = { x: number; y: number };

function pixelsOf(chart: Chart, index: number, from: number): Pixel[] {
  return chart
    .getDatasetMeta(index)
    .data.map((element) => element.getProps(['x', 'y'], true) as Pixel)
    .filter((pixel) => pixel.x >= from - 0.5);
}

/** Fills between two lines, clipped to the side on which `upper` lies above (or below) `lower`. */
function shadeWhere(
  chart: Chart,
  upper: number,
  lower: number,
  from: number,
  series: Series,
  side: 'above' | 'below',
): void {
  const { ctx, chartArea } = chart;
  const a = pixelsOf(chart, upper, from);
  const b = pixelsOf(chart, lower, from);
  if (a.length < 2 || b.length < 2) return;
  const edge = side === 'above' ? chartArea.top : chartArea.bottom;
  ctx.save();
  // What lies on the far side of `lower` …
  ctx.beginPath();
  trace(ctx, b);
  ctx.lineTo(b.at(-1)?.x ?? 0, edge);
  ctx.lineTo(b[0]?.x ?? 0, edge);
  ctx.clip();
  // … and on the near side of `upper`.
  ctx.beginPath();
  trace(ctx, a);
  const opposite = side === 'above' ? chartArea.bottom : chartArea.top;
  ctx.lineTo(a.at(-1)?.x ?? 0, opposite);
  ctx.lineTo(a[0]?.x ?? 0, opposite);
  ctx.fillStyle = fade(series.ink.line, 0.12);
  ctx.fill();
  ctx.restore();
}

function trace(ctx: CanvasRenderingContext2D, pixels: Pixel[]): void {
  pixels.forEach(({ x, y }, i) => (i === 0 ? ctx.moveTo(x, y) : ctx.lineTo(x, y)));
}
