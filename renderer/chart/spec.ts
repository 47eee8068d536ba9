/** What the window adds to a chart's spec: where it was drawn, its table, the epoch that is looked at. */
import type { ChartSpec } from '../../core/contract/messages/charts.ts';
import { words } from '../words/texts.ts';

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
  return series.flatMap(({ endLabel }) => (endLabel ? [words(endLabel)] : [])).join(', ');
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
