/** A figure as a table: one line a point, so that any program can draw it anew. */
import { csvOf } from '../csv/write.ts';
import { inWords } from '../contract/words/phrase.ts';
import type { FigurePanel, FigureView } from '../contract/messages/figures.ts';
import type { Translate } from '../contract/words/texts.ts';

/** Columns by the kind of panel; a figure of several kinds has them all. */
const COLUMNS = {
  chart: ['panel', 'series', 'x', 'y', 'low', 'high'],
  histogram: ['panel', 'series', 'from', 'to', 'count'],
  heat: ['panel', 'row', 'column', 'value'],
} as const;

type Column = (typeof COLUMNS)[FigurePanel['kind']][number];
type Row = { [C in Column]?: string | number | undefined };

/**
 * Columns panel, series, x, y, low, high of charts; panel, series, from, to, count of histograms;
 * panel, row, column, value of matrices. Numbers are exact.
 */
export function figureCsv(view: FigureView, t: Translate): string {
  const kinds = view.panels.length > 0 ? view.panels.map(({ kind }) => kind) : ['chart' as const];
  const fields = [...new Set(kinds.flatMap((kind) => [...COLUMNS[kind]]))];
  const rows = view.panels.flatMap((panel) => rowsOf(panel, t));
  return csvOf(
    fields,
    rows.map((row) => fields.map((field) => row[field])),
  );
}

function rowsOf(panel: FigurePanel, t: Translate): Row[] {
  const title = inWords(panel.title, t);
  switch (panel.kind) {
    case 'chart':
      return panel.series.flatMap(({ name, points }) =>
        points.map((point) => ({ panel: title, series: inWords(name, t), ...point })),
      );
    case 'histogram':
      return panel.series.flatMap(({ name, counts }) =>
        counts.map((count, i) => ({
          panel: title,
          series: inWords(name, t),
          from: panel.edges[i]!,
          to: panel.edges[i + 1]!,
          count,
        })),
      );
    case 'heat':
      return panel.values.flatMap((values, i) =>
        values.map((value, j) => ({
          panel: title,
          row: panel.rows[i]!,
          column: panel.columns[j]!,
          value,
        })),
      );
  }
}
