/** Reads CSV files that hold nothing but numbers below a line of names: byte by byte, without texts. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { doing } from '../../contract/words/notes.ts';
import type { LoadControl } from '../control.ts';
import { namesIn } from './csv-header.ts';
import { columnNames } from './table.ts';
import type { Table } from './table.ts';

const [NEWLINE, RETURN, QUOTE, COMMA, MINUS, POINT, ZERO, NINE] = [10, 13, 34, 44, 45, 46, 48, 57];
/** Rows between two looks at the signal. */
const STRETCH = 20_000;
/** Digits that a double holds exactly, so that one division gives the number nearest to what is written. */
const EXACT = 15;
const TENS = Float64Array.from({ length: EXACT + 1 }, (_, i) => 10 ** i);
/** Digits of which an integer of 32 bits holds any. */
const SMALL = 9;
/** Rows by which the room for all is judged. */
const JUDGED = 1024;

/**
 * The table, where the file is one of plain numbers and empty values, in commas.
 * @returns null where it is not, which the reader of every CSV then looks at
 * @throws the reason of an aborted signal
 */
export async function readCsvNumbers(
  bytes: Uint8Array,
  { signal, progress }: LoadControl,
): Promise<Table | null> {
  const names = namesOf(bytes);
  if (!names) return null;
  const rows = new NumberRows(bytes, names.end, names.names.length);
  while (!rows.done) {
    if (!rows.take(STRETCH)) return null;
    signal?.throwIfAborted();
    progress?.(rows.at / bytes.length, doing('rows'));
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (rows.count === 0) return null;
  const columns = columnNames(names.names).map((name, i) => {
    const values = rows.columns[i]!.subarray(0, rows.count);
    return { name, kind: 'numbers' as const, values };
  });
  return { rows: rows.count, columns, inferred: names.said ? [names.said] : [] };
}

/** The names in the first line, where these are plain; numbers there are a row, unless they count. */
function namesOf(
  bytes: Uint8Array,
): { names: readonly string[]; end: number; said: Phrase | null } | null {
  const end = bytes.indexOf(NEWLINE);
  if (end < 1) return null;
  const line = Buffer.from(bytes.subarray(0, end)).toString('latin1').replace(/\r$/, '');
  // What is not ASCII may be in any encoding, and other separators may be meant.
  if (!/^[\x20-\x7e]+$/.test(line) || !line.includes(',') || /["';|\t]/.test(line)) return null;
  const cells = line.split(',');
  // All that follows is numbers, or this is not read here; so a row below of zeros tells as much.
  const { names, isRow, said } = namesIn([cells, cells.map(() => '0')]);
  return { names, end: isRow ? 0 : end + 1, said };
}

/** Behind the end it is no byte, which neither a digit nor a sign is. */
const byteAt = (bytes: Uint8Array, at: number): number => (at < bytes.length ? bytes[at]! : -1);

/** Rows of numbers, column by column. */
class NumberRows {
  readonly columns: Float64Array[];
  count = 0;
  /** Where the next row begins. */
  at: number;
  private readonly from: number;

  constructor(
    private readonly bytes: Uint8Array,
    from: number,
    width: number,
  ) {
    this.at = from;
    this.from = from;
    this.columns = Array.from({ length: width }, () => new Float64Array(JUDGED));
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Takes so many rows, or what is left. @returns false where one is of no plain numbers */
  take(many: number): boolean {
    for (let n = 0; n < many && !this.done; n++) if (!this.takeRow()) return false;
    return true;
  }

  private takeRow(): boolean {
    const { bytes } = this;
    const first = bytes[this.at];
    // Empty lines are passed over.
    if (first === NEWLINE || (first === RETURN && bytes[this.at + 1] === NEWLINE)) {
      this.at += first === NEWLINE ? 1 : 2;
      return true;
    }
    if (this.count === this.columns[0]!.length) this.grow();
    const { columns, count } = this;
    const last = columns.length - 1;
    let at = this.at;
    for (let i = 0; i <= last; i++) {
      // Most numbers are digits that fit a small integer, with a point among them: of these the loop
      // makes integers alone, which is three times as fast.
      const negative = bytes[at] === MINUS;
      const from = negative ? at + 1 : at;
      let [whole, point, to] = [0, -1, from];
      let byte = byteAt(bytes, to);
      for (; ; byte = byteAt(bytes, ++to)) {
        const digit = (byte - ZERO) | 0;
        if (digit >= 0 && digit <= 9) whole = (whole * 10 + digit) | 0;
        else if (byte === POINT && point < 0) point = to;
        else break;
      }
      const digits = to - from - (point < 0 ? 0 : 1);
      if (digits > 0 && digits <= SMALL && byte === (i < last ? COMMA : NEWLINE)) {
        const value = point < 0 ? whole : whole / TENS[to - point - 1]!;
        columns[i]![count] = negative ? -value : value;
        at = to + 1;
        continue;
      }
      this.at = at;
      const value = this.takeNumber();
      const ends = bytes[this.at];
      if (value === null) return false;
      columns[i]![count] = value;
      if (i < last ? ends !== COMMA : ends !== NEWLINE && ends !== undefined) return false;
      at = this.at + 1;
    }
    this.at = at;
    this.count++;
    return true;
  }

  /** The number that begins here; NaN for an empty one, null for anything else. Ends before what follows it. */
  private takeNumber(): number | null {
    const { bytes } = this;
    const begin = this.at;
    let at = begin;
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    let [whole, digits, point] = [0, 0, -1];
    for (; ; at++) {
      const byte = bytes[at]!;
      if (byte >= ZERO && byte <= NINE) {
        whole = whole * 10 + byte - ZERO;
        digits++;
      } else if (byte === POINT && point < 0) point = digits;
      else break;
    }
    const ends = this.endsAt(at);
    if (!ends || digits === 0 || digits > EXACT) return this.takeOther(begin);
    this.at = bytes[at] === RETURN ? at + 1 : at;
    const value = point < 0 ? whole : whole / TENS[digits - point]!;
    return negative ? -value : value;
  }

  private endsAt(at: number): boolean {
    const byte = this.bytes[at];
    if (byte === RETURN) return this.bytes[at + 1] === NEWLINE;
    return byte === COMMA || byte === NEWLINE || byte === undefined;
  }

  /** Powers, many digits and nothing, as any reader of numbers takes them. */
  private takeOther(begin: number): number | null {
    let end = begin;
    while (!this.endsAt(end)) {
      if (this.bytes[end] === QUOTE) return null;
      end++;
    }
    const text = Buffer.from(this.bytes.subarray(begin, end)).toString('latin1');
    this.at = this.bytes[end] === RETURN ? end + 1 : end;
    if (text === '') return NaN;
    const value = +text;
    // A space before a number, and a word, are looked at closely elsewhere.
    return Number.isNaN(value) || text.charCodeAt(0) <= 32 ? null : value;
  }

  /** Makes room for all rows, as long as the ones so far, and a little more. */
  private grow(): void {
    const { at, from, bytes, count } = this;
    const all = count * ((bytes.length - from) / (at - from));
    const room = Math.ceil(count + 1.02 * (all - count)) + JUDGED;
    for (const [i, column] of this.columns.entries()) {
      const larger = new Float64Array(room);
      larger.set(column);
      this.columns[i] = larger;
    }
  }
}
