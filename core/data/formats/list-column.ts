/** Columns of lists of numbers, such as embeddings: each place in the list is a column of its own. */
import { inField } from '../../contract/words/place.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { note } from '../../contract/words/notes.ts';
import { InputError } from '../../contract/words/errors.ts';
import { ColumnBuilder } from './table.ts';

/** Numbers in the list of one row; more are no features of a table. */
export const MOST_LISTED = 16_384;

/** Collects lists, row by row; all that are there must be as long. Lists of lists are one list. */
export class ListBuilder {
  private columns: ColumnBuilder[] | null = null;
  /** Rows so far. */
  length = 0;

  constructor(
    readonly name: string,
    private readonly where: string,
  ) {}

  /** Adds a list, or null where it is missing. @throws InputError where it is no list of as many numbers */
  add(value: unknown): void {
    const row = this.length++;
    const numbers = value === null || value === undefined ? null : this.flat(value, row);
    if (numbers && !this.columns) this.begin(numbers.length, row);
    if (numbers && numbers.length !== this.columns!.length) {
      throw new InputError('lists.length', {
        where: this.place(row),
        n: numbers.length,
        wanted: this.columns!.length,
      });
    }
    for (const [i, column] of (this.columns ?? []).entries()) {
      column.addValue(numbers ? numbers[i]! : null);
    }
  }

  /** A column for each place. */
  builders(): ColumnBuilder[] {
    return this.columns ?? [];
  }

  /** A sentence on what became of it. */
  said(): Phrase {
    const width = this.columns?.length ?? 0;
    return note('lists', { column: this.name, n: width });
  }

  private begin(width: number, rows: number): void {
    if (width > MOST_LISTED) {
      throw new InputError('lists.tooLong', { where: this.place(rows), width, most: MOST_LISTED });
    }
    this.columns = Array.from(
      { length: width },
      (_, i) => new ColumnBuilder(`${this.name}[${i}]`, { where: this.where, firstRow: 1 }),
    );
    for (const column of this.columns) for (let i = 0; i < rows; i++) column.addValue(null);
  }

  private flat(value: unknown, row: number): (number | null)[] {
    const found = Array.isArray(value) || ArrayBuffer.isView(value) ? value : null;
    if (!found) throw this.noNumbers(row);
    return Array.from(found as ArrayLike<unknown>).flatMap((item) => {
      if (typeof item === 'number' || item === null) return [item];
      if (typeof item === 'bigint' || typeof item === 'boolean') return [Number(item)];
      if (item === undefined) return [null];
      return this.flat(item, row);
    });
  }

  private noNumbers(row: number): InputError {
    return new InputError('lists.notNumbers', { where: this.place(row) });
  }

  private place(row: number): Phrase {
    return inField(this.where, row + 1, this.name);
  }
}
