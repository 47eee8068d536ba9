/** Separated values in the whole lab: data sets, logs and matrices are parsed here alone. */
import { Readable } from 'node:stream';
import Papa from 'papaparse';

/** Separators that are told apart by what a file holds. */
const DELIMITERS = [',', '\t', ';', '|'];

/** What rows are given to as they come. */
export interface RowReader {
  /** @param delimiter what separates the cells of this file */
  take(cells: string[], delimiter: string): void;
  /** A quoted cell never ends, or not where it should. @returns what to throw */
  unclosed(): Error;
  /** A part of the file was taken. @param characters read so far; may throw to end the reading */
  progress?(characters: number): void;
}

/** How rows are written in a file; what is left out is told from the file. */
export interface RowSyntax {
  delimiter?: string | undefined;
  quote?: string | undefined;
  /** Lines that begin with it are left out. */
  comments?: string | undefined;
  /** Whether a row of empty cells counts as an empty line, which is left out. */
  skipsBlankRows?: boolean;
}

/** A quoted cell of more pieces than this was opened by mistake, and never closed. */
const LONGEST = 4;

/**
 * Feeds the rows of a text to a reader, empty lines left out.
 * @param pieces of the text, about a megabyte each
 * @throws whatever the reader throws
 */
export function readRows(
  pieces: Iterable<string> | AsyncIterable<string>,
  rows: RowReader,
  { delimiter, quote, comments, skipsBlankRows = false }: RowSyntax = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    let barren = 0;
    const source = Readable.from(pieces, { objectMode: true });
    source.on('error', reject);
    Papa.parse<string[]>(source, {
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(quote === undefined ? {} : { quoteChar: quote }),
      ...(comments === undefined ? {} : { comments }),
      skipEmptyLines: skipsBlankRows ? 'greedy' : true,
      delimitersToGuess: DELIMITERS,
      chunk({ data, errors, meta }, parser) {
        try {
          barren = data.length === 0 ? barren + 1 : 0;
          if (barren > LONGEST || errors.some(isOfQuotes)) throw rows.unclosed();
          for (const cells of data) rows.take(cells, meta.delimiter);
          rows.progress?.(meta.cursor);
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

/** The first row of a text, its cells trimmed; empty where there is none. @param delimiter where it is told */
export function firstRow(text: string, delimiter?: string): string[] {
  const { data } = Papa.parse<string[]>(text, {
    preview: 1,
    ...(delimiter === undefined ? {} : { delimiter }),
    skipEmptyLines: 'greedy',
    delimitersToGuess: DELIMITERS,
  });
  return data[0]?.map((cell) => cell.trim()) ?? [];
}

const isOfQuotes = ({ type }: Papa.ParseError): boolean => type === 'Quotes';

/** The rows of a short text, blank ones left out, cells trimmed. @throws Error saying what is wrong with its quotes */
export function csvRows(text: string): { cells: string[]; line: number }[] {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimitersToGuess: DELIMITERS,
  });
  const wrong = errors.find(isOfQuotes);
  if (wrong) throw new Error(wrong.message);
  return data
    .map((cells, i) => ({ cells: cells.map((cell) => cell.trim()), line: i + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}
