/** Turns a ChartSpec into what chart.js draws. */
import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import type { ChartConfiguration, ChartDataset, ChartOptions, ScaleOptionsByType } from 'chart.js';
import annotation from 'chartjs-plugin-annotation';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import { decimate, stride } from './decimate.ts';
import type { Point } from './decimate.ts';
import type { Palette } from './palette.ts';
import { fade } from './palette.ts';
import { endLabels, gapShade, stopLabel } from './plugins.ts';
import type { SpecHolder } from './plugins.ts';
import { drawn } from '../words/texts.ts';
import type { Axis, ChartSpec, Series } from './spec.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler, annotation);

const Y_ROOM = 60;

type LineDataset = ChartDataset<'line'>;
type LinearOptions = ScaleOptionsByType<'linear'>;

/** The points to draw; all of them are in the table. */
function thin({ stepped, points }: Series, { stacked }: ChartSpec): Point[] {
  if (stepped) return points;
  return stacked ? stride(points) : decimate(points);
}

function dataset(series: Series, index: number, spec: ChartSpec): LineDataset {
  const fill = series.fill;
  return {
    label: series.name,
    data: thin(series, spec),
    borderColor: series.ink.line,
    backgroundColor: fill === undefined ? series.ink.line : fade(series.ink.line, fill),
    borderWidth: series.width ?? 2,
    borderDash: series.dash ?? [],
    borderJoinStyle: 'round',
    pointRadius: series.points.length === 1 ? 2.5 : 0,
    fill: fill === undefined ? false : spec.stacked && index > 0 ? '-1' : 'origin',
    stepped: series.stepped ?? false,
    yAxisID: series.secondary ? 'y2' : 'y',
  };
}

function scale(axis: Axis, palette: Palette, font: string): Partial<LinearOptions> {
  return {
    type: 'linear',
    ...(axis.min === undefined ? {} : { min: axis.min }),
    ...(axis.max === undefined ? {} : { max: axis.max }),
    border: { display: false },
    grid: { color: palette.grid, drawTicks: false },
    ticks: {
      color: palette.axis,
      font: { family: font, size: 11 },
      padding: 6,
      maxRotation: 0,
      maxTicksLimit: axis.ticks ?? 6,
      ...(axis.step === undefined ? {} : { stepSize: axis.step }),
      callback: (value: string | number) => axis.format(Number(value)),
    },
    title: {
      display: axis.title !== '',
      text: drawn(axis.title),
      color: palette.axis,
      font: { family: font, size: 11 },
      padding: { top: -2, bottom: 0 },
    },
  } as unknown as Partial<LinearOptions>;
}

/** The stop line with its range, and the mark of hindsight. */
function annotations(spec: ChartSpec, palette: Palette): Record<string, AnnotationOptions> {
  const marks: Record<string, AnnotationOptions> = {};
  const { stop, best } = spec;
  if (stop) {
    if (stop.high > stop.low) {
      marks['range'] = {
        type: 'box',
        xMin: stop.low,
        xMax: stop.high,
        backgroundColor: fade(stop.ink.line, spec.stacked ? 0.3 : 0.16),
        borderWidth: 0,
        // Areas would cover it.
        drawTime: spec.stacked ? 'afterDatasetsDraw' : 'beforeDatasetsDraw',
      };
    }
    marks['stop'] = {
      type: 'line',
      xMin: stop.at,
      xMax: stop.at,
      borderColor: stop.ink.line,
      borderWidth: 2,
      drawTime: 'afterDatasetsDraw',
    };
  }
  if (best) {
    marks['best'] = {
      type: 'point',
      xValue: best.at.x,
      yValue: best.at.y,
      radius: 4,
      backgroundColor: palette.surface,
      borderColor: best.ink.line,
      borderWidth: 2,
    };
  }
  return marks;
}

function options(spec: ChartSpec, palette: Palette, font: string): ChartOptions<'line'> {
  const y = scale(spec.y, palette, font);
  const x = scale(spec.x, palette, font);
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    // Hovering belongs to the overlay, which moves without a redraw.
    events: [],
    parsing: false,
    normalized: true,
    layout: { padding: { right: spec.labelRoom ?? 8, top: 6 } },
    labsStacked: spec.stacked ?? false,
    scales: {
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
      ...(spec.secondary
        ? {
            y2: {
              ...scale(spec.secondary, palette, font),
              display: false,
              grid: { display: false },
            },
          }
        : {}),
    },
    plugins: { annotation: { annotations: annotations(spec, palette), clip: false } },
  } as unknown as ChartOptions<'line'>;
}

/** A new chart.js configuration; the holder's spec may be exchanged later. */
export function configuration(holder: SpecHolder, palette: Palette): ChartConfiguration<'line'> {
  const { spec, font } = holder;
  return {
    type: 'line',
    data: { datasets: spec.series.map((series, i) => dataset(series, i, spec)) },
    options: options(spec, palette, font),
    plugins: [gapShade(holder), endLabels(holder), stopLabel(holder)] as NonNullable<
      ChartConfiguration<'line'>['plugins']
    >,
  };
}

/** Gives a living chart a new spec. */
export function renew(chart: Chart<'line'>, holder: SpecHolder, palette: Palette): void {
  const { spec, font } = holder;
  chart.data.datasets = spec.series.map((series, i) => dataset(series, i, spec));
  chart.options = options(spec, palette, font);
  chart.update('none');
}

export type LineChart = Chart<'line'>;

/** Makes the chart on its canvas. */
export function makeChart(
  canvas: HTMLCanvasElement,
  holder: SpecHolder,
  palette: Palette,
): LineChart {
  return new Chart(canvas, configuration(holder, palette));
}
