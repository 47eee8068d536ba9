/**
 * A field that a person may fill in, of a config or of a figure: one kind of description for forms,
 * checks, help and reference pages.
 */
import * as v from 'valibot';

/** How fields and kinds are called in files: short, and harmless in any line, path or key. */
export const idSchema = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,39}$/));

const id = { id: idSchema };
const bounds = {
  min: v.number(),
  max: v.number(),
  /** A share, 0 to 1, that forms show in percent. */
  percent: v.optional(v.boolean(), false),
};

/** One field; `initial` is its value where nothing is said, and absent where a value must be given. */
export const FieldSchema = v.variant('kind', [
  v.object({
    kind: v.literal('number'),
    ...id,
    ...bounds,
    /** Whether `min` itself is left out. */
    above: v.optional(v.boolean(), false),
    /** Whole numbers where it is 1 or more; the step of arrows and sliders; 0 for any number. */
    step: v.number(),
    /** Drawn as a slider, whose figure is redrawn as it moves. */
    slider: v.optional(v.boolean(), false),
    initial: v.optional(v.number()),
  }),
  /** A list of numbers such as noise levels, of at most `most`. */
  v.object({
    kind: v.literal('numbers'),
    ...id,
    ...bounds,
    whole: v.optional(v.boolean(), false),
    least: v.number(),
    most: v.number(),
    initial: v.optional(v.array(v.number())),
  }),
  v.object({
    kind: v.literal('choice'),
    ...id,
    options: v.array(v.string()),
    initial: v.optional(v.string()),
  }),
  v.object({ kind: v.literal('flag'), ...id, initial: v.optional(v.boolean()) }),
  v.object({ kind: v.literal('text'), ...id, initial: v.optional(v.string()) }),
  /** A data set: one of the lab's own, or the path of the person's. */
  v.object({
    kind: v.literal('data'),
    ...id,
    builtIn: v.array(v.string()),
    initial: v.optional(v.string()),
  }),
  /** One class, a class for each class, groups of classes, a share for each pair of classes. */
  v.object({
    kind: v.picklist(['class', 'classes', 'groups', 'matrix']),
    ...id,
    initial: v.optional(v.unknown()),
  }),
]);
export type Field = v.InferOutput<typeof FieldSchema>;
/** A field of one kind. */
export type FieldOf<K extends Field['kind']> = Extract<Field, { kind: K }>;

/** A number; whole ones where `step` is 1 or more. */
export const number = (
  id: string,
  min: number,
  max: number,
  step = 0,
  more: Partial<FieldOf<'number'>> = {},
): FieldOf<'number'> => ({
  kind: 'number',
  id,
  min,
  max,
  step,
  above: false,
  percent: false,
  slider: false,
  ...more,
});

/** A whole number. */
export const whole = (id: string, min: number, max: number, step = 1): FieldOf<'number'> =>
  number(id, min, max, step);

/** Any number. @param step of its arrows */
export const real = number;

/** A share of 0 to 1, shown in percent. */
export const share = (id: string, initial: number): FieldOf<'number'> =>
  number(id, 0, 1, 0, { percent: true, initial });

/** A number chosen by a slider, whose figure is drawn anew as it moves. */
export const slider = (id: string, min: number, max: number, step = 1): FieldOf<'number'> =>
  number(id, min, max, step, { slider: true });

/** What a part of a Config, once checked, has in a number field that is a kind's own. */
export function ownNumber(part: object, { id, initial = 0 }: FieldOf<'number'>): number {
  const value = (part as Record<string, unknown>)[id];
  return typeof value === 'number' ? value : initial;
}

/** A list of 1 to 30 numbers. */
export const list = (id: string, min: number, max: number): FieldOf<'numbers'> => ({
  kind: 'numbers',
  id,
  min,
  max,
  percent: false,
  whole: false,
  least: 1,
  most: 30,
});

/** Yes or no. */
export const flag = (id: string): FieldOf<'flag'> => ({ kind: 'flag', id });

/** One of several. */
export const choice = (id: string, ...options: string[]): FieldOf<'choice'> => ({
  kind: 'choice',
  id,
  options,
});

/** A data set. @param builtIn those of the lab's own that there are besides a person's */
export const data = (id: string, ...builtIn: string[]): FieldOf<'data'> => ({
  kind: 'data',
  id,
  builtIn,
});
