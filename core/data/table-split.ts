/** A column that says which part each row is of. */
import type { Phrase } from '../contract/words/phrase.ts';
import { doubt, note } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import type { Column, Table } from './formats/table.ts';
import { takeRows, textAt } from './formats/table.ts';
import { NUMBERED_PARTS, partNamed, partsOf } from './parts.ts';
import type { Serves } from './parts.ts';
import { likelihood, nameWords } from './table-names.ts';

/** A table by its parts. */
export interface SplitRows {
  train: Table;
  test: Table | null;
  /** The places of the training rows in the table as it was. */
  places: Uint32Array;
}

/** How a table is split, or only that a column is no feature. */
export interface ColumnSplit {
  column: string;
  /** What each row serves as; null where the column tells no parts. */
  of: ((row: number) => Serves) | null;
  inferred: Phrase[];
}

const NAME = /^(split|splits|set|subset|fold|folds|kfold|partition|part|phase|usage)$/;
/** Names whose columns are never features, whatever they hold. */
const CERTAIN = /^(split|splits|subset|fold|folds|kfold|partition)$/;
/** Names whose numbers may be those of parts: folds are numbered otherwise. */
const NUMBERED = /^(split|splits|partition)$/;
const BESIDE = /^(data|dataset|train|test|val|valid|is|in|cv|k|id|name|original|official|\d+)$/;

/**
 * Finds the column of parts: called `split`, `set`, `subset`, `fold`, `partition` and so on, or
 * `is_train` with true and false, or any that holds nothing but names of parts. Numbers of folds are no parts, and are left out.
 * @returns null where there is none
 */
export function splitColumn(table: Table): ColumnSplit | null {
  for (const column of table.columns) {
    const found = byWords(column, table.rows) ?? byTruth(column, table.rows);
    if (found) return found;
  }
  return null;
}

/** Whether a column that is not called labels holds nothing but names of parts, training among them. */
const tellsParts = (column: Column): boolean =>
  column.kind === 'words' &&
  likelihood(column.name) === 0 &&
  column.words.every((word) => partNamed(word) !== null) &&
  column.words.some((word) => partNamed(word) === 'train');

function byWords(column: Column, rows: number): ColumnSplit | null {
  const words = nameWords(column.name);
  const named = words.filter((word) => NAME.test(word));
  if (tellsParts(column)) named.push('split');
  else if (named.length === 0 || !words.every((word) => NAME.test(word) || BESIDE.test(word))) {
    return null;
  }
  const { name } = column;
  const values = column.kind === 'words' ? column.words : [];
  const parts = partsOf(values);
  if (
    parts &&
    values.length > 1 &&
    !parts.inferred.some(({ code }) => code === 'data.notes.noPart')
  ) {
    return {
      column: name,
      of: (row) => parts.of(textAt(column, row) ?? ''),
      inferred: [note('partOf', { column: name }), ...parts.inferred, ...withoutPart(column, rows)],
    };
  }
  if (named.some((word) => NUMBERED.test(word)) && isNumbered(column)) return byNumber(column);
  const tells = values.length > 0 && values.every((value) => partNamed(value) !== null);
  if (!tells && !named.some((word) => CERTAIN.test(word))) return null;
  const why = tells ? 'onePart' : column.kind === 'numbers' ? 'folds' : 'namesNoParts';
  return { column: name, of: null, inferred: [note(why, { column: name })] };
}

/** Whether it holds 0, 1 and 2, all of them and nothing else. */
const isNumbered = (column: Column): boolean =>
  column.kind === 'numbers' && [...new Set(column.values)].sort().join() === '0,1,2';

function byNumber(column: Column): ColumnSplit {
  const parts = partsOf(NUMBERED_PARTS)!;
  return {
    column: column.name,
    of: (row) => parts.of(NUMBERED_PARTS[Number(textAt(column, row))]!),
    inferred: [doubt('partNumbers', { column: column.name }), ...parts.inferred],
  };
}

/** `is_train`, `train` or `is_test` of true and false. */
function byTruth(column: Column, rows: number): ColumnSplit | null {
  const words = nameWords(column.name);
  const part = partNamed(column.name);
  if (
    (part !== 'train' && part !== 'test') ||
    words.some((word) => !BESIDE.test(word) && partNamed(word) === null)
  ) {
    return null;
  }
  const other = part === 'train' ? 'test' : 'train';
  const of = (row: number): Serves => {
    const text = textAt(column, row)?.toLowerCase();
    return text === '1' || text === 'true' ? part : text === '0' || text === 'false' ? other : null;
  };
  const served = new Set(Array.from({ length: rows }, (_, row) => of(row)));
  if (served.size !== 2 || served.has(null)) return null;
  return {
    column: column.name,
    of,
    inferred: [note('partOf', { column: column.name })],
  };
}

function withoutPart(column: Column, rows: number): Phrase[] {
  let count = 0;
  for (let row = 0; row < rows; row++) if (textAt(column, row) === null) count++;
  return count === 0 ? [] : [note('withoutPart', { n: count, column: column.name })];
}

/** The parts of a table, without the column that tells them. @throws InputError where no row trains */
export function splitRows(table: Table, { column, of }: ColumnSplit, where: string): SplitRows {
  const rest = { ...table, columns: table.columns.filter(({ name }) => name !== column) };
  const all = Uint32Array.from({ length: table.rows }, (_, row) => row);
  if (!of) return { train: rest, test: null, places: all };
  const [train, test] = (['train', 'test'] as const).map((part) =>
    all.filter((row) => of(row) === part),
  ) as [Uint32Array, Uint32Array];
  if (train.length === 0) {
    throw new InputError('table.noTraining', { where, column });
  }
  return {
    train: takeRows(rest, train),
    test: test.length > 0 ? takeRows(rest, test) : null,
    places: train,
  };
}
