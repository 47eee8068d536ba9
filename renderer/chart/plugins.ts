/** What chart.js does not draw by itself: labels at line ends and beside the stop, and the shaded gap. */
import type { Chart, Plugin } from 'chart.js';
import { isBold } from '../../core/contract/drawing/ends.ts';
import { GAP_OPACITY, gapOf, SIDES } from '../../core/contract/drawing/gap.ts';
import { besideStop, labelledEnds } from '../../core/contract/drawing/labels.ts';
import type { LineEnd } from '../../core/contract/drawing/labels.ts';
import type { ChartSpec } from '../../core/contract/messages/charts.ts';
import { wordsInChart } from '../words/texts.ts';
import { fade, inkOf } from './palette.ts';
import type { Palette } from './palette.ts';

const LABEL_GAP = 14;

/** A chart whose spec its plugins read. */
export interface SpecHolder {
  spec: ChartSpec;
  palette: Palette;
  font: string;
  /** Pixels above the x axis that marks of another layer take. */
  markRoom: number;
}

/** Where a series ends on the canvas. In a stack, the middle of its band. */
function endOf(chart: Chart, index: number, stacked: boolean): { x: number; y: number } | null {
  const last = chart.getDatasetMeta(index).data.at(-1);
  if (!last) return null;
  const { x, y } = last.getProps(['x', 'y'], true) as { x: number; y: number };
  if (!stacked) return { x, y };
  const below = index > 0 ? chart.getDatasetMeta(index - 1).data.at(-1) : null;
  const floor = below ? (below.getProps(['y'], true) as { y: number }).y : chart.chartArea.bottom;
  return { x, y: (y + floor) / 2 };
}

function endsOn(chart: Chart, { series, stacked = false }: ChartSpec): LineEnd[] {
  return series.flatMap((one, i) => {
    const end = endOf(chart, i, stacked);
    return end ? [{ series: one, ...end }] : [];
  });
}

/** Writes each series' label at its end, in its colour, moved apart where they would touch. */
export function endLabels(holder: SpecHolder): Plugin {
  return {
    id: 'endLabels',
    afterDatasetsDraw(chart) {
      const { spec, palette, font } = holder;
      const { ctx, chartArea } = chart;
      const room = { top: chartArea.top + 4, bottom: chartArea.bottom - 4 };
      ctx.save();
      ctx.textBaseline = 'middle';
      for (const { series, x, height } of labelledEnds(endsOn(chart, spec), LABEL_GAP, room)) {
        ctx.font = `${isBold(series, spec) ? 600 : 400} 11px ${font}`;
        ctx.fillStyle = inkOf(series.ink, palette).text;
        ctx.fillText(wordsInChart(series.endLabel!), Math.min(x, chartArea.right) + 8, height);
      }
      ctx.restore();
    },
  };
}

/** Names the stop line beside it, on the side where there is room. */
export function stopLabel(holder: SpecHolder): Plugin {
  return {
    id: 'stopLabel',
    afterDatasetsDraw(chart) {
      const { spec, palette, font, markRoom } = holder;
      const { stop } = spec;
      const scale = chart.scales['x'];
      if (!stop?.label || !scale) return;
      const { ctx, chartArea } = chart;
      const label = wordsInChart(stop.label);
      ctx.save();
      ctx.font = `600 11px ${font}`;
      const { width } = ctx.measureText(label);
      const furthest = Math.max(...endsOn(chart, spec).map(({ x }) => x));
      const clear = Math.min(chartArea.right, furthest);
      const left = besideStop(scale.getPixelForValue(stop.at), width, chartArea.left, clear);
      if (left !== null) {
        ctx.fillStyle = palette.stop.text;
        ctx.textBaseline = 'middle';
        const y = stop.side === 'top' ? chartArea.top + 8 : chartArea.bottom - 10 - markRoom;
        ctx.fillText(label, left, y);
      }
      ctx.restore();
    },
  };
}

/** Shades between two lines after the stop: the lead of test accuracy, then the lead of memorizing. */
export function gapShade(holder: SpecHolder): Plugin {
  return {
    id: 'gapShade',
    beforeDatasetsDraw(chart) {
      const { spec, palette } = holder;
      const { x, y } = chart.scales;
      const points = gapOf(spec);
      if (points.length < 2 || !x || !y) return;
      const { ctx } = chart;
      ctx.save();
      for (const [leader, other] of SIDES) {
        const to = (at: number, value: number) =>
          ctx.lineTo(x.getPixelForValue(at), y.getPixelForValue(value));
        ctx.beginPath();
        for (const { x: at, upper, lower } of points) to(at, Math.max(upper, lower));
        for (const point of points.toReversed()) to(point.x, point[other]);
        ctx.fillStyle = fade(inkOf(spec.series[spec.gap![leader]]!.ink, palette).line, GAP_OPACITY);
        ctx.fill();
      }
      ctx.restore();
    },
  };
}
