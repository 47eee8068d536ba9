/** A matrix as colours, with its numbers where there is room and a bar that says what colours mean. */
import { extent } from 'd3-array';
import type { FigureHeat } from '../messages/figures.ts';
import type { Body, Spot } from './body.ts';
import { valueWords } from './numbers.ts';
import { heatColour, luminance } from './palette.ts';
import { cutToRoom, label, lineOf, phraseText, widthOf } from './style.ts';
import type { Area, Style } from './style.ts';
import { tag } from './svg.ts';

const BIGGEST_CELL = 72;
/** Cells brighter than this carry dark numbers: where black and white have the same contrast. */
const BRIGHT = 0.179;
const STRIPES = 40;

/** Where cells lie. */
interface Grid {
  left: number;
  top: number;
  cell: number;
}

/** Draws a matrix into an area. */
export function drawHeat(panel: FigureHeat, style: Style, area: Area): Body {
  const { size } = style;
  const line = lineOf(style);
  const [least = 0, greatest = 1] =
    panel.range ?? extent(panel.values.flat().filter(Number.isFinite));
  const shareOf = (value: number) =>
    greatest > least ? (value - least) / (greatest - least) : 0.5;
  const names = Math.min(
    (area.right - area.left) * 0.3,
    Math.max(0, ...panel.rows.map((row) => widthOf(row, size))),
  );
  const room = {
    width: area.right - area.left - names - 8,
    height: area.bottom - area.top - line * 3.4,
  };
  const cell = Math.min(
    BIGGEST_CELL,
    room.width / Math.max(1, panel.columns.length),
    room.height / Math.max(1, panel.rows.length),
  );
  const spare = (room.width - cell * panel.columns.length) / 2;
  const below = Math.max(0, room.height - cell * panel.rows.length) / 2;
  const grid = { left: area.left + names + 8 + spare, top: area.top + line + below, cell };
  return {
    svg:
      cells(panel, grid, shareOf, style) +
      rowNames(panel, grid, names, style) +
      columnNames(panel, grid, style) +
      bar(panel, style, area, grid, [least, greatest]),
    spots: spotsOf(panel, grid, style),
  };
}

function cells(
  panel: FigureHeat,
  { left, top, cell }: Grid,
  shareOf: (value: number) => number,
  style: Style,
): string {
  const gap = cell > 12 ? 1 : 0;
  const size = Math.min(style.size, cell * 0.36);
  // All numbers or none: a few of them would look like a choice.
  const widest = Math.max(...panel.values.flat().map((value) => widthOf(shortNumber(value), size)));
  const isRoomy = size >= style.size * 0.75 && widest <= cell - 2;
  return panel.values
    .flatMap((row, i) =>
      row.map((value, j) => {
        if (!Number.isFinite(value)) return '';
        const [x, y] = [left + j * cell, top + i * cell];
        const fill = heatColour(shareOf(value));
        const box = tag('rect', { x, y, width: cell - gap, height: cell - gap, fill });
        const words = shortNumber(value);
        if (!isRoomy) return box;
        const ink = luminance(fill) > BRIGHT ? '#000000' : '#ffffff';
        const look = { fill: ink, 'font-size': size };
        const middle = [x + cell / 2, y + cell / 2 + size * 0.35] as const;
        return box + label(words, ...middle, 'middle', style, look);
      }),
    )
    .join('');
}

const shortNumber = (value: number): string => valueWords(Number(value.toPrecision(2)), 'number');

/** Every so many names, so that they do not touch. */
const every = (cell: number, need: number): number => Math.max(1, Math.ceil(need / cell));

function rowNames(panel: FigureHeat, { left, top, cell }: Grid, room: number, style: Style) {
  const { size } = style;
  const step = every(cell, size * 1.2);
  return panel.rows
    .map((name, i) =>
      i % step === 0
        ? label(
            cutToRoom(name, size, room),
            left - 6,
            top + (i + 0.5) * cell + size * 0.35,
            'right',
            style,
          )
        : '',
    )
    .join('');
}

function columnNames(panel: FigureHeat, { left, top, cell }: Grid, style: Style): string {
  const { size } = style;
  const widest = Math.max(0, ...panel.columns.map((name) => widthOf(name, size)));
  const step = every(cell, Math.min(widest, size * 8) + size * 0.6);
  return panel.columns
    .map((name, j) => {
      if (j % step !== 0) return '';
      const words = cutToRoom(name, size, step * cell);
      return label(words, left + (j + 0.5) * cell, top - 5, 'middle', style);
    })
    .join('');
}

/** A bar of all colours with the least and the greatest value at its ends. */
function bar(
  panel: FigureHeat,
  style: Style,
  area: Area,
  grid: Grid,
  ends: [number, number],
): string {
  const { size } = style;
  const line = lineOf(style);
  const wide = Math.min(200, (area.right - area.left) * 0.5);
  const left = (area.left + area.right - wide) / 2;
  const top = grid.top + grid.cell * panel.rows.length + size;
  const stripes = Array.from({ length: STRIPES }, (_, i) =>
    tag('rect', {
      x: left + (i / STRIPES) * wide,
      y: top,
      width: wide / STRIPES + 0.5,
      height: size * 0.7,
      fill: heatColour(i / (STRIPES - 1)),
    }),
  );
  const [least, greatest] = ends.map((end) => valueWords(end, 'number')) as [string, string];
  const base = top + size * 0.7;
  const title = cutToRoom(phraseText(panel.legend, style), size, area.right - area.left);
  return (
    stripes.join('') +
    label(least, left - 6, base, 'right', style) +
    label(greatest, left + wide + 6, base, 'left', style) +
    label(title, (area.left + area.right) / 2, base + line, 'middle', style)
  );
}

function spotsOf(panel: FigureHeat, { left, top, cell }: Grid, style: Style): Spot[] {
  return panel.values.flatMap((row, i) =>
    row.map((value, j) => ({
      x: left + (j + 0.5) * cell,
      y: top + (i + 0.5) * cell,
      name: `${panel.rows[i] ?? ''}, ${panel.columns[j] ?? ''}`,
      values: [{ name: phraseText(panel.legend, style), value: valueWords(value, 'number') }],
    })),
  );
}
