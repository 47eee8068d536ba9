/** Which line of a file of labels belongs to which training sample. */
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import { basename } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import type { Dataset } from './dataset.ts';
import type { NdArray } from './formats/arrays.ts';
import { isIdNamed, isIndexNamed, nameWords } from './table-names.ts';

/** The line of each training sample; -1 where it has none. */
export interface Joined {
  lines: Int32Array;
  inferred: Phrase[];
}

const FILE = /^(files?|filenames?|images?|img|imgs|pictures?|paths?|names?|samples?|column)$/;

/** Whether a field may name samples: their files, ids or places. */
export const isKeyNamed = (name: string): boolean =>
  isIndexNamed(name) || isIdNamed(name) || nameWords(name).some((word) => FILE.test(word));

/**
 * Joins lines to samples by a field of file names, ids or places, where there is one; else by order.
 * @param fields those besides the labels
 * @param where the file, for errors
 * @throws InputError where samples are named that are not there, or lines and samples are not as many
 */
export function joinLines(
  fields: ReadonlyMap<string, NdArray>,
  lines: number,
  dataset: Dataset,
  where: string,
): Joined {
  const keys = [...fields].flatMap(([name, array]) => {
    const values = array.values as ArrayLike<number | string>;
    const texts = Array.from(values, (value) => String(value));
    const isKey = array.shape.length === 1 && isKeyNamed(name) && new Set(texts).size === lines;
    return isKey ? [{ name, texts }] : [];
  });
  for (const key of keys) {
    const found = byKey(key, dataset);
    if (found) return found;
  }
  const [first] = keys.filter(({ name }) => !/^column \d+$/.test(name));
  if (first) throw unjoined(first, dataset, where);
  return byOrder(lines, dataset, where);
}

interface Key {
  name: string;
  texts: string[];
}

function byKey(key: Key, dataset: Dataset): Joined | null {
  const ways = isIndexNamed(key.name) ? [byPlace, byId] : [byId, byPlace];
  return ways.map((way) => way(key, dataset)).find((found) => found !== null) ?? null;
}

/** By file names or ids; null where fewer than half of the samples are found. */
function byId({ name, texts }: Key, { ids }: Dataset): Joined | null {
  if (!ids) return null;
  const exact = new Map(texts.map((text, line) => [text, line]));
  const plain = unique(texts.map(plainPath));
  const bare = unique(texts.map((text) => basename(plainPath(text)).replace(/\.[^.]*$/, '')));
  const bareIds = unique(ids.map((id) => basename(id).replace(/\.[^.]*$/, '')));
  const lines = Int32Array.from(ids, (id, i) => {
    const whole = exact.get(id) ?? plain.get(id) ?? ending(id, plain);
    const only = basename(id).replace(/\.[^.]*$/, '');
    return whole ?? (bareIds.get(only) === i ? bare.get(only) : undefined) ?? -1;
  });
  const count = lines.reduce((sum, line) => sum + (line < 0 ? 0 : 1), 0);
  return count * 2 >= ids.length
    ? { lines, inferred: [joinedSaid(name, count, ids.length)] }
    : null;
}

const plainPath = (text: string): string => text.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');

/** The line whose path is the end of a sample's. */
function ending(id: string, plain: ReadonlyMap<string, number>): number | undefined {
  const names = id.split('/');
  for (let i = 1; i < names.length; i++) {
    const line = plain.get(names.slice(i).join('/'));
    if (line !== undefined) return line;
  }
  return undefined;
}

/** Places of texts that are there once. */
function unique(texts: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  texts.forEach((text, i) => {
    if (places.has(text)) twice.add(text);
    places.set(text, i);
  });
  for (const text of twice) places.delete(text);
  return places;
}

/** By the places of samples on disk, from 0 or from 1; null where it cannot be told from which. */
function byPlace({ name, texts }: Key, { train, places }: Dataset): Joined | null {
  const count = train.labels.length;
  const all = places?.of ?? count;
  const numbers = texts.map((text) => (/^\d{1,9}(\.0+)?$/.test(text) ? Number(text) : NaN));
  const least = numbers.reduce((a, b) => Math.min(a, b), Infinity);
  const most = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  const first = least === 0 && most < all ? 0 : least === 1 && most === all ? 1 : null;
  if (first === null || numbers.some(Number.isNaN)) return null;
  const line = new Map(numbers.map((number, i) => [number - first, i]));
  const lines = Int32Array.from({ length: count }, (_, i) => line.get(places?.at[i] ?? i) ?? -1);
  const joined = lines.reduce((sum, each) => sum + (each < 0 ? 0 : 1), 0);
  if (joined * 2 < count) return null;
  const inferred = [joinedSaid(name, joined, count)];
  if (first === 1) inferred.push(note('countsFromOne', { column: name }));
  return { lines, inferred };
}

const joinedSaid = (name: string, joined: number, of: number): Phrase =>
  note('joined', { column: name, n: joined, all: of });

function byOrder(lines: number, { train, places, test, name }: Dataset, where: string): Joined {
  const count = train.labels.length;
  if (lines === count) {
    return { lines: Int32Array.from({ length: count }, (_, i) => i), inferred: [] };
  }
  if (places && lines === places.of) {
    return {
      lines: Int32Array.from(places.at),
      inferred: [note('allRows', { all: lines, n: count })],
    };
  }
  const both = test && lines === count + test.labels.length;
  const values = { where, lines, n: count, name };
  throw new InputError(both ? 'labelsFile.countsBoth' : 'labelsFile.counts', values);
}

function unjoined({ name, texts }: Key, dataset: Dataset, where: string): InputError {
  const [id] = dataset.ids ?? [];
  const values = {
    where,
    column: name,
    sample: texts[0]!.slice(0, 60),
    data: dataset.name,
    last: (dataset.places?.of ?? dataset.train.labels.length) - 1,
  };
  return id === undefined
    ? new InputError('labelsFile.noNames', values)
    : new InputError('labelsFile.otherNames', { ...values, name: id.slice(0, 60) });
}
