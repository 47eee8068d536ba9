/** Names of series with their line, dash and mark, in rows of their own above the data. */
import type { ChartSpec, Series } from '../messages/charts.ts';
import type { FigurePanel } from '../messages/figures.ts';
import { dashOf, mark } from './marks.ts';
import { inkOf } from './palette.ts';
import { cutToRoom, label, lineOf, phraseText, widthOf } from './style.ts';
import type { Style } from './style.ts';
import { group, straight, tag } from './svg.ts';
import { marksOfLines } from './line-marks.ts';

/** A name and what stands before it. */
export interface LegendItem {
  name: string;
  colour: string;
  dash: Series['dash'];
  draw: Series['draw'] | 'area';
  mark: Series['mark'];
}

/** Dashes of histograms' outlines, by their place. */
export const OUTLINES = ['solid', 'dashed', 'dotted'] as const;

/** What a panel's legend names: each name once, however many series share it; one line alone needs no name. */
export function legendItems(panel: FigurePanel, style: Style): LegendItem[] {
  const items = new Map<string, LegendItem>();
  const add = (item: LegendItem) => items.has(item.name) || items.set(item.name, item);
  if (panel.kind === 'chart') {
    // The clearest of those that share a name stands for them.
    const marks = marksOfLines(panel);
    const unnamed = panel.series.filter((series) => !isNamedAtEnd(panel, series));
    for (const series of unnamed.sort((a, b) => b.opacity - a.opacity)) {
      const { dash } = series;
      const mark = marks.get(series) ?? series.mark;
      const draw = marks.has(series) ? 'both' : series.draw;
      add({
        name: phraseText(series.name, style),
        colour: colourOf(series, style),
        dash,
        draw,
        mark,
      });
    }
    const order = panel.series.map((series) => phraseText(series.name, style));
    if (new Set(order).size === 1) return [];
    return [...items.values()].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  }
  if (panel.kind === 'histogram') {
    panel.series.forEach((series, i) => {
      const dash = OUTLINES[i % OUTLINES.length]!;
      const colour = colourOf(series, style);
      add({ name: phraseText(series.name, style), colour, dash, draw: 'area', mark: 'dot' });
    });
  }
  return [...items.values()];
}

/** A line that goes as far as any has its name there. */
function isNamedAtEnd({ series: all }: ChartSpec, { endLabel, points }: Series): boolean {
  const last = Math.max(...all.map((series) => series.points.at(-1)?.x ?? -Infinity));
  return endLabel !== undefined && (points.at(-1)?.x ?? -Infinity) >= last;
}

const colourOf = ({ ink }: Pick<Series, 'ink'>, { palette }: Style): string =>
  inkOf(ink, palette).line;

/** A legend: its rows' height, and the rows drawn from `top` on. */
export interface Legend {
  height: number;
  draw(left: number, right: number, top: number): string;
}

/** Lays a legend's items into rows of a width; in Hebrew they run from the right. */
export function layLegend(items: readonly LegendItem[], style: Style, width: number): Legend {
  const { size } = style;
  const swatch = size * 2;
  const gap = size * 0.5;
  const line = lineOf(style);
  const rows: { item: LegendItem; at: number; wide: number }[][] = [];
  let at = width;
  for (const whole of items) {
    const item = { ...whole, name: cutToRoom(whole.name, size, width - swatch - gap) };
    const wide = swatch + gap + widthOf(item.name, size);
    if (at + wide > width) {
      rows.push([]);
      at = 0;
    }
    rows.at(-1)!.push({ item, at, wide });
    at += wide + size * 1.2;
  }
  return {
    height: rows.length === 0 ? 0 : rows.length * line + size * 0.4,
    draw: (left, right, top) =>
      rows
        .flatMap((row, i) =>
          row.map(({ item, at: from }) => {
            const y = top + i * line + line / 2;
            const base = y + size * 0.35;
            const edge = style.rtl ? right - from : left + from;
            const words = style.rtl ? edge - swatch - gap : edge + swatch + gap;
            const side = style.rtl ? 'right' : 'left';
            return (
              sample(item, style.rtl ? edge - swatch : edge, y, swatch, style) +
              label(item.name, words, base, side, style)
            );
          }),
        )
        .join(''),
  };
}

/** What a series looks like, in little. */
function sample(item: LegendItem, x: number, y: number, wide: number, style: Style): string {
  const { size, palette } = style;
  const { colour, draw } = item;
  const width = size / 6;
  if (draw === 'area') {
    const height = size * 0.8;
    const box = { x, y: y - height / 2, width: wide, height, fill: colour, 'fill-opacity': 0.3 };
    return tag('rect', { ...box, stroke: colour, ...dashOf(item.dash, size / 8) });
  }
  const line = straight(x + 1, y, x + wide - 1, y, { ...dashOf(item.dash, width) });
  return (
    (draw === 'points' ? '' : group({ stroke: colour, 'stroke-width': width }, line)) +
    (draw === 'line' ? '' : mark(item.mark, x + wide / 2, y, size * 0.3, colour, palette.surface))
  );
}
