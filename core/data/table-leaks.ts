/** Columns that are no features: they number or name the rows, or tell the label in other words. */
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import type { NoteCode } from '../contract/words/notes.ts';
import type { Column } from './formats/table.ts';
import { isIdNamed, isIndexNamed, roleNamed } from './table-names.ts';

/** A column of words with more different ones is a name or a text, not a kind. */
const MOST_KINDS = 64;
/** In fewer rows chance alone makes columns that look like this. */
const ENOUGH = 20;
/** Values looked at first: a byte has one twice among them. */
const FIRST = 257;

/** Why a column is no feature. */
export interface Reason {
  /** What is said where it is left out, and where it is used all the same, for there is nothing else. */
  left: Phrase;
  used: Phrase | null;
  /** Whether its values alone tell so, and not its name; then it is used where there is nothing else. */
  byValues: boolean;
}

/** Why a column is no feature; null where it is one. */
export function whyNoFeature(column: Column, rows: number): Reason | null {
  const why = byName(column, rows);
  if (why !== null) return { left: why, used: null, byValues: false };
  const numbers =
    column.kind === 'numbers' &&
    rows >= ENOUGH &&
    !LISTED.test(column.name) &&
    numbersRows(column.values);
  if (!numbers) return null;
  const values = { column: column.name };
  return { left: note('leftCounts', values), used: note('usedCounts', values), byValues: true };
}

function byName(column: Column, rows: number): Phrase | null {
  const { name } = column;
  const left = (code: NoteCode, values = {}) => note(code, { column: name, ...values });
  if (isEmpty(column)) return left('leftEmpty');
  if (isIndexNamed(name)) {
    if (name === '') return left('leftNameless');
    if (isUnique(column)) return left('leftIndex');
  }
  const about = roleNamed(name);
  if (about === 'given' || about === 'truth') return left('leftLabels');
  if (about === 'about') return left('leftAbout');
  if (column.kind === 'words') {
    const kinds = column.words.length;
    if (kinds > MOST_KINDS) return left('leftTexts', { n: kinds });
    const names = isUnique(column) && (isIdNamed(name) || rows >= ENOUGH);
    return names ? left('leftNames') : null;
  }
  if (isIdNamed(name) && isWhole(column.values) && isUnique(column)) {
    return left('leftId');
  }
  if (isIdNamed(name) && isWhole(column.values) && manyKinds(column.values)) {
    return left('leftIds');
  }
  return null;
}

/** Whether two columns are the same kinds by other names, in rows enough to tell. */
export function tellTheSame(a: Column, b: Column, rows: number): boolean {
  if (rows < ENOUGH) return false;
  const [keyA, keyB] = [keyOf(a), keyOf(b)];
  const [there, back] = [new Map<number, number>(), new Map<number, number>()];
  for (let row = 0; row < rows; row++) {
    const [x, y] = [keyA(row), keyB(row)];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    if ((there.get(x) ?? y) !== y || (back.get(y) ?? x) !== x) return false;
    there.set(x, y);
    back.set(y, x);
  }
  return there.size > 1;
}

/** A number for each row's value; NaN where it is missing. */
const keyOf = (column: Column): ((row: number) => number) =>
  column.kind === 'numbers'
    ? (row) => column.values[row]!
    : (row) => (column.codes[row]! < 0 ? NaN : column.codes[row]!);

function isEmpty(column: Column): boolean {
  return column.kind === 'words'
    ? column.words.length === 0
    : column.values.every((value) => Number.isNaN(value));
}

/** Whether no value is there twice, and none is missing. */
export function isUnique(column: Column): boolean {
  if (column.kind === 'words') {
    return column.words.length === column.codes.length && !column.codes.includes(-1);
  }
  return !hasTwice(column.values) && !column.values.some((value) => Number.isNaN(value));
}

function hasTwice(values: Float64Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    if (seen.has(value)) return true;
    seen.add(value);
  }
  return false;
}

/** Whether a column may be an id though its name does not say so: another whole number in every row. */
export const mayBeId = (column: Column, rows: number): boolean =>
  rows >= ENOUGH &&
  column.kind === 'numbers' &&
  !LISTED.test(column.name) &&
  isUnique(column) &&
  isWhole(column.values);

/** A place in a list of numbers. */
const LISTED = /\[\d+\]$/;

const isWhole = (values: Float64Array): boolean =>
  values.every((value) => Number.isInteger(value) || Number.isNaN(value));

function manyKinds(values: Float64Array): boolean {
  const kinds = new Set<number>();
  for (const value of values) if (kinds.add(value).size > MOST_KINDS) return true;
  return false;
}

/** Whether values are the whole numbers from the least to the largest of them, each once, in any order. */
function numbersRows(values: Float64Array): boolean {
  // Most columns have a value twice among their first, and need no more looking at.
  if (hasTwice(values.subarray(0, FIRST))) return false;
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isInteger(value)) return false;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (most - least + 1 !== values.length) return false;
  const seen = new Uint8Array(values.length);
  for (const value of values) {
    if (seen[value - least] === 1) return false;
    seen[value - least] = 1;
  }
  return true;
}
