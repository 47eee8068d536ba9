/** A panel's numbers as a table in the reader's language, for screen readers and for copying. */
import type { FigurePanel } from '../messages/figures.ts';
import type { Translate } from '../words/texts.ts';
import { inWords } from '../words/phrase.ts';
import { valueWords } from './numbers.ts';

/** Names of columns, each once, and the rows below them. */
export interface PanelTable {
  columns: string[];
  rows: string[][];
}

/** The numbers of a panel, as they are written beside its points. */
export function panelTable(panel: FigurePanel, t: Translate): PanelTable {
  switch (panel.kind) {
    case 'chart': {
      const { x, y } = panel;
      const points = panel.series.flatMap((each) => each.points);
      const isSpread = points.some(({ low, high }) => low !== undefined && high !== undefined);
      const ends = isSpread ? [t('paper.table.low'), t('paper.table.high')] : [];
      const write = (value: number | undefined) =>
        value === undefined ? '' : valueWords(value, y.format);
      return {
        columns: apart([
          t('paper.table.series'),
          inWords(x.title, t),
          inWords(y.title, t),
          ...ends,
        ]),
        rows: panel.series.flatMap(({ name, points: own }) =>
          own.map((point) => [
            inWords(name, t),
            valueWords(point.x, x.format),
            write(point.y),
            ...(isSpread ? [write(point.low), write(point.high)] : []),
          ]),
        ),
      };
    }
    case 'histogram': {
      const { x, y, edges } = panel;
      const names = panel.series.map(({ name }) => `${inWords(y.title, t)}, ${inWords(name, t)}`);
      return {
        columns: apart([
          `${inWords(x.title, t)}, ${t('paper.table.from')}`,
          t('paper.table.to'),
          ...names,
        ]),
        rows: edges
          .slice(0, -1)
          .map((from, i) => [
            valueWords(from, x.format),
            valueWords(edges[i + 1]!, x.format),
            ...panel.series.map(({ counts }) => valueWords(counts[i]!, y.format)),
          ]),
      };
    }
    case 'heat':
      return {
        columns: apart([inWords(panel.legend, t), ...panel.columns]),
        rows: panel.values.map((values, i) => [
          panel.rows[i]!,
          ...values.map((value) => valueWords(value, 'number')),
        ]),
      };
  }
}

/** Names of which none is twice. */
function apart(names: string[]): string[] {
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name} (${i + 1})`));
}
