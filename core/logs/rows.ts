/** Takes the rows of a table one after the other; the first tells the columns. */
import { inRow } from '../contract/words/place.ts';
import { logNote } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import type { RowReader } from '../csv/read.ts';
import { dialectOf } from './dialects.ts';
import type { LogTable } from './log.ts';
import { UNNAMED } from './names.ts';
import { shaped, rowShapeOf } from './shape.ts';
import type { RowShape } from './shape.ts';
import { Store } from './store.ts';

/** How a table's cells are written. */
export interface TableSyntax {
  /** What the rows lie in, such as `CSV`. */
  container: (delimiter: string) => string;
  /** Whether rows may have one cell more than there are names: pandas' index has none. */
  hasIndex?: boolean;
}

/** Rows of a table in a file. */
export class LogRows implements RowReader {
  private readonly store: Store;
  private names: string[] | null = null;
  private shape: RowShape = { part: null, metric: null, value: null };
  private isShaped = false;
  /** Which cells of a row are kept. */
  private kept: { at: number; name: string }[] = [];
  private short: { row: number; cells: number } | null = null;
  private format = '';
  private row = 0;

  constructor(
    private readonly where: string,
    wanted: (name: string) => boolean,
    private readonly syntax: TableSyntax,
  ) {
    this.store = new Store(wanted);
  }

  take(cells: readonly string[], delimiter: string): void {
    if (!this.names) return this.begin(cells, delimiter);
    // Programs that append to a log write its first line again.
    if (cells.length === this.names.length && this.isHeader(cells)) return;
    this.row++;
    if (this.short) throw this.ragged(this.short.row, this.short.cells);
    if (this.row === 1 && this.syntax.hasIndex && cells.length === this.names.length + 1) {
      this.nameColumns([UNNAMED, ...this.names]);
    }
    if (cells.length > this.names.length) throw this.ragged(this.row, cells.length);
    if (cells.length < this.names.length) {
      // A kill may cut the last row short; whether this is the last is not known yet.
      this.short = { row: this.row, cells: cells.length };
      return;
    }
    this.store.row();
    for (const [name, text] of this.entries(cells)) {
      const place = () => inRow(this.where, this.row);
      this.store.putText(name, text, place, delimiter === ';');
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

  private entries(cells: readonly string[]): [string, string][] {
    if (!this.isShaped) return this.kept.map(({ at, name }) => [name, cells[at]!]);
    const entries = this.names!.map((name, at): [string, string] => [name, cells[at]!]);
    return (shaped(this.shape, entries) as [string, string][]).filter(([name]) =>
      this.store.name(name),
    );
  }

  private begin(cells: readonly string[], delimiter: string): void {
    this.format = this.syntax.container(delimiter);
    this.nameColumns(cells.map((cell, i) => cell.trim() || (i === 0 ? UNNAMED : '')));
  }

  private nameColumns(names: string[]): void {
    this.names = names;
    this.shape = rowShapeOf(names);
    this.isShaped = this.shape.part !== null || this.shape.metric !== null;
    this.kept = [];
    if (this.isShaped) return;
    names.forEach((name, at) => {
      // Two columns of one name: the first counts, as in a spreadsheet's search.
      const isFirst = names.indexOf(name) === at;
      if (name !== '' && isFirst && this.store.name(name)) this.kept.push({ at, name });
    });
  }

  private isHeader(cells: readonly string[]): boolean {
    return cells.every((cell, i) => (cell.trim() || UNNAMED) === (this.names![i] || UNNAMED));
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
