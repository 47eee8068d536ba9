/** What a chart shows, in the field's words; `configure.ts` turns it into chart.js. */
import type { Point } from './decimate.ts';
import type { Ink } from './palette.ts';

/** A line or an area. */
export interface Series {
  name: string;
  ink: Ink;
  points: Point[];
  dash?: number[];
  width?: number;
  /** Fills down to the axis, or to the series below in a stack, with this opacity. */
  fill?: number;
  /** Draws bars' outlines: the value holds until the next point. */
  stepped?: boolean;
  /** What to write at the line's end. */
  endLabel?: string;
  /** Drawn against the faint axis on the right. */
  secondary?: boolean;
  /** No dot at the cursor. */
  quiet?: boolean;
}

/** An axis. */
export interface Axis {
  title: string;
  min?: number;
  max?: number;
  format: (value: number) => string;
  /** At most how many ticks. */
  ticks?: number;
  /** The distance of ticks, where it is not left to chart.js. */
  step?: number;
}

/** The vertical marks that all epoch charts share, already in the units of the x axis. */
export interface StopMark {
  at: number;
  low: number;
  high: number;
  label: string;
  /** Where the label is clear of the lines. */
  side: 'top' | 'bottom';
  ink: Ink;
}

/** One chart. */
export interface ChartSpec {
  series: Series[];
  x: Axis;
  y: Axis;
  secondary?: Axis;
  stacked?: boolean;
  stop?: StopMark | null;
  /** The best epoch in hindsight. */
  best?: { at: Point; ink: Ink; label: string } | null;
  /** Shades between two series from `from` on, coloured by which is above. */
  gap?: { upper: string; lower: string; from: number } | null;
  /** Room for labels at the lines' ends. */
  labelRoom?: number;
  /** Pixels above the x axis that marks of another layer take. */
  markRoom?: number;
}

/** Where a drawn chart's area lies on its canvas, in pixels. */
export interface ChartLayout {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (value: number) => number;
  y: (value: number, secondary: boolean) => number;
  value: (pixel: number) => number;
}

/** A chart's data as a table, for screen readers and for copying. */
export interface TableData {
  columns: string[];
  rows: (string | number)[][];
}

/** What stands at the lines' ends, in a row: for who cannot see the chart. */
export function endsOf({ series }: ChartSpec): string {
  return series.map(({ endLabel }) => endLabel).join(', ');
}

/** A table as tab-separated text, which spreadsheets take. */
export function tabSeparated({ columns, rows }: TableData): string {
  return [columns, ...rows].map((row) => row.join('\t')).join('\n');
}

/** The epoch that all charts of a view look at: pointers move it, clicks pin it. */
export interface EpochCursor {
  readonly pinned: number | null;
  hover(epoch: number | null): void;
  pin(epoch: number | null): void;
}
