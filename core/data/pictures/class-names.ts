/** Names of classes from a list beside pictures whose labels are numbers. */
import { note } from '../../contract/words/notes.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { linesOf } from './lists.ts';

/** More bytes than any list of names has. */
const MOST_BYTES = 2 ** 16;
const CALLED = /(categor|class|label|synset)/i;

/** Names in the order of their numbers, and where they stand. */
export interface ClassNames {
  path: string;
  names: string[];
}

/**
 * The lines of a file such as `category_names_eng.txt`.
 * @returns null for any other file
 */
export function classNamesIn(path: string, bytes: Uint8Array): ClassNames | null {
  const file = path.split('/').at(-1)!;
  if (!CALLED.test(file) || !/\.(txt|lst|list|names)$/i.test(file) || bytes.length > MOST_BYTES) {
    return null;
  }
  const lines = linesOf(bytes);
  // "0 T-Shirt" and "1: Shirt" are numbered.
  const numbered = lines.every((line, i) => new RegExp(`^${i}[\\s:,.]+\\S`).test(line));
  const names = numbered ? lines.map((line) => line.replace(/^\d+[\s:,.]+/, '')) : lines;
  return names.length > 1 && new Set(names).size === names.length ? { path, names } : null;
}

/**
 * Names for classes that are numbers from 0, or from 1 to as many as there are names.
 * @param classes the numbers as they are written
 * @returns null where the numbers do not fit the names, with the classes as they are
 */
export function namedClasses(
  classes: readonly string[],
  { path, names }: ClassNames,
): { classes: string[]; inferred: Phrase[] } {
  const numbers = classes.map(Number);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const from =
    least >= 0 && most < names.length ? 0 : least >= 1 && most === names.length ? 1 : null;
  if (from === null) {
    return {
      classes: [...classes],
      inferred: [note('namesUnfit', { n: names.length, path, least, most })],
    };
  }
  return {
    classes: numbers.map((number) => names[number - from]!),
    inferred: [note('namesFrom', { path })],
  };
}
