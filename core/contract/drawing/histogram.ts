/** Counts in bins, one histogram over another. */
import type { Body, Spot } from './body.ts';
import { line as lineShape } from 'd3-shape';
import type { FigureHistogram } from '../messages/figures.ts';
import { layPlot } from './axes.ts';
import type { Plot } from './axes.ts';
import { OUTLINES } from './legend.ts';
import { dashOf } from './marks.ts';
import { valueWords } from './numbers.ts';
import { inkOf } from './palette.ts';
import { domainOf, hasPlace } from './scales.ts';
import { phraseText } from './style.ts';
import type { Area, Style } from './style.ts';
import { tag } from './svg.ts';

/** Draws histograms into an area. */
export function drawHistogram(panel: FigureHistogram, style: Style, area: Area): Body {
  const { edges } = panel;
  const x = { min: edges[0], max: edges.at(-1), ...defined(panel.x) };
  const counts = panel.series.flatMap((series) => series.counts);
  // Bars stand on the axis: on 0, or below the least count where there is no 0.
  const foot = panel.y.scale === 'log' ? 0.5 : 0;
  const y = { min: foot, ...defined(panel.y) };
  const plot = layPlot(
    style,
    area,
    { axis: x, domain: domainOf(x, edges) },
    { axis: y, domain: domainOf(y, counts) },
  );
  const areas = panel.series.map(({ ink, counts: heights }, i) => {
    const colour = inkOf(ink, style.palette).line;
    const d = outline(panel, heights, plot);
    const width = style.size / 8;
    const look = { fill: colour, 'fill-opacity': 0.3, stroke: colour, 'stroke-width': width };
    return tag('path', { d, ...look, ...dashOf(OUTLINES[i % OUTLINES.length]!, width) });
  });
  return { svg: plot.frame + areas.join(''), spots: spotsOf(panel, plot, style) };
}

/** An axis without what it leaves open, which a guess then fills. */
function defined<T extends object>(axis: T): T {
  return Object.fromEntries(Object.entries(axis).filter(([, value]) => value !== undefined)) as T;
}

/** From the axis up over every bin and down again; bins without a place on the axes are left out. */
function outline({ x, y, edges }: FigureHistogram, counts: readonly number[], plot: Plot): string {
  const top = (value: number) =>
    hasPlace(y, value) ? Math.max(plot.top, Math.min(plot.bottom, plot.y(value))) : plot.bottom;
  const bins = counts.flatMap((value, i) => {
    const ends = [edges[i], edges[i + 1]];
    if (!ends.every((end) => hasPlace(x, end))) return [];
    return ends.map((end): [number, number] => [plot.x(end!), top(value)]);
  });
  if (bins.length === 0) return '';
  const shape: [number, number][] = [
    [bins[0]![0], plot.bottom],
    ...bins,
    [bins.at(-1)![0], plot.bottom],
  ];
  return `${lineShape().digits(2)(shape)!}Z`;
}

function spotsOf(panel: FigureHistogram, plot: Plot, style: Style): Spot[] {
  const { edges } = panel;
  return panel.series.flatMap(({ name, counts }) =>
    counts.flatMap((value, i): Spot[] => {
      const [from, to] = [edges[i], edges[i + 1]];
      if (!hasPlace(panel.x, from) || !hasPlace(panel.x, to)) return [];
      const words = [from, to].map((edge) => valueWords(edge, panel.x.format));
      return [
        {
          x: (plot.x(from) + plot.x(to)) / 2,
          y: hasPlace(panel.y, value) ? Math.max(plot.top, plot.y(value)) : plot.bottom,
          name: phraseText(name, style),
          values: [
            { name: phraseText(panel.x.title, style), value: words.join(' … ') },
            { name: phraseText(panel.y.title, style), value: valueWords(value, panel.y.format) },
          ],
        },
      ];
    }),
  );
}
