/** Tells whether the first line of separated values holds the names of the columns. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { note } from '../../contract/words/notes.ts';
import { isBlank } from './table.ts';

/** What the first line is. */
export interface FirstLine {
  /** Names of the columns: its own, or `column 1` and so on. */
  names: readonly string[];
  /** Whether it is a row of values. */
  isRow: boolean;
  /** What was guessed, a sentence; null where there is no doubt. */
  said: Phrase | null;
}

type Kind = 'number' | 'text' | 'empty';

/** Fewer counting numbers than this may well be a row. */
const LEAST_COUNT = 3;

/**
 * What the first of some rows is. Words over a column of numbers are names. Words are values where
 * they come again below. Numbers are values, unless they count the columns or, beside words that do
 * not come again, only rise, as wavelengths and years do.
 * @param rows the first rows of a file, at least one
 */
export function namesIn(rows: readonly (readonly string[])[]): FirstLine {
  const cells = withRowNames(rows);
  const kinds = cells.map(kindOf);
  const texts = cells.flatMap((_, i) => (kinds[i] === 'text' ? [i] : []));
  const numbers = cells.filter((_, i) => kinds[i] === 'number').map(Number);
  const header = (said: Phrase | null = null): FirstLine => ({ names: cells, isRow: false, said });
  const below = rows.slice(1).filter(({ length }) => length === cells.length);
  const isNamed = texts.some((i) => isNumbers(below, i));
  if (isNamed) return header();
  const again = texts.filter((i) => below.some((row) => row[i]!.trim() === cells[i]!.trim()));
  if (numbers.length === 0) {
    return texts.length > 0 && again.length * 2 >= texts.length
      ? row(cells, note('firstLineAgain'))
      : header();
  }
  if (texts.length > 0) {
    return again.length === 0 && rises(numbers)
      ? header(note('firstLineNames'))
      : row(cells, note('firstLineValues'));
  }
  // pandas writes nothing over its index, and 0 over a lone column.
  const overIndex = cells[0]!.trim() === '' && numbers[0] === 0 && counts(numbers);
  return (overIndex || (counts(numbers) && numbers.length >= LEAST_COUNT)) &&
    kinds.slice(1).every((kind) => kind === 'number')
    ? header(note('firstLineCounts', { first: numbers[0], last: numbers.at(-1) }))
    : row(cells, note('firstLine'));
}

function row(cells: readonly string[], said: Phrase): FirstLine {
  return { names: cells.map((_, i) => `column ${i + 1}`), isRow: true, said };
}

/** R leaves the name of the rows' own names out. */
function withRowNames([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  const shorter = others.length > 0 && others.every(({ length }) => length === first.length + 1);
  return shorter && first.every((cell) => kindOf(cell) === 'text') ? ['', ...first] : first;
}

function kindOf(cell: string): Kind {
  const text = cell.trim();
  if (isBlank(text)) return 'empty';
  return Number.isNaN(+text.replaceAll(',', '')) ? 'text' : 'number';
}

function isNumbers(rows: readonly (readonly string[])[], column: number): boolean {
  const kinds = rows.map((cells) => kindOf(cells[column]!));
  return kinds.includes('number') && !kinds.includes('text');
}

const rises = (numbers: readonly number[]): boolean =>
  numbers.every((value, i) => i === 0 || value > numbers[i - 1]!);

/** Whether they are 0, 1, 2, ... or 1, 2, 3, ... */
const counts = (numbers: readonly number[]): boolean =>
  (numbers[0] === 0 || numbers[0] === 1) && numbers.every((value, i) => value === numbers[0]! + i);
