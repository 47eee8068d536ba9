/** Separated values with a line of names: our own, Keras's, Lightning's, Weights & Biases', anyone's. */
import { inRow } from '../../contract/words/place.ts';
import { logNote } from '../../contract/words/notes.ts';
import { firstRow, readRows } from '../../csv/read.ts';
import type { RowReader } from '../../csv/read.ts';
import { InputError } from '../../contract/words/errors.ts';
import { dialectOf } from '../dialects.ts';
import type { LogTable } from '../log.ts';
import { textHead, textPieces } from '../source.ts';
import { Store } from '../store.ts';
import type { LogFormat } from '../format.ts';

/** A log has some hundred columns at most; a table of pictures has thousands. */
const MOST_COLUMNS = 20_000;

/** CSV and TSV. */
export const csvFormat: LogFormat = {
  id: 'csv',
  namesIn(file) {
    const text = textHead(file);
    if (text === null || /^\s*[[{]/.test(text)) return null;
    const names = firstRow(text);
    const hasWord = names.some((name) => name !== '' && Number.isNaN(Number(name)));
    return hasWord && names.length <= MOST_COLUMNS ? names : null;
  },
  async read([file], { wanted, growing }) {
    const rows = new Rows(file.path, wanted);
    await readRows(textPieces(file, growing), rows, { skipsBlankRows: true });
    return rows.table();
  },
};

/** Takes rows one after the other; the first tells the columns. */
class Rows implements RowReader {
  private readonly store: Store;
  private names: string[] | null = null;
  /** Which cells of a row are kept. */
  private kept: { at: number; name: string }[] = [];
  private short: { row: number; cells: number } | null = null;
  private format = 'CSV';
  private row = 0;

  constructor(
    private readonly where: string,
    wanted: (name: string) => boolean,
  ) {
    this.store = new Store(wanted);
  }

  take(cells: readonly string[], delimiter: string): void {
    if (!this.names) return this.begin(cells, delimiter);
    // Programs that append to a log write its first line again.
    if (cells.length === this.names.length && this.isHeader(cells)) return;
    this.row++;
    if (this.short) throw this.ragged(this.short.row, this.short.cells);
    if (cells.length > this.names.length) throw this.ragged(this.row, cells.length);
    if (cells.length < this.names.length) {
      // A kill may cut the last row short; whether this is the last is not known yet.
      this.short = { row: this.row, cells: cells.length };
      return;
    }
    this.store.row();
    for (const { at, name } of this.kept) {
      const place = () => inRow(this.where, this.row);
      this.store.putText(name, cells[at]!, place, delimiter === ';');
    }
  }

  unclosed(): InputError {
    return new InputError('log.openQuote', { where: this.where });
  }

  table(): LogTable {
    if (!this.names) throw new InputError('log.empty', { where: this.where });
    const notes = this.short
      ? [logNote('shortRow', { found: this.short.cells, n: this.names.length })]
      : [];
    return this.store.table({ ...dialectOf(this.names, this.format), where: this.where }, notes);
  }

  private begin(cells: readonly string[], delimiter: string): void {
    this.format = delimiter === '\t' ? 'TSV' : 'CSV';
    this.names = cells.map((cell) => cell.trim());
    this.names.forEach((name, at) => {
      // Two columns of one name: the first counts, as in a spreadsheet's search.
      const isFirst = this.names!.indexOf(name) === at;
      if (name !== '' && isFirst && this.store.name(name)) this.kept.push({ at, name });
    });
  }

  private isHeader(cells: readonly string[]): boolean {
    return cells.every((cell, i) => cell.trim() === this.names![i]);
  }

  private ragged(row: number, found: number): InputError {
    return new InputError('log.rowWidth', {
      where: this.where,
      row,
      n: found,
      wanted: this.names!.length,
    });
  }
}
