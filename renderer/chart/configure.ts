/** Draws a chart's spec by chart.js: lines, areas and steps; spreads, marks and rules across are drawn as SVG only. */
import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
} from 'chart.js';
import type { ChartConfiguration, ChartDataset, ChartOptions, ScaleOptionsByType } from 'chart.js';
import annotation from 'chartjs-plugin-annotation';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import { dashLengths } from '../../core/contract/drawing/marks.ts';
import { domainsOf, secondDomain } from '../../core/contract/drawing/places.ts';
import { MOST, ticksOf } from '../../core/contract/drawing/scales.ts';
import type { Domain } from '../../core/contract/drawing/scales.ts';
import { rangeOpacity } from '../../core/contract/drawing/stop.ts';
import type { Axis, ChartSpec, Series } from '../../core/contract/messages/charts.ts';
import { words, wordsInChart } from '../words/texts.ts';
import { decimate, stride } from './decimate.ts';
import { fade, inkOf } from './palette.ts';
import { endLabels, gapShade, stopLabel } from './plugins.ts';
import type { SpecHolder } from './plugins.ts';

Chart.register(LineController, LineElement, PointElement);
Chart.register(LinearScale, LogarithmicScale, Filler, annotation);

const Y_ROOM = 60;

type LineDataset = ChartDataset<'line'>;
type LinearOptions = ScaleOptionsByType<'linear'>;

/** The points to draw; all of them are in the table. */
function thin({ stepped, points }: Series, { stacked }: ChartSpec): Series['points'] {
  if (stepped) return points;
  return stacked ? stride(points) : decimate(points);
}

function dataset(series: Series, index: number, { spec, palette }: SpecHolder): LineDataset {
  const { fill, opacity, width = 2 } = series;
  const { line } = inkOf(series.ink, palette);
  return {
    label: words(series.name),
    data: thin(series, spec),
    borderColor: fade(line, opacity),
    backgroundColor: fade(line, opacity * (fill ?? 1)),
    borderWidth: width,
    borderDash: dashLengths(series.dash, width),
    borderCapStyle: series.dash === 'solid' ? 'butt' : 'round',
    borderJoinStyle: 'round',
    pointRadius: series.points.length === 1 ? 2.5 : 0,
    fill: fill === undefined ? false : spec.stacked && index > 0 ? '-1' : 'origin',
    stepped: series.stepped ?? false,
    yAxisID: series.secondary ? 'y2' : 'y',
  };
}

/** An axis with the ends and the ticks that it has as SVG too. */
function scale(axis: Axis, domain: Domain, { palette, font }: SpecHolder): Partial<LinearOptions> {
  const ticks = ticksOf(axis, domain, axis.ticks ?? MOST);
  const written = new Map(ticks.map(({ at, words }) => [at, words]));
  const title = wordsInChart(axis.title);
  return {
    type: axis.scale === 'log' ? 'logarithmic' : 'linear',
    min: domain[0],
    max: domain[1],
    border: { display: false },
    grid: { color: palette.grid, drawTicks: false },
    afterBuildTicks: (built: { ticks: { value: number }[] }) =>
      void (built.ticks = ticks.map(({ at }) => ({ value: at }))),
    ticks: {
      color: palette.axis,
      font: { family: font, size: 11 },
      padding: 6,
      maxRotation: 0,
      // Where ticks would crowd, every so-many-th is left out.
      autoSkipPadding: 10,
      callback: (value: string | number) => written.get(Number(value)) ?? '',
    },
    title: {
      display: title !== '',
      text: title,
      color: palette.axis,
      font: { family: font, size: 11 },
      padding: { top: -2, bottom: 0 },
    },
  } as unknown as Partial<LinearOptions>;
}

/** The stop line with its range, and the mark of hindsight. */
function annotations({ spec, palette }: SpecHolder): Record<string, AnnotationOptions> {
  const marks: Record<string, AnnotationOptions> = {};
  const { stop, best, stacked } = spec;
  if (stop) {
    if (stop.high > stop.low) {
      marks['range'] = {
        type: 'box',
        xMin: stop.low,
        xMax: stop.high,
        backgroundColor: fade(palette.stop.line, rangeOpacity(stacked)),
        borderWidth: 0,
        // Areas would cover it.
        drawTime: stacked ? 'afterDatasetsDraw' : 'beforeDatasetsDraw',
      };
    }
    marks['stop'] = {
      type: 'line',
      xMin: stop.at,
      xMax: stop.at,
      borderColor: palette.stop.line,
      borderWidth: 2,
      drawTime: 'afterDatasetsDraw',
    };
  }
  if (best) {
    marks['best'] = {
      type: 'point',
      xValue: best.x,
      yValue: best.y,
      radius: 4,
      backgroundColor: palette.surface,
      borderColor: palette.test.line,
      borderWidth: 2,
    };
  }
  return marks;
}

/** All axes; the second has no ticks. */
function scales(holder: SpecHolder): Record<string, unknown> {
  const { spec } = holder;
  const domains = domainsOf(spec);
  const y = scale(spec.y, domains.y, holder);
  const x = scale(spec.x, domains.x, holder);
  const { second } = spec;
  return {
    x: {
      ...x,
      grid: { display: false, drawTicks: false },
      title: { ...x.title, align: 'end' },
    },
    y: {
      ...y,
      ...(spec.stacked ? { stacked: true } : {}),
      // The same room in every chart, so that an epoch stands at the same place in charts above each other.
      afterFit: (axis: { width: number }) => void (axis.width = Y_ROOM),
    },
    ...(second
      ? { y2: { ...scale(second, secondDomain(spec, second), holder), display: false } }
      : {}),
  };
}

function options(holder: SpecHolder): ChartOptions<'line'> {
  const { spec } = holder;
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    // Hovering belongs to the overlay, which moves without a redraw.
    events: [],
    parsing: false,
    normalized: true,
    layout: { padding: { right: spec.labelRoom ?? 8, top: 6 } },
    scales: scales(holder),
    plugins: { annotation: { annotations: annotations(holder), clip: false } },
  } as unknown as ChartOptions<'line'>;
}

const datasets = (holder: SpecHolder): LineDataset[] =>
  holder.spec.series.map((series, i) => dataset(series, i, holder));

/** A new chart.js configuration; the holder's spec may be exchanged later. */
export function configuration(holder: SpecHolder): ChartConfiguration<'line'> {
  return {
    type: 'line',
    data: { datasets: datasets(holder) },
    options: options(holder),
    plugins: [gapShade(holder), endLabels(holder), stopLabel(holder)] as NonNullable<
      ChartConfiguration<'line'>['plugins']
    >,
  };
}

/** Draws a living chart's holder anew, which has a new spec, palette or language. */
export function renew(chart: Chart<'line'>, holder: SpecHolder): void {
  chart.data.datasets = datasets(holder);
  chart.options = options(holder);
  chart.update('none');
}

export type LineChart = Chart<'line'>;

/** Makes the chart on its canvas. */
export function makeChart(canvas: HTMLCanvasElement, holder: SpecHolder): LineChart {
  return new Chart(canvas, configuration(holder));
}
