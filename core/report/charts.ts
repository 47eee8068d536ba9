/** Charts of a report as SVG: they need no script, open anywhere and print sharply. */
import { scaleLinear } from 'd3-scale';
import type { ScaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { Verdict } from '../contract/messages/records.ts';
import { markWords } from '../contract/messages/verdict.ts';
import type { Translate } from '../contract/words/texts.ts';
import { escapeWords } from './escape.ts';

/** One line: points of epoch and value; a null breaks it. */
export interface Series {
  label: string;
  /** A class of the report's style sheet, which gives colour and dash. */
  style: string;
  values: readonly (number | null)[];
}

/** What a chart shows. */
export interface ChartSpec {
  /** The reader's language. */
  t: Translate;
  title: string;
  yTitle: string;
  epochs: readonly number[];
  /** The recommended epoch and the range around it. */
  stop: Pick<Verdict, 'epoch' | 'low' | 'high' | 'phase'> | null;
  /** How a tick of the y axis is written. */
  tick: (value: number) => string;
  /** The top of the y axis; the largest value where it is not given. */
  top?: number;
}

const WIDTH = 760;
const HEIGHT = 320;
const MARGIN = { top: 16, right: 176, bottom: 44, left: 64 };

interface Scales {
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
}

/** Lines by epoch, each with its name at its end. */
export function lineChart(spec: ChartSpec, series: readonly Series[]): string {
  const shown = series.filter(({ values }) => values.some((value) => value !== null));
  const scales = scalesOf(spec, Math.max(...shown.flatMap((s) => s.values.map((y) => y ?? 0))));
  const paths = shown.map(({ style, values }) => {
    const path = line<number | null>()
      .defined((value) => value !== null)
      .x((_, i) => scales.x(spec.epochs[i]!))
      .y((value) => scales.y(value!));
    return `<path class="line ${style}" d="${path([...values]) ?? ''}"/>`;
  });
  const ends = shown.map(({ label, style, values }) => ({
    label,
    style,
    y: scales.y(values.findLast((value) => value !== null)!),
  }));
  return frame(spec, scales, paths.join(''), endLabels(ends, spec.t));
}

/** Areas on top of each other; the first lies at the bottom. */
export function stackedChart(spec: ChartSpec, series: readonly Series[]): string {
  const totals = spec.epochs.map((_, i) => series.reduce((sum, s) => sum + (s.values[i] ?? 0), 0));
  const scales = scalesOf(spec, Math.max(...totals));
  const base = spec.epochs.map(() => 0);
  const ends: { label: string; style: string; y: number }[] = [];
  const areas = series.map(({ label, style, values }) => {
    const low = [...base];
    values.forEach((value, i) => (base[i]! += value ?? 0));
    const high = [...base];
    const path = area<number>()
      .x((_, i) => scales.x(spec.epochs[i]!))
      .y0((_, i) => scales.y(low[i]!))
      .y1((value) => scales.y(value));
    ends.push({ label, style, y: scales.y((low.at(-1)! + high.at(-1)!) / 2) });
    return `<path class="area ${style}" d="${path(high) ?? ''}"/>`;
  });
  return frame(spec, scales, areas.join(''), endLabels(ends, spec.t));
}

function scalesOf({ epochs, top }: ChartSpec, largest: number): Scales {
  const right = WIDTH - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  return {
    x: scaleLinear([epochs[0] ?? 0, Math.max(epochs.at(-1) ?? 1, 1)], [MARGIN.left, right]),
    y: scaleLinear([0, top ?? (largest || 1)], [bottom, MARGIN.top]).nice(5),
  };
}

function frame(spec: ChartSpec, scales: Scales, marks: string, labels: string): string {
  const middle = (MARGIN.left + WIDTH - MARGIN.right) / 2;
  const centre = (MARGIN.top + HEIGHT - MARGIN.bottom) / 2;
  return [
    `<figure><figcaption>${escapeWords(spec.title)}</figcaption>`,
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeWords(spec.title)}">`,
    stopBand(spec, scales),
    axes(spec, scales),
    marks,
    stopLine(spec, scales),
    labels,
    `<text class="axis" x="${middle}" y="${HEIGHT - 6}" text-anchor="middle">${inSvg(spec.t('lab.divergence.epoch'), spec.t)}</text>`,
    `<text class="axis" transform="translate(14 ${centre}) rotate(-90)" text-anchor="middle">`,
    `${inSvg(spec.yTitle, spec.t)}</text></svg></figure>`,
  ].join('');
}

function axes({ tick }: ChartSpec, { x, y }: Scales): string {
  const bottom = HEIGHT - MARGIN.bottom;
  const rows = y.ticks(5).map((value) => {
    const at = y(value);
    return (
      `<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${at}" y2="${at}"/>` +
      `<text class="tick" x="${MARGIN.left - 8}" y="${at + 4}" text-anchor="end">${tick(value)}</text>`
    );
  });
  const whole = x.ticks(8).filter(Number.isInteger);
  const columns = whole.map(
    (value) =>
      `<text class="tick" x="${x(value)}" y="${bottom + 18}" text-anchor="middle">${value}</text>`,
  );
  return [...rows, ...columns].join('');
}

function stopBand({ stop }: ChartSpec, { x, y }: Scales): string {
  // Where nothing overfits, the range is everything and would say nothing.
  if (!stop || stop.phase === 'flat') return '';
  const [left, right] = [x(stop.low), x(stop.high)];
  const [top, bottom] = y.range() as [number, number];
  return `<rect class="range" x="${left}" y="${bottom}" width="${Math.max(right - left, 2)}" height="${top - bottom}"/>`;
}

function stopLine({ stop, t }: ChartSpec, { x }: Scales): string {
  if (!stop) return '';
  const at = x(stop.epoch);
  const [side, anchor] = at > WIDTH / 2 ? [-5, 'end'] : [5, 'start'];
  return (
    `<line class="stop" x1="${at}" x2="${at}" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}"/>` +
    `<text class="stop-label" x="${at + side}" y="${MARGIN.top + 11}" text-anchor="${anchor}">${inSvg(markWords(stop, t), t)}</text>`
  );
}

/**
 * Words in a chart, whose axes run from left to right in every language: those of Hebrew are isolated,
 * since `direction` would turn the anchors as well.
 */
function inSvg(text: string, t: Translate): string {
  const isTurned = t('language.direction') === 'rtl' && /\p{L}/u.test(text);
  return escapeWords(isTurned ? `\u2067${text}\u2069` : text);
}

/** Names beside the ends of their lines, pushed apart where they would overlap. */
function endLabels(ends: { label: string; style: string; y: number }[], t: Translate): string {
  const spacing = 16;
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  const room = HEIGHT - MARGIN.bottom - spacing * (sorted.length - 1);
  let previous = -Infinity;
  return sorted
    .map(({ label, style, y }, i) => {
      previous = Math.max(previous + spacing, Math.min(y, room + spacing * i));
      const x = WIDTH - MARGIN.right + 8;
      return `<text class="end ${style}" x="${x}" y="${previous + 4}">${inSvg(label, t)}</text>`;
    })
    .join('');
}
