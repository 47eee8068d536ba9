/** From columns of a table to numbers: numbers as they are, words as one column for each of their kinds. */
import { InputError } from '../contract/words/errors.ts';
import type { Column } from './formats/table.ts';
import { columnNamed } from './table-roles.ts';
import type { TablePart } from './table-part.ts';

/** How a column becomes numbers, told by the training part. */
export interface Encoder {
  column: string;
  /** The columns it becomes. */
  names: string[];
  /** Null for numbers; else the place of each kind. */
  kinds: Map<string, number> | null;
  /** What stands in for a missing value: a number, or the place of a kind. */
  instead: number;
}

/**
 * The encoder of a column, by its rows that are trained on.
 * @param hasGaps whether some row of the column, trained on or not, has no value
 */
export function encoderOf(column: Column, rows: Uint32Array, hasGaps: boolean): Encoder {
  const { name } = column;
  if (column.kind === 'numbers') {
    const { values } = column;
    // Sorting a column takes as long as reading it, so only those with gaps are.
    const instead = hasGaps && hasGap(values, rows) ? medianOf(values, rows) : 0;
    return { column: name, names: [name], kinds: null, instead };
  }
  const counts = new Uint32Array(column.words.length);
  for (const row of rows) if (column.codes[row]! >= 0) counts[column.codes[row]!]!++;
  const sorted = [...column.words].sort();
  const most = column.words[counts.indexOf(Math.max(...counts))]!;
  const kinds = new Map(sorted.map((word, i) => [word, i]));
  return {
    column: name,
    names: sorted.map((word) => `${name} = ${word}`),
    kinds,
    instead: kinds.get(most)!,
  };
}

function hasGap(column: Float64Array, rows: Uint32Array): boolean {
  for (let i = 0; i < rows.length; i++) if (Number.isNaN(column[rows[i]!]!)) return true;
  return false;
}

/** The median of the values that are there; 0 where none is. */
function medianOf(column: Float64Array, rows: Uint32Array): number {
  const values = new Float64Array(rows.length);
  let known = 0;
  for (const row of rows) if (!Number.isNaN(column[row]!)) values[known++] = column[row]!;
  if (known === 0) return 0;
  const sorted = values.subarray(0, known).sort();
  const middle = known >> 1;
  return known % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Rows x width numbers; a kind that the training part has not stays all zeros.
 * @throws InputError naming the file, the column and the row of a value that cannot be computed with
 */
export function encode(
  { table, where }: TablePart,
  rows: Uint32Array,
  encoders: readonly Encoder[],
  width: number,
): Float32Array {
  const out = new Float32Array(rows.length * width);
  let first = 0;
  for (const encoder of encoders) {
    const column = columnNamed(table, encoder.column, where);
    if (column.kind === 'numbers' && !encoder.kinds) {
      fillNumbers(out, column.values, rows, {
        first,
        width,
        instead: encoder.instead,
        where,
        name: column.name,
      });
    } else {
      const places = kindPlaces(column, encoder);
      for (let i = 0; i < rows.length; i++) {
        const place = places(rows[i]!);
        if (place !== null) out[i * width + first + place] = 1;
      }
    }
    first += encoder.names.length;
  }
  return out;
}

function fillNumbers(
  out: Float32Array,
  values: Float64Array,
  rows: Uint32Array,
  to: { first: number; width: number; instead: number; where: string; name: string },
): void {
  const { first, width, instead } = to;
  for (let i = 0, at = first; i < rows.length; i++, at += width) {
    const value = values[rows[i]!]!;
    const number = Number.isNaN(value) ? instead : value;
    out[at] = number;
    // As float32, which is what is computed with.
    if (!Number.isFinite(out[at])) {
      throw new InputError('table.notFinite', {
        where: to.where,
        column: to.name,
        row: rows[i]! + 1,
        value: number,
      });
    }
  }
}

/** The place of a row's kind, or null where the training part has none such. */
function kindPlaces(
  column: Column,
  { kinds, instead, names, column: name }: Encoder,
): (row: number) => number | null {
  if (!kinds || column.kind === 'numbers') {
    throw new InputError(kinds ? 'table.textsThenNumbers' : 'table.numbersThenTexts', { name });
  }
  const known = column.words.map((word) => kinds.get(word) ?? null);
  return (row) =>
    column.codes[row]! < 0 ? Math.min(instead, names.length - 1) : known[column.codes[row]!]!;
}
