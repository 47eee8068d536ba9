/** The column of a table of pictures that tells the part of each. */
import { doubt, note } from '../../contract/words/notes.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { Column, Table } from '../formats/table.ts';
import { NUMBERED_PARTS, partNamed, partsOf } from '../parts.ts';
import { textAt } from '../formats/table.ts';

/** A column of parts. */
export interface SplitColumn {
  column: Column;
  /** The words for the part of a row; null where it has none. */
  of(row: number): string | null;
  inferred: Phrase[];
}

const NAME =
  /^(data)?(split|splits|set|subset|partition|phase|usage|part|mode|traintest|traintestsplit|setname|splitname)$/;
/** `is_train`, `is_training_image`, `test`. */
const FLAG = /^(is)?(train|training|test|testing)(image|sample|set|data)?$/;

/**
 * Finds it by its name and its values.
 * @returns null where there is none
 * @throws InputError where a column is called so and its numbers say nothing
 */
export function splitOfPictures({ columns, rows }: Table, where: string): SplitColumn | null {
  for (const column of columns) {
    const name = column.name.toLowerCase().replace(/[^a-z]/g, '');
    const said = note('partColumn', { column: column.name });
    if (FLAG.test(name)) {
      const of = byFlag(column, name.includes('test'));
      if (of && rows > 0) return { column, of, inferred: [said] };
    }
    if (!NAME.test(name)) continue;
    if (column.kind === 'words') {
      const words = column.words.filter((word) => partNamed(word) !== null);
      if (words.length === 0 || !partsOf(column.words)) continue;
      return { column, of: (row) => textAt(column, row), inferred: [said] };
    }
    const numbers = [...new Set(column.values)].sort((a, b) => a - b);
    if (!/split|partition/.test(name)) continue;
    if (numbers.join() !== '0,1,2') throw numbersOnly(where, column.name, numbers);
    return {
      column,
      of: (row) => NUMBERED_PARTS[column.values[row]!]!,
      inferred: [doubt('partNumbers', { column: column.name })],
    };
  }
  return null;
}

function byFlag(column: Column, isTest: boolean): ((row: number) => string) | null {
  const [yes, no] = isTest ? ['test', 'train'] : ['train', 'test'];
  const values = column.kind === 'words' ? column.words : [...new Set(column.values)].map(String);
  if (!values.every((value) => /^(0|1|true|false|yes|no)$/i.test(value))) return null;
  return (row) => (/^(1|true|yes)$/i.test(textAt(column, row) ?? '') ? yes! : no!);
}

function numbersOnly(where: string, name: string, numbers: readonly number[]): InputError {
  return new InputError('pictures.numberedSplit', { where, name, numbers: numbers.map(String) });
}
