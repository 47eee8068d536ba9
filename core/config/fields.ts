/** Kinds of fields that the schemas of a Config share. */
import * as v from 'valibot';
import { plain } from '../protocol/plain.ts';

/** A whole number within bounds, both allowed. */
export const whole = (low: number, high: number, what: string) =>
  v.pipe(
    v.number(),
    v.integer(`a whole number from ${low} to ${high} (${what})`),
    v.minValue(low, `a whole number from ${low} to ${high} (${what})`),
    v.maxValue(high, `a whole number from ${low} to ${high} (${what})`),
  );

/** A number within bounds, both allowed. */
export const real = (low: number, high: number, what: string) =>
  v.pipe(
    v.number(),
    v.minValue(low, `a number from ${low} to ${high} (${what})`),
    v.maxValue(high, `a number from ${low} to ${high} (${what})`),
  );

/** A list with bounds on its length. */
export const list = <S extends v.GenericSchema>(item: S, most: number) =>
  v.pipe(v.array(item), v.maxLength(most, `at most ${most} values`));

/** Where random numbers begin. */
export const seed = whole(0, 2 ** 31 - 1, 'seed');

/** The name of a run, as people read it everywhere: signs that would steer a terminal are not in it. */
export const title = v.pipe(
  v.string(),
  v.minLength(1, 'a name of 1 to 120 characters'),
  v.maxLength(120, 'a name of 1 to 120 characters'),
  v.transform(plain),
);

const MOST_TEXT = v.maxLength<string, 4096, string>(4096, 'at most 4,096 characters');

/** A name; may be empty. */
export const text = v.pipe(v.string(), MOST_TEXT);

/** Marks text as the path of something to be read: a window may name only what a person opened. */
export const READS = v.metadata<string, { reads: 'path' }>({ reads: 'path' });
/** The same, where words such as `mnist` name what the lab has itself. */
export const READS_SOURCE = v.metadata<string, { reads: 'source' }>({ reads: 'source' });

/** The path of a file to be read; may be empty. */
export const pathOrNone = v.pipe(v.string(), MOST_TEXT, READS);
/** The path of a file or folder to be read. */
export const openedPath = v.pipe(v.string(), v.minLength(1, 'a path'), MOST_TEXT, READS);
