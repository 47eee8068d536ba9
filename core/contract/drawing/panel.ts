/** One panel of a figure as SVG, and its places that say what is there. */
import type { FigurePanel } from '../messages/figures.ts';
import type { Translate } from '../words/texts.ts';
import type { Body } from './body.ts';
import { drawChart } from './chart.ts';
import { drawHeat } from './heat.ts';
import { drawHistogram } from './histogram.ts';
import { layLegend, legendItems } from './legend.ts';
import type { Palette } from './palette.ts';
import { cutToRoom, label, lineOf, phraseText, styleOf } from './style.ts';
import type { Area, Style } from './style.ts';
import { svgDrawing } from './svg.ts';

/** How a panel is drawn. */
export interface PanelOptions {
  palette: Palette;
  /** In pixels. */
  width: number;
  /** In pixels; more where the legend would leave the plot no room. */
  height: number;
  /** Size of small text, in pixels. */
  size?: number;
  /** The least room for the words of upright ticks, in pixels: charts above each other share theirs. */
  tickRoom?: number;
  /** Writes the panel's title; the window has one of its own. */
  title?: boolean;
  /** Names the series; left out where a figure names them once for all panels. */
  legend?: boolean;
  /** The page's font where it is not given. */
  font?: string;
}

/** A panel that has been laid out. */
export interface DrawnPanel extends Body {
  width: number;
  height: number;
}

/** Small text, unless told otherwise. */
const SIZE = 12;
/** The plot's least height, in lines of text, with its axes. */
const LEAST_LINES = 12;
/** Lines that a legend takes of the height that is asked for. */
const LEGEND_LINES = 3;

/** Lays out and draws a panel, without the element around it. */
export function drawPanel(panel: FigurePanel, style: Style, options: PanelOptions): DrawnPanel {
  const { width, title = false, legend = true } = options;
  const edge = style.size / 2;
  const right = width - edge;
  const key = layLegend(legend ? legendItems(panel, style) : [], style, right - edge);
  const head = title ? style.size * 2 : 0;
  const top = head + key.height;
  // A long legend is no reason for a flat plot.
  const more = Math.max(0, key.height - lineOf(style) * LEGEND_LINES);
  const height = Math.max(options.height + more, top + lineOf(style) * LEAST_LINES);
  const body = drawBody(panel, style, { left: edge, top, right, bottom: height - edge });
  const name = title ? titleOf(panel, style, edge, right) : '';
  return { width, height, svg: name + key.draw(edge, right, head) + body.svg, spots: body.spots };
}

function drawBody(panel: FigurePanel, style: Style, area: Area): Body {
  switch (panel.kind) {
    case 'chart':
      return drawChart(panel, style, area);
    case 'histogram':
      return drawHistogram(panel, style, area);
    case 'heat':
      return drawHeat(panel, style, area);
  }
}

function titleOf(panel: FigurePanel, style: Style, left: number, right: number): string {
  const size = style.size * 1.1;
  const words = cutToRoom(phraseText(panel.title, style), size * 1.05, right - left);
  const look = { 'font-size': size, 'font-weight': 'bold', fill: style.palette.total.text };
  const [x, side] = style.rtl ? ([right, 'right'] as const) : ([left, 'left'] as const);
  return label(words, x, size * 1.2, side, style, look);
}

/** A panel as SVG of its own. */
export function panelSvg(panel: FigurePanel, t: Translate, options: PanelOptions): string {
  return panelDrawing(panel, t, options).svg;
}

/** A panel as SVG of its own, with its places: what the window shows. */
export function panelDrawing(panel: FigurePanel, t: Translate, options: PanelOptions): DrawnPanel {
  const style = styleOf(t, options.palette, options.size ?? SIZE, options.tickRoom);
  const { width, height, svg, spots } = drawPanel(panel, style, options);
  const look = { 'font-family': options.font };
  return {
    width,
    height,
    spots,
    svg: svgDrawing(width, height, phraseText(panel.title, style), look, svg),
  };
}
