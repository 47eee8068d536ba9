/** From labels as files hold them to classes by number. */
import { InputError } from '../errors.ts';
import { MOST_CLASSES } from './dataset.ts';
import type { NdArray, Numbers } from './formats/arrays.ts';

/** Labels of one part, and where they were found. */
export interface RawLabels {
  values: ArrayLike<number> | readonly string[];
  /** The file, and the array or column in it. */
  where: string;
}

/** Labels as class numbers. */
export interface Encoded {
  /** One for each part, in its order. */
  codes: Uint8Array[];
  classes: string[];
  /** What was guessed, a sentence each. */
  inferred: string[];
}

/**
 * Numbers the classes of all parts alike. Texts are classes by their alphabet; numbers from 0 stay
 * as they are, those from 1 without a gap become numbers from 0, and any two become 0 and 1.
 * @throws InputError where a label cannot be one, or there are fewer than 2 classes or too many
 */
export function encodeLabels(parts: readonly RawLabels[]): Encoded {
  const texts = parts.some(({ values }) => typeof values[0] === 'string');
  const seen = new Map<number | string, number>();
  for (const part of parts) {
    for (let i = 0; i < part.values.length; i++) {
      const value = texts ? String(part.values[i]) : Number(part.values[i]);
      if (!seen.has(value)) seen.set(value, seen.size);
      if (seen.size > MOST_CLASSES) throw tooMany(part.where);
      if (!texts) checkWhole(value as number, i, part.where);
    }
  }
  if (seen.size < 2) throw single(parts[0]!.where, [...seen.keys()][0]);
  const { names, inferred } = texts
    ? { names: [...seen.keys()].sort() as (number | string)[], inferred: [] }
    : numbered([...seen.keys()] as number[], parts);
  const place = new Map(names.map((name, i) => [name, i]));
  return {
    codes: parts.map(({ values }) =>
      Uint8Array.from({ length: values.length }, (_, i) =>
        place.get(texts ? String(values[i]) : Number(values[i]))!,
      ),
    ),
    classes: names.map(String),
    inferred,
  };
}

function numbered(
  found: number[],
  parts: readonly RawLabels[],
): { names: number[]; inferred: string[] } {
  const sorted = found.sort((a, b) => a - b);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  if (least === 1 && most === found.length) {
    return { names: sorted, inferred: [`Labels run from 1 to ${most}; 1 is the first class.`] };
  }
  if (least >= 0 && most < MOST_CLASSES) {
    return { names: Array.from({ length: most + 1 }, (_, i) => i), inferred: [] };
  }
  if (found.length === 2) {
    return { names: sorted, inferred: [`The labels ${least} and ${most} are two classes.`] };
  }
  throw outOfRange(least < 0 ? least : most, parts);
}

function outOfRange(bad: number, parts: readonly RawLabels[]): InputError {
  for (const { values, where } of parts) {
    const at = Array.prototype.findIndex.call(values, (value) => Number(value) === bad);
    if (at >= 0) {
      return new InputError(
        `${where}: the label of sample ${at} is ${bad}; labels must be 0 to ${MOST_CLASSES - 1}, ` +
          'so number the classes from 0.',
      );
    }
  }
  return new InputError(`${parts[0]!.where}: a label is ${bad}; number the classes from 0.`);
}

function checkWhole(value: number, at: number, where: string): void {
  if (Number.isInteger(value)) return;
  throw new InputError(
    `${where}: the label of sample ${at} is ${value}; labels must be whole numbers or names.`,
  );
}

function tooMany(where: string): InputError {
  return new InputError(
    `${where} has more than ${MOST_CLASSES} different labels; choose an array or column of classes.`,
  );
}

function single(where: string, label: number | string | undefined): InputError {
  return new InputError(
    label === undefined
      ? `${where} is empty; two classes are needed, so choose another data set.`
      : `${where}: all labels are ${label}; two classes are needed, so choose another data set.`,
  );
}

/**
 * One label a sample from an array of one axis, one column, or one-hot rows.
 * @returns null for the sentence where nothing was guessed
 * @throws InputError where it is none of these
 */
export function labelColumn(
  { shape, values, kind }: NdArray,
  where: string,
): RawLabels & { inferred: string | null } {
  const columns = shape.slice(1).reduce((all, size) => all * size, 1);
  if (shape.length <= 1) return { values, where, inferred: null };
  if (columns === 1) {
    return { values, where, inferred: `${where} is a column of labels (${shape.join(' x ')}).` };
  }
  const hot = kind !== 'text' && shape.length === 2 ? hottest(values as Numbers, columns) : null;
  if (hot) return { values: hot, where, inferred: `${where} holds one-hot rows.` };
  throw new InputError(
    `${where} has ${shape.join(' x ')} values; labels must be one for each sample, or one-hot rows.`,
  );
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
