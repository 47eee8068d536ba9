/** Labels of a file as classes of a data set: by name, and only where none is a name by place. */
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import { labelColumn } from './classes.ts';
import type { Dataset } from './dataset.ts';
import type { NdArray } from './formats/arrays.ts';

/** Classes by number; -1 where a label is missing. */
export interface Matched {
  codes: Int32Array;
  inferred: Phrase[];
}

/** A way to read labels as classes. */
interface Way {
  places: ReadonlyMap<string, number>;
  said: Phrase | null;
}

/**
 * The class of each label. A label is the name of a class; or, where no label is one, as its class
 * is written on disk; or the place of its class from 0, or from 1 where the numbers are all of these.
 * Empty labels, and -1 where it is no class, are missing.
 * @throws InputError where a label is none of the classes
 */
export function matchLabels(array: NdArray, dataset: Dataset, where: string): Matched {
  const column = labelColumn(array, where);
  const texts = Array.from(column.values as ArrayLike<number | string>, textOf);
  const names = new Set(texts);
  const ways = waysFor(dataset, names);
  const isMissing = (text: string, { places }: Way) =>
    text === '' || (text === '-1' && !places.has('-1'));
  const fits = (way: Way) =>
    [...names].filter((name) => isMissing(name, way) || way.places.has(name));
  const way =
    ways.find((each) => fits(each).length === names.size) ??
    // The first that knows any of them tells best which label is wrong.
    ways.find((each) => [...names].some((name) => each.places.has(name))) ??
    ways[0]!;
  const codes = Int32Array.from(texts, (text, i) => {
    const code = way.places.get(text) ?? (isMissing(text, way) ? -1 : null);
    if (code === null) throw unknown(text, i, dataset, where);
    return code;
  });
  return { codes, inferred: [column.inferred, way.said].filter((said) => said !== null) };
}

/** Numbers are written as they are in names of classes: 1.0 and "1.0" are 1. */
function textOf(value: number | string): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value + 0);
  const text = value.trim();
  return /^-?\d+\.0+$/.test(text) ? String(Number(text)) : text;
}

function waysFor({ classes, written }: Dataset, names: ReadonlySet<string>): Way[] {
  const byName: Way = { places: placesOf(classes), said: null };
  const ways = [byName];
  const lower = placesOf(classes.map((name) => name.toLowerCase()));
  if (lower.size === classes.length) {
    const places = new Map(
      [...names].flatMap((name) => {
        const place = lower.get(name.toLowerCase());
        return place === undefined ? [] : [[name, place] as const];
      }),
    );
    ways.push({
      places,
      said: note('labelsCase'),
    });
  }
  // By place only where no label is a name.
  if ([...names].some((name) => ways.some(({ places }) => places.has(name)))) return ways;
  if (written) ways.push({ places: placesOf(written), said: null });
  for (const first of [0, 1]) {
    const numbers = classes.map((_, i) => String(i + first));
    const all = first === 0 || numbers.every((number) => names.has(number));
    if (!all) continue;
    const said = note('labelsPlaces', {
      places: classes.map((name, i) => `${i + first} is ${name}`),
    });
    ways.push({ places: placesOf(numbers), said });
  }
  return ways;
}

const placesOf = (names: readonly string[]): Map<string, number> =>
  new Map(names.map((name, i) => [name, i]));

function unknown(text: string, at: number, { classes, name }: Dataset, where: string): InputError {
  const values = { where, at, label: text.slice(0, 60), n: classes.length, name, classes };
  return new InputError('labelsFile.unknownLabel', values);
}
