/** Rows of a table as people know them: values by their columns, and kinds by their names. */
import { significant } from './format.ts';
import { t } from './texts.ts';

/** One value of a row. */
export interface RowValue {
  name: string;
  value: string;
}

/** How the core names the columns that a column of kinds becomes: `island = Dream`. */
const KIND = /^(.+?) = (.*)$/s;

/**
 * The cells of a row. Columns that stand for the kinds of one column are one cell again.
 * @param row numbers of the encoded columns, from the first on
 * @param columns their names; fewer where the data have none
 */
export function cellsOf(row: readonly number[], columns: readonly string[]): RowValue[] {
  const cells: RowValue[] = [];
  row.forEach((value, i) => {
    const found = KIND.exec(columns[i] ?? '');
    if (!found) {
      cells.push({ name: columns[i] || t('common.column', { n: i + 1 }), value: numberOf(value) });
      return;
    }
    const [, name, kind] = found as unknown as [string, string, string];
    // A kind that the training part has not is none of them.
    if (cells.at(-1)?.name !== name) cells.push({ name, value: '–' });
    if (value === 1) cells.at(-1)!.value = kind;
  });
  return cells;
}

const numberOf = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : significant(value);

/** What the cell is called that a column's value stands in. */
export const cellName = (columns: readonly string[], column: number): string =>
  KIND.exec(columns[column] ?? '')?.[1] ??
  (columns[column] || t('common.column', { n: column + 1 }));
