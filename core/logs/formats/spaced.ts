/** Columns parted by spaces: what fastai, skorch and pandas print, and NumPy's savetxt writes. */
import type { LogFormat } from '../format.ts';
import { fit, isCalled, isForbidden, measureOf } from '../names.ts';
import { ROLES } from '../log.ts';
import { prefaceOf } from '../preface.ts';
import { LogRows } from '../rows.ts';
import { logLines, textHead } from '../source.ts';
import { lastState } from '../text/plain-line.ts';

const RULE = /^[\s\-─=]+$/;
/** Cells that a running bar puts below a table. */
const BAR = /it\/s|%\||█/;

/** A table whose columns are parted by spaces. */
export const spacedFormat: LogFormat = {
  id: 'spaced',
  isHeaded: true,
  namesIn(file) {
    const text = textHead(file);
    if (text === null || /^\s*[[{]/.test(text)) return null;
    const lines = prefaceOf(text).head.split('\n').map(lastState).filter(isRow);
    const [first = '', second] = lines;
    if (/[,;\t|]/.test(first) || second === undefined) return null;
    const names = namesIn(first, cellsOf(second).length);
    return names && isNumbers(cellsOf(second)) && names.some(isKnown) ? names : null;
  },
  async read([file], { wanted, growing }) {
    const rows = new LogRows(file.path, wanted, {
      container: () => 'Table parted by spaces',
      hasIndex: true,
    });
    const { header } = prefaceOf(textHead(file) ?? '');
    let first = header;
    let isBegun = false;
    for await (const raw of logLines(file, growing)) {
      const line = lastState(raw);
      if (!isRow(line) || /^\s*#/.test(line)) continue;
      if (first === null) {
        first = line;
        continue;
      }
      const cells = cellsOf(line);
      if (!isBegun) rows.take(namesIn(first, cells.length) ?? cellsOf(first), ' ');
      isBegun = true;
      // What a program says between rows is none.
      if (isNumbers(cells) || line === first) rows.take(cells, ' ');
    }
    if (!isBegun && first !== null) rows.take(cellsOf(first), ' ');
    return rows.table();
  },
};

const isRow = (line: string): boolean => line.trim() !== '' && !RULE.test(line) && !BAR.test(line);

/** A row's cells; `epoch:` and `12:` are what they are without the colon. */
const cellsOf = (line: string): string[] =>
  line
    .trim()
    .split(/\s+/)
    .map((cell) => cell.replace(/(?<=\w):$/, ''));

/** The names, which may have single spaces in them; one fewer than cells where rows have an index. */
function namesIn(line: string, cells: number): string[] | null {
  const fits = (names: readonly string[]) => names.length === cells || names.length === cells - 1;
  const wide = line.trim().split(/\s{2,}/);
  const all = cellsOf(line);
  const names = fits(all) ? all : fits(wide) && wide.length > 1 ? wide : null;
  return names && names.length > 1 && names.every((name) => /[a-z]/i.test(name)) ? names : null;
}

const isKnown = (name: string): boolean =>
  isForbidden(name) ||
  measureOf(name) !== null ||
  isCalled(name, 'loss') ||
  ROLES.some((role) => fit(name, role) !== null);

/** Whether most of a row is numbers, so that it is one. */
function isNumbers(cells: readonly string[]): boolean {
  const numbers = cells.filter((cell) => /^[-+]?(\d|\.\d|nan|inf)/i.test(cell)).length;
  return numbers >= cells.length / 2;
}
