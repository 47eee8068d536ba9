/** Reads separated values: commas, semicolons, tabs or bars, told apart by what is there. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { doing, note } from '../../contract/words/notes.ts';
import { Readable } from 'node:stream';
import Papa from 'papaparse';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import { readCsvNumbers } from './csv-numbers.ts';
import { namesIn } from './csv-header.ts';
import { isSpaced, oneSpace } from './csv-spaces.ts';
import { ColumnBuilder, columnNames, readColumns } from './table.ts';
import type { Table } from './table.ts';
import { textOf } from './text.ts';

/** A quoted field of more pieces of a megabyte was opened by mistake, and never closed. */
const LONGEST = 4;
/** Rows that are looked at to tell whether the first line holds names. */
const LOOK = 500;
/** So many columns fit neither a table nor a network; a file that has them is no table. */
const MOST_COLUMNS = 100_000;

/** How rows are read; all of it may be left out. */
export interface CsvOptions {
  /** The separator; told from the file where it is not given. */
  delimiter?: string;
  quote?: string;
  /** Lines that begin with it are left out. */
  comments?: string;
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
  const text = textOf(bytes);
  const spaced = Object.keys(options).length === 0 && isSpaced(text.pieces().next().value ?? '');
  return readColumns(async (asWords) => {
    const rows = new Rows(where, asWords, options);
    const [pieces, how] = spaced
      ? [oneSpace(text.pieces()), { ...options, delimiter: ' ' }]
      : [text.pieces(), options];
    await parse(pieces, bytes.length, where, control, how, rows);
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
class Rows {
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

  /** The row that comes next. */
  get next(): number {
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

/** Feeds the pieces to the parser, and its rows to `rows`. */
function parse(
  pieces: Iterable<string>,
  total: number,
  where: string,
  { progress, signal }: LoadControl,
  { delimiter, quote, comments }: CsvOptions,
  rows: Rows,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let barren = 0;
    Papa.parse<string[]>(Readable.from(pieces), {
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(quote === undefined ? {} : { quoteChar: quote }),
      ...(comments === undefined ? {} : { comments }),
      skipEmptyLines: true,
      delimitersToGuess: [',', '\t', ';', '|'],
      chunk({ data, errors, meta }, parser) {
        try {
          signal?.throwIfAborted();
          const quoting = errors.find(({ type }) => type === 'Quotes');
          barren = data.length === 0 ? barren + 1 : 0;
          if (quoting || barren > LONGEST) throw unclosed(where, rows);
          for (const cells of data) rows.take(cells, meta.delimiter);
          progress?.(Math.min(1, meta.cursor / total), doing('rows'));
        } catch (error) {
          // Aborting calls `complete`, so this comes first.
          reject(error as Error);
          parser.abort();
        }
      },
      complete: () => resolve(),
      error: reject,
    });
  });
}

function unclosed(where: string, rows: Rows): InputError {
  return new InputError('csv.openQuote', { where, row: rows.next - 1 });
}
