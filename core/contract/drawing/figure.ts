/** A figure as one SVG: all its panels, with its title. */
import type { FigurePanel, FigureView } from '../messages/figures.ts';
import { textFor } from '../words/phrase.ts';
import type { Translate } from '../words/texts.ts';
import { layLegend, legendItems } from './legend.ts';
import { paletteOf } from './palette.ts';
import { drawPanel } from './panel.ts';
import type { DrawnPanel } from './panel.ts';
import { cutToRoom, label, phraseText, styleOf } from './style.ts';
import type { Style } from './style.ts';
import { svgDrawing, tag } from './svg.ts';

/** How it is drawn. */
export interface DrawingOptions {
  dark: boolean;
}

/** Has Hebrew, Greek and powers of ten, and comes with the lab for PNG. */
const FONT = 'DejaVu Sans, sans-serif';
const SIZE = 12;
const EDGE = 16;
const TITLE = 18;

/** A whole figure, for a file. */
export function figureSvg(view: FigureView, t: Translate, { dark }: DrawingOptions): string {
  const palette = paletteOf(dark);
  const style = styleOf(t, palette, SIZE);
  const title = textFor(t, `paper.figures.${view.id}.title`, {}, view.id);
  const columns = columnsOf(view.panels.length);
  const [width, height] = columns === 1 ? [720, 440] : [460, 340];
  const whole = columns * width + (columns + 1) * EDGE;
  const shared = sharedLegend(view.panels, style);
  const legend = layLegend(shared ?? [], style, whole - 2 * EDGE);
  const options = {
    palette,
    width,
    height,
    title: view.panels.length > 1,
    legend: shared === null,
  };
  const drawn = view.panels.map((panel) => drawPanel(panel, style, options));
  let top = EDGE + TITLE * 1.6 + legend.height;
  const rows: string[] = [];
  for (let first = 0; first < drawn.length; first += columns) {
    const row = drawn.slice(first, first + columns);
    rows.push(rowAt(row, top, style.rtl ? whole : null));
    top += Math.max(...row.map((panel) => panel.height)) + EDGE;
  }
  const ground = { width: '100%', height: '100%', fill: style.palette.surface };
  const label = [title, ...view.panels.map((panel) => phraseText(panel.title, style))].join(', ');
  return svgDrawing(
    whole,
    top,
    label,
    { 'font-family': FONT },
    tag('rect', ground) +
      titleLine(title, style, whole) +
      legend.draw(EDGE, whole - EDGE, EDGE + TITLE * 1.6) +
      rows.join(''),
  );
}

const columnsOf = (panels: number): number =>
  panels <= 1 ? 1 : panels === 2 || panels === 4 ? 2 : 3;

/** Panels side by side. @param from where they are read from the right: the figure's width */
function rowAt(row: readonly DrawnPanel[], top: number, from: number | null): string {
  return row
    .map(({ svg, width }, i) => {
      const before = EDGE + i * (width + EDGE);
      const left = from === null ? before : from - before - width;
      return tag('g', { transform: `translate(${left} ${Math.round(top)})` }, svg);
    })
    .join('');
}

/** The one legend of panels that all show the same series; null where each needs its own. */
function sharedLegend(panels: readonly FigurePanel[], style: Style) {
  const [first, ...others] = panels.map((panel) => legendItems(panel, style));
  if (!first || others.length === 0 || first.length === 0) return null;
  const key = JSON.stringify(first);
  return others.every((items) => JSON.stringify(items) === key) ? first : null;
}

function titleLine(title: string, style: Style, width: number): string {
  const look = { 'font-size': TITLE, 'font-weight': 'bold', fill: style.palette.total.text };
  const words = cutToRoom(title, TITLE * 1.08, width - 2 * EDGE);
  const [x, side] = style.rtl ? ([width - EDGE, 'right'] as const) : ([EDGE, 'left'] as const);
  return label(words, x, EDGE + TITLE * 0.8, side, style, look);
}
