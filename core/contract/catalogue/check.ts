/** Whether a value fits a field, and what would: the same in forms, files and on the command line. */
import * as v from 'valibot';
import type { Phrase } from '../words/phrase.ts';
import type { Field, FieldOf } from './field.ts';

/** The longest text in a field. */
const MOST_TEXT = 4096;

/** Whether a field takes a value. Values of the kinds about classes are checked by the Config's own schema. */
export function fits(field: Field, value: unknown): boolean {
  switch (field.kind) {
    case 'number':
      return isWithin(field, value) && (!isWhole(field) || Number.isInteger(value));
    case 'numbers':
      return (
        Array.isArray(value) &&
        value.length >= field.least &&
        value.length <= field.most &&
        value.every((one) => isWithin(field, one) && (!field.whole || Number.isInteger(one)))
      );
    case 'choice':
      return typeof value === 'string' && field.options.includes(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string' && value.length <= MOST_TEXT;
    case 'data':
      return typeof value === 'string' && value !== '' && value.length <= MOST_TEXT;
    default:
      return true;
  }
}

const isWithin = (
  { min, max, above = false }: { min: number; max: number; above?: boolean },
  value: unknown,
): boolean => typeof value === 'number' && value <= max && (above ? value > min : value >= min);

/** Whether a number has to be whole. */
export const isWhole = ({ step }: Pick<FieldOf<'number'>, 'step'>): boolean => step >= 1;

/** What a field takes, to stand after "it must be". */
export function allowedIn(field: Field): Phrase {
  switch (field.kind) {
    case 'number': {
      const values = { low: field.min, high: field.max };
      if (field.above) return { code: 'config.above', values };
      return { code: isWhole(field) ? 'config.whole' : 'config.real', values };
    }
    case 'numbers': {
      const { min: low, max: high, least, most } = field;
      const code = field.whole ? 'config.wholes' : 'config.numbers';
      return { code, values: { low, high, least, most } };
    }
    case 'choice':
      return { code: 'config.oneOf', values: { values: field.options.join(', ') } };
    case 'flag':
      return { code: 'config.flag' };
    case 'text':
      return { code: 'config.text' };
    case 'data':
      return { code: 'config.data', values: { names: field.builtIn } };
    case 'class':
      return { code: 'config.class' };
    case 'classes':
      return { code: 'config.classes' };
    case 'groups':
      return { code: 'config.groups' };
    case 'matrix':
      return { code: 'config.matrix' };
  }
}

/** A field as a schema, whose issues say what is allowed. */
export const schemaOf = (field: Field) => {
  const checked = v.pipe(
    v.unknown(),
    v.check((value) => fits(field, value), JSON.stringify(allowedIn(field))),
  );
  return v.optional(checked, field.initial);
};
