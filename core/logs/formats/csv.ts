/** Separated values with a line of names: our own, Keras's, Lightning's, Weights & Biases', anyone's. */
import { firstRow, readRows } from '../../csv/read.ts';
import type { LogFormat } from '../format.ts';
import { fit, isForbidden, measureOf, UNNAMED } from '../names.ts';
import { ROLES } from '../log.ts';
import { prefaceOf, tablePieces } from '../preface.ts';
import { LogRows } from '../rows.ts';
import { textHead } from '../source.ts';

/** A log has some hundred columns at most; a table of pictures has thousands. */
const MOST_COLUMNS = 20_000;

/** CSV and TSV. */
export const csvFormat: LogFormat = {
  id: 'csv',
  isHeaded: true,
  namesIn(file) {
    const text = textHead(file);
    if (text === null || /^\s*[[{]/.test(text)) return null;
    const { head, delimiter } = prefaceOf(text);
    const names = firstRow(head, delimiter ?? undefined);
    const hasWord = names.some((name) => name !== '' && Number.isNaN(Number(name)));
    if (!hasWord || names.length > MOST_COLUMNS) return null;
    return isTable(names, head, delimiter) ? withUnnamed(names) : null;
  },
  async read([file], { wanted, growing }) {
    const preface = prefaceOf(textHead(file) ?? '');
    const container = (delimiter: string) => (delimiter === '\t' ? 'TSV' : 'CSV');
    const rows = new LogRows(file.path, wanted, { container });
    const { delimiter } = preface;
    await readRows(tablePieces(file, growing, preface), rows, {
      skipsBlankRows: true,
      ...(delimiter === null ? {} : { delimiter }),
    });
    return rows.table();
  },
};

const withUnnamed = (names: readonly string[]): string[] =>
  names.map((name, i) => (name === '' && i === 0 ? UNNAMED : name));

/** Whether names are those of columns, and not words of some text: one is known, or numbers stand below. */
function isTable(names: readonly string[], head: string, delimiter: string | null): boolean {
  if (names.some((name) => ROLES.some((role) => fit(name, role) !== null))) return true;
  if (names.some((name) => isForbidden(name) || measureOf(name) !== null)) return true;
  const second = firstRow(head.slice(head.indexOf('\n') + 1), delimiter ?? undefined);
  const isAlike = second.length === names.length && names.length > 1;
  return isAlike && second.some((cell) => cell !== '' && !Number.isNaN(Number(cell)));
}
