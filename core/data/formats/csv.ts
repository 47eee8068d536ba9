/** Reads separated values: commas, semicolons, tabs or bars, told apart by what is there. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { doing, note } from '../../contract/words/notes.ts';
import { readRows } from '../../csv/read.ts';
import type { RowReader, RowSyntax } from '../../csv/read.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import { readCsvNumbers } from './csv-numbers.ts';
import { namesIn } from './csv-header.ts';
import { isSpaced, oneSpace } from './csv-spaces.ts';
import { ColumnBuilder, columnNames, readColumns } from './table.ts';
import type { Table } from './table.ts';
import { decodeText } from './text.ts';

/** Rows that are looked at to tell whether the first line holds names. */
const LOOK = 500;
/** So many columns fit neither a table nor a network; a file that has them is no table. */
const MOST_COLUMNS = 100_000;

/** How rows are read; all of it may be left out. */
export interface CsvOptions extends RowSyntax {
  /** Names of the columns, for a file that has no line of them. */
  names?: readonly string[];
  /** The number of the first line, for errors. */
  firstRow?: number;
  /** What stands for a missing value besides nothing, in columns of labels too. */
  missing?: string;
}

/**
 * Reads a table whose first line may be the names of its columns.
 * @throws InputError naming the file, the row and the cure
 */
export async function readCsv(
  bytes: Uint8Array,
  where: string,
  control: LoadControl,
  options: CsvOptions = {},
): Promise<Table> {
  const plain = Object.keys(options).length === 0 ? await readCsvNumbers(bytes, control) : null;
  if (plain) return plain;
  const text = decodeText(bytes);
  const spaced = Object.keys(options).length === 0 && isSpaced(text.pieces().next().value ?? '');
  return readColumns(async (asWords) => {
    const rows = new Rows(where, asWords, options);
    const [pieces, how] = spaced
      ? [oneSpace(text.pieces()), { ...options, delimiter: ' ' }]
      : [text.pieces(), options];
    rows.follow(control, bytes.length);
    await readRows(pieces, rows, how);
    const builders = rows.builders();
    const inferred = [
      ...(text.inferred ? [text.inferred] : []),
      ...(spaced ? [note('spaces')] : []),
      ...rows.inferred,
    ];
    return { builders, inferred };
  });
}

/** Takes rows one after the other; the first ones tell the columns. */
class Rows implements RowReader {
  readonly inferred: Phrase[] = [];
  private columns: ColumnBuilder[] | null = null;
  private taken = 0;
  /** The number of the row that comes next. */
  row: number;

  constructor(
    private readonly where: string,
    private readonly asWords: ReadonlySet<string>,
    private readonly options: CsvOptions,
  ) {
    this.row = options.firstRow ?? 1;
  }

  /** The first rows, kept until there are enough of them to tell what the first line is. */
  private waiting: string[][] = [];
  private delimiter = ',';

  private control: LoadControl = {};
  private total = 1;

  /** @param total how long the whole is, for the progress that is told */
  follow(control: LoadControl, total: number): void {
    this.control = control;
    this.total = total;
  }

  progress(characters: number): void {
    this.control.signal?.throwIfAborted();
    this.control.progress?.(Math.min(1, characters / this.total), doing('rows'));
  }

  unclosed(): InputError {
    return new InputError('csv.openQuote', { where: this.where, row: this.next - 1 });
  }

  take(cells: string[], delimiter: string): void {
    if (this.columns) return this.add(cells);
    if (cells.length > MOST_COLUMNS) throw this.tooWide(cells.length);
    this.delimiter = delimiter;
    this.waiting.push(cells);
    if (this.waiting.length === LOOK) this.begin();
  }

  builders(): ColumnBuilder[] {
    if (!this.columns && this.waiting.length > 0) this.begin();
    if (this.columns && this.taken > 0) return this.columns;
    throw new InputError('csv.noRows', { where: this.where });
  }

  private get next(): number {
    return this.row + this.waiting.length;
  }

  private add(cells: readonly string[]): void {
    const columns = this.columns!;
    if (cells.length !== columns.length) throw this.ragged(cells.length, columns.length);
    for (let i = 0; i < cells.length; i++) columns[i]!.addText(cells[i]!);
    this.row++;
    this.taken++;
  }

  private begin(): void {
    const { names: given, missing } = this.options;
    const { names, isRow, said } = given
      ? { names: given, isRow: true, said: null }
      : namesIn(this.waiting);
    if (said) this.inferred.push(said);
    if (!isRow) this.row++;
    const place = { where: this.where, firstRow: this.row };
    const how = { decimalComma: this.delimiter === ';', missing };
    this.columns = columnNames(names).map(
      (name) => new ColumnBuilder(name, place, this.asWords.has(name), how),
    );
    const rows = isRow ? this.waiting : this.waiting.slice(1);
    this.waiting = [];
    for (const cells of rows) this.add(cells);
  }

  private ragged(found: number, wanted: number): InputError {
    return new InputError('csv.rowWidth', { where: this.where, row: this.row, n: found, wanted });
  }

  private tooWide(columns: number): InputError {
    return new InputError('csv.tooWide', { where: this.where, columns, most: MOST_COLUMNS });
  }
}
