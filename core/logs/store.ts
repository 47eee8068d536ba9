/** Collects sparse rows column by column, so that a long log takes eight bytes a value. */
import type { Where } from '../contract/words/place.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { LogTable } from './log.ts';
import { fit } from './names.ts';

const FIRST = 256;
/** More columns than this are not listed; those that are needed are kept all the same. */
const MOST_NAMES = 2000;
/** What stands for a missing value in texts, in lower case. */
const MISSING = new Set(['', 'na', 'n/a', '<na>', 'nan', '-nan', 'null', 'none', '-']);

const isCount = (name: string): boolean =>
  fit(name, 'epoch') !== null || fit(name, 'step') !== null;

/** The columns of a log while it is read. */
export class Store {
  private readonly columns = new Map<string, Float64Array>();
  private readonly seen = new Set<string>();
  private readonly words = new Map<string, { place: Where; text: string }>();
  private room = FIRST;
  rows = 0;

  /** @param wanted which columns are kept */
  constructor(private readonly wanted: (name: string) => boolean) {}

  /** Tells a column's name. @returns whether its values are wanted */
  name(name: string): boolean {
    if (!this.seen.has(name) && this.seen.size < MOST_NAMES) this.seen.add(name);
    return this.columns.has(name) || this.wanted(name);
  }

  /** Begins a row; values that are put from now on belong to it. */
  row(): void {
    this.rows++;
    if (this.rows <= this.room) return;
    this.room *= 2;
    for (const [name, values] of this.columns) this.columns.set(name, widened(values, this.room));
  }

  /** Puts a value into the row at hand. */
  put(name: string, value: number): void {
    let values = this.columns.get(name);
    if (!values) {
      values = new Float64Array(this.room).fill(NaN);
      this.columns.set(name, values);
    }
    values[this.rows - 1] = value;
  }

  /** Whether the row at hand has a value in a column. */
  has(name: string): boolean {
    const value = this.columns.get(name)?.[this.rows - 1];
    return value !== undefined && !Number.isNaN(value);
  }

  /** Puts a value as a file writes it; a word is remembered, for it matters only where it is needed. */
  putText(name: string, text: string, place: () => Where, decimalComma = false): void {
    const trimmed = text.trim();
    if (MISSING.has(trimmed.toLowerCase())) return;
    const plain = decimalComma ? trimmed.replace(',', '.') : trimmed;
    const value = numberOf(plain, () => isCount(name));
    if (value === null) this.putWord(name, trimmed, place());
    else this.put(name, value);
  }

  /** Puts a value of JSON; lists and objects are no values. */
  putValue(name: string, value: unknown, place: () => Where): void {
    if (typeof value === 'number') this.put(name, value);
    else if (typeof value === 'string') this.putText(name, value, place);
  }

  private putWord(name: string, text: string, place: Where): void {
    if (!this.words.has(name)) this.words.set(name, { place, text: text.slice(0, 40) });
  }

  /** What was collected. */
  table(
    about: Pick<LogTable, 'format' | 'zeroIsBefore' | 'where'>,
    notes: Phrase[] = [],
  ): LogTable {
    const values = new Map(
      [...this.columns].map(([name, column]) => [name, column.subarray(0, this.rows)]),
    );
    return { ...about, names: [...this.seen], rows: this.rows, values, words: this.words, notes };
  }
}

/** A number that is still wrapped, as `tensor(0.46, device='cuda:0')`. */
const WRAPPED = /^(?:tensor|array|(?:np|numpy|torch|jnp)\.\w+|Array)\(\s*\[?([^\],)]+)\]?[^)]*\)$/;
/** `3/50`, or `[3/50]`. */
const RATIO = /^\[?(\d+)\s*\/\s*(\d+)\]?$/;

/**
 * A number as programs write it: `0.5`, `1e-3`, `85.2%`, `inf`, `tensor(0.5)`, `3/50`; null where it is none.
 * @param isCount whether of `3/50` the 3 is meant, and not the share
 */
function numberOf(text: string, isCount: () => boolean): number | null {
  const wrapped = WRAPPED.exec(text);
  if (wrapped) return numberOf(wrapped[1]!.trim(), isCount);
  const ratio = RATIO.exec(text);
  if (ratio) return isCount() ? Number(ratio[1]) : Number(ratio[1]) / Number(ratio[2]);
  const value = Number(text.endsWith('%') ? text.slice(0, -1) : text);
  if (!Number.isNaN(value)) return value;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  return infinite ? (infinite[1] === '-' ? -Infinity : Infinity) : null;
}

function widened(values: Float64Array, room: number): Float64Array {
  const wider = new Float64Array(room).fill(NaN);
  wider.set(values);
  return wider;
}
