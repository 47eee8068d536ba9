/** From labels as files hold them to classes by number. */
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import { MOST_CLASSES } from './dataset.ts';
import type { NdArray, Numbers } from './formats/arrays.ts';
import { newLabels } from './labels.ts';
import type { Labels } from './labels.ts';

/** Labels of one part, and where they were found. */
export interface RawLabels {
  values: ArrayLike<number> | readonly string[];
  /** The file, and the array or column in it. */
  where: string;
}

/** Labels as class numbers. */
export interface Encoded {
  /** One for each part, in its order. */
  codes: Labels[];
  classes: string[];
  /** What was guessed, a sentence each. */
  inferred: Phrase[];
}

/**
 * Numbers the classes of all parts alike: those that occur, by their numbers, or by the alphabet.
 * Names that differ only in case or in how accents are written are one class where no part has both.
 * @throws InputError where a label cannot be one, or there are fewer than 2 classes or too many
 */
export function encodeLabels(parts: readonly RawLabels[]): Encoded {
  const texts = parts.some(({ values }) => typeof values[0] === 'string');
  const seen = parts.map((part) => seenIn(part, texts));
  const all = new Set<number | string>(seen.flatMap((one) => [...one]));
  if (all.size > MOST_CLASSES) throw tooMany(parts[0]!.where);
  if (all.size < 2) throw single(parts[0]!.where, [...all][0]);
  const { same, inferred } = texts
    ? unified(seen as Set<string>[])
    : { same: new Map<number | string, string>(), inferred: numbersSaid(all, parts) };
  const names = [...new Set([...all].map((name) => same.get(name) ?? name))].sort(byValue);
  if (names.length < 2) throw single(parts[0]!.where, names[0]);
  const place = new Map(names.map((name, i) => [name, i]));
  for (const name of all) place.set(name, place.get(same.get(name) ?? name)!);
  return {
    codes: parts.map(({ values }) => {
      const codes = newLabels(values.length, names.length);
      for (let i = 0; i < codes.length; i++) {
        codes[i] = place.get(texts ? String(values[i]) : Number(values[i]))!;
      }
      return codes;
    }),
    classes: names.map(String),
    inferred,
  };
}

function seenIn({ values, where }: RawLabels, texts: boolean): Set<number | string> {
  const seen = new Set<number | string>();
  for (let i = 0; i < values.length; i++) {
    // Adding 0 makes 0 of -0.
    const value = texts ? String(values[i]) : Number(values[i]) + 0;
    if (seen.has(value)) continue;
    if (!texts) checkWhole(value as number, i, where);
    seen.add(value);
    if (seen.size > MOST_CLASSES) throw tooMany(where);
  }
  return seen;
}

/** Whole numbers by size, also where they are written as texts; before them, nothing; then texts. */
export function byValue(a: number | string, b: number | string): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== null && y !== null && x !== y) return x - y;
  if ((x === null) !== (y === null)) return x === null ? 1 : -1;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

const numberOf = (name: number | string): number | null =>
  typeof name === 'number' ? name : /^-?\d{1,15}$/.test(name) ? Number(name) : null;

/** What names are compared by that may be one class. */
const plainName = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/** Names of one class by the one that stands for it: the first part's. */
function unified(parts: readonly Set<string>[]): {
  same: Map<number | string, string>;
  inferred: Phrase[];
} {
  const same = new Map<number | string, string>();
  const first = new Map<string, string>();
  for (const name of parts.flatMap((part) => [...part])) {
    const plain = plainName(name);
    if (!first.has(plain)) first.set(plain, name);
    else if (first.get(plain) !== name) same.set(name, first.get(plain)!);
  }
  if (same.size === 0) return { same, inferred: [] };
  const both = [...same].map(([name, one]) => `"${one}" and "${name}"`).slice(0, 3);
  const together = parts.some((part) => new Set([...part].map(plainName)).size < part.size);
  return together
    ? { same: new Map(), inferred: [note('ownClasses', { names: both })] }
    : { same, inferred: [note('oneClass', { names: both })] };
}

/** What is to be said of classes that are numbers. @throws InputError where one may mean "no label" */
function numbersSaid(found: ReadonlySet<number | string>, parts: readonly RawLabels[]): Phrase[] {
  const sorted = ([...found] as number[]).sort((a, b) => a - b);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const gapless = most - least + 1 === sorted.length;
  if (least === 0 && gapless) return [];
  // -1 beside the classes from 0 is how many programs write "no label".
  if (least === -1 && sorted[1] === 0 && sorted.length > 3) throw noLabel(parts);
  if (least === 1 && gapless) return [note('fromOne', { most })];
  if (sorted.length === 2) return [note('twoClasses', { least, most })];
  return [note('occur', { n: sorted.length, names: sorted.map(String) })];
}

function noLabel(parts: readonly RawLabels[]): InputError {
  for (const { values, where } of parts) {
    const at = Array.prototype.findIndex.call(values, (value) => Number(value) === -1);
    if (at < 0) continue;
    return new InputError('labels.minusOne', { where, at });
  }
  return new InputError('labels.negative', { where: parts[0]!.where });
}

function checkWhole(value: number, at: number, where: string): void {
  if (Number.isInteger(value)) return;
  throw new InputError('labels.notWhole', { where, at, value });
}

function tooMany(where: string): InputError {
  return new InputError('labels.tooMany', { where, most: MOST_CLASSES });
}

function single(where: string, label: number | string | undefined): InputError {
  return label === undefined
    ? new InputError('labels.none', { where })
    : new InputError('labels.oneClass', { where, label });
}

/**
 * One label a sample from an array of one axis, one column, or one-hot rows.
 * @returns null for the sentence where nothing was guessed
 * @throws InputError where it is none of these
 */
export function labelColumn(
  { shape, values, kind }: NdArray,
  where: string,
): RawLabels & { inferred: Phrase | null } {
  const columns = shape.slice(1).reduce((all, size) => all * size, 1);
  if (shape.length <= 1) return { values, where, inferred: null };
  if (columns === 1) {
    return { values, where, inferred: note('columnOfLabels', { where, shape: shape.join(' x ') }) };
  }
  const hot = kind !== 'text' && shape.length === 2 ? hottest(values as Numbers, columns) : null;
  if (hot) return { values: hot, where, inferred: note('oneHot', { where }) };
  throw new InputError('labels.shape', { where, shape: shape.join(' x ') });
}

/** The place of the one in each row; null where a row is not one-hot. */
function hottest(values: Numbers, columns: number): Uint16Array | null {
  const places = new Uint16Array(values.length / columns);
  if (columns > MOST_CLASSES) return null;
  for (let row = 0; row < places.length; row++) {
    let ones = 0;
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]!;
      if (value === 1) [ones, places[row]] = [ones + 1, column];
      else if (value !== 0) return null;
    }
    if (ones !== 1) return null;
  }
  return places;
}
