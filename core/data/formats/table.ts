/** Tables as files hold them: columns of numbers or words, either of which may be missing. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { note } from '../../contract/words/notes.ts';
import { InputError } from '../../contract/words/errors.ts';

/** A column. */
export type Column = { name: string } & (
  | {
      kind: 'numbers';
      /** NaN where it is missing. */
      values: Float64Array;
    }
  | {
      kind: 'words';
      /** Places in `words`, which are in the order of their first use; -1 where it is missing. */
      codes: Int32Array;
      words: string[];
      /** Words such as "NA" that stand for a missing value, but in a column of labels; none if not given. */
      blanks?: readonly string[];
    }
);

/** Columns of one length. */
export interface Table {
  rows: number;
  columns: Column[];
  /** What was guessed while reading, a sentence each. */
  inferred: Phrase[];
  /** Whether columns that are not there are all 0, as in sparse rows. */
  sparse?: boolean;
}

/** What stands for a missing value in texts, in lower case; in a column of labels only nothing does. */
const MISSING = new Set(['', 'na', 'n/a', '#n/a', '<na>', 'nan', '-nan', 'null', 'none', '?']);
/** 1,001 and 12,345,678.9 */
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;
/** So many different numbers are measurements; a word among them is a mistake. */
const FEW = 100;
/** More different words are free text, which no network here reads. */
const MOST_WORDS = 100_000;

/** Where errors say that a value stands. */
export interface ValuePlace {
  /** The file. */
  where: string;
  /** The number of the first value's row, as the file's other readers count. */
  firstRow: number;
}

/** Collects a column, value by value. It holds numbers until a word comes. */
export class ColumnBuilder {
  private numbers = new Float64Array(1024);
  private codes: Int32Array | null = null;
  private readonly words = new Map<string, number>();
  /** Values so far. */
  length = 0;
  /** Whether its values are written, so that "NA" may mean that one is missing. */
  private written = false;
  /** Whether a word such as "NA" came before the column held words. */
  private hadBlank = false;
  /** The first number that was written with commas between its thousands. */
  private thousands = '';
  /** Whether a word came after numbers. */
  private wordsAfterNumbers = false;

  /**
   * @param asWords numbers too are kept as the words they were written as
   * @param how `decimalComma`: `3,5` is a number; `missing`: what always stands for a missing value
   */
  constructor(
    readonly name: string,
    private readonly place: ValuePlace,
    asWords = false,
    private readonly how: { decimalComma?: boolean; missing?: string | undefined } = {},
  ) {
    if (asWords) this.codes = new Int32Array(1024);
  }

  /** Adds a value as it is written. @throws InputError where it does not fit the others */
  addText(text: string): void {
    if (!this.codes) {
      const value = +text;
      // A space or nothing would be 0; whatever begins with a space is looked at closely.
      if (value === value && text.charCodeAt(0) > 32) return this.pushNumber(value);
    }
    this.addOther(text.trim());
  }

  /** Adds a value that has a type already: a number, a word, true or false, or null. */
  addValue(value: number | string | null): void {
    if (value === null) this.pushMissing();
    else if (typeof value === 'string') this.pushWord(value);
    else if (this.codes) this.pushWord(String(value));
    else this.pushNumber(value);
  }

  private addOther(text: string): void {
    this.written = true;
    if (text === '' || text === this.how.missing) return this.pushMissing();
    if (this.codes) return this.pushWord(text);
    if (isBlank(text)) {
      this.hadBlank = true;
      return this.pushMissing();
    }
    const value = +(this.how.decimalComma ? text.replace(',', '.') : text);
    if (value === value) return this.pushNumber(value);
    if (!this.how.decimalComma && THOUSANDS.test(text)) {
      this.thousands ||= text;
      return this.pushNumber(+text.replaceAll(',', ''));
    }
    if (/^[+-]?inf(inity)?$/i.test(text)) return this.pushNumber(Infinity);
    this.pushWord(text);
  }

  private pushMissing(): void {
    if (this.codes) this.pushCode(-1);
    else this.pushNumber(NaN);
  }

  private pushNumber(value: number): void {
    if (this.length === this.numbers.length) this.numbers = grown(this.numbers);
    this.numbers[this.length++] = value;
  }

  private pushWord(word: string): void {
    if (this.wordsAfterNumbers) return;
    if (!this.codes) this.becomeWords(word);
    let code = this.words.get(word);
    if (code === undefined) {
      code = this.words.size;
      if (code === MOST_WORDS) throw this.tooManyWords();
      this.words.set(word, code);
    }
    this.pushCode(code);
  }

  private pushCode(code: number): void {
    const codes = this.codes!;
    if (this.length === codes.length) this.codes = grown(codes);
    this.codes![this.length++] = code;
  }

  private becomeWords(word: string): void {
    const before = this.numbers.subarray(0, this.length);
    const different = new Set(before.filter((value) => !Number.isNaN(value)));
    if (different.size > FEW) {
      throw new InputError('table.notNumber', {
        where: this.place.where,
        row: this.place.firstRow + this.length,
        name: this.name,
        word: word.slice(0, 40),
      });
    }
    // The numbers as they were written are gone; the reader begins again.
    this.wordsAfterNumbers = different.size > 0 || this.hadBlank;
    this.codes = new Int32Array(Math.max(1024, this.numbers.length)).fill(-1);
  }

  private tooManyWords(): InputError {
    return new InputError('table.manyTexts', {
      where: this.place.where,
      name: this.name,
      most: MOST_WORDS,
    });
  }

  /** The column. The builder is not used after it. */
  build(): Column {
    const { name, length } = this;
    if (!this.codes) return { name, kind: 'numbers', values: this.numbers.subarray(0, length) };
    const words = [...this.words.keys()];
    const blanks = this.written ? words.filter(isBlank) : [];
    const column = { name, kind: 'words', codes: this.codes.subarray(0, length), words } as const;
    return blanks.length > 0 ? { ...column, blanks } : column;
  }

  /**
   * Whether the column must be read again, as words: a word came after numbers, or all there is are
   * words such as "NA", which may be classes.
   */
  get mixed(): boolean {
    return this.wordsAfterNumbers || (!this.codes && this.hadBlank && this.isEmpty);
  }

  /** Whether all values so far are missing. */
  get isEmpty(): boolean {
    return this.codes
      ? this.words.size === 0
      : this.numbers.subarray(0, this.length).every((value) => Number.isNaN(value));
  }

  /** What was guessed of its values, a sentence each. */
  said(): Phrase[] {
    return this.codes || this.thousands === ''
      ? []
      : [note('thousands', { column: this.name, text: this.thousands })];
  }
}

/** Whether a text stands for a missing value. */
export const isBlank = (text: string): boolean => MISSING.has(text.toLowerCase());

function grown<A extends Float64Array | Int32Array>(array: A): A {
  const larger = new (array.constructor as new (length: number) => A)(array.length * 2);
  larger.set(array);
  return larger;
}

/** Names that are all different and not empty: `x`, `x (2)`, `column 3`. */
export function columnNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((raw, i) => {
    const name = raw.trim() || (i === 0 ? '' : `column ${i + 1}`);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/**
 * Reads with `read`, and once more where a column turned out to hold words among numbers.
 * @param read makes all columns; those in `asWords` are words from the start
 */
export async function readColumns(
  read: (
    asWords: ReadonlySet<string>,
  ) => Promise<{ builders: ColumnBuilder[]; inferred: Phrase[] }>,
): Promise<Table> {
  let found = await read(new Set());
  const mixed = new Set(found.builders.filter((one) => one.mixed).map(({ name }) => name));
  if (mixed.size > 0) found = await read(mixed);
  const columns = found.builders.map((builder) => builder.build());
  const said = found.builders.flatMap((builder) => builder.said());
  const first = columns[0];
  const rows = !first ? 0 : first.kind === 'numbers' ? first.values.length : first.codes.length;
  return { rows, columns, inferred: [...found.inferred, ...said] };
}

/** The same column with values missing where "NA" and the like stand. */
export function withoutBlanks(column: Column): Column {
  if (column.kind === 'numbers' || !column.blanks) return column;
  const { name, codes, blanks } = column;
  const words = column.words.filter((word) => !blanks.includes(word));
  const places = new Map(words.map((word, i) => [word, i]));
  const moved = column.words.map((word) => places.get(word) ?? -1);
  return { name, kind: 'words', codes: codes.map((code) => (code < 0 ? -1 : moved[code]!)), words };
}

/** Some rows of a table, in their order. */
export function takeRows(table: Table, rows: Uint32Array): Table {
  const columns = table.columns.map((column): Column =>
    column.kind === 'numbers'
      ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
      : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) },
  );
  return { ...table, rows: rows.length, columns };
}

/** A cell as text; null where it is missing. */
export function textAt(column: Column, row: number): string | null {
  if (column.kind === 'words') return column.words[column.codes[row]!] ?? null;
  return Number.isNaN(column.values[row]!) ? null : String(column.values[row]!);
}
