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

/** Where random numbers begin. */
export const seed = whole(0, 2 ** 31 - 1, 'seed');

/** A name or a path; may be empty. */
export const text = v.pipe(v.string(), v.maxLength(4096, 'at most 4,096 characters'));

/** The name of a run, as people read it everywhere: signs that would steer a terminal are not in it. */
export const title = v.pipe(
  v.string(),
  v.minLength(1, 'a name of 1 to 120 characters'),
  v.maxLength(120, 'a name of 1 to 120 characters'),
  v.transform(plain),
);
