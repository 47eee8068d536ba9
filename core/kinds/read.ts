/** Checks a Config from outside; errors name the field, the value found and what is allowed. */
import type { Phrase } from '../contract/words/phrase.ts';
import { asWritten } from '../contract/words/phrase.ts';
import { allowedBy } from '../contract/config/fields.ts';
import * as v from 'valibot';
import { errorPhrase, InputError } from '../contract/words/errors.ts';
import { quoted, shortened } from '../contract/words/plain.ts';
import { ReadingSchema } from '../contract/config/schema.ts';
import type { Config, ReadingConfig } from '../contract/config/schema.ts';
import { StrictConfigSchema } from './kinds.ts';

/**
 * Checks a value against the schema of a Config, with the kinds that there are.
 * @param where the file or option, named in errors
 * @throws InputError
 */
export function parseConfig(value: unknown, where: string | Phrase): Config {
  return parseBy(StrictConfigSchema, value, where);
}

/**
 * Checks the part of a Config that says how data are read; what is left out is inferred.
 * @param where the option, named in errors
 * @throws InputError
 */
export function parseReading(value: unknown, where: string | Phrase): ReadingConfig {
  return parseBy(ReadingSchema, value, where);
}

function parseBy<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  where: string | Phrase,
): v.InferOutput<S> {
  const found = v.safeParse(schema, value);
  if (found.success) return found.output;
  throw describe(where, found.issues[0]);
}

/** The longest name of a field that is repeated: a file may hold any. */
const MOST_FIELD = 120;

/** What does not fit. */
function describe(where: string | Phrase, issue: v.BaseIssue<unknown>): InputError {
  const path = v.getDotPath(issue);
  const named = shortened(path ?? '', MOST_FIELD);
  const field = path === null ? errorPhrase('config.theConfig') : { path: named };
  const may = allowedBy(issue) ?? expectedOf(issue);
  if (issue.expected === 'never') return new InputError('config.noField', { where, field });
  if (issue.received === 'undefined')
    return new InputError('config.missing', { where, field, may });
  return new InputError('config.wrong', { where, field, value: quoted(issue.input), may });
}

/** What the schema library says is expected, as the values that a person can give. */
function expectedOf({ expected }: v.BaseIssue<unknown>): Phrase {
  const values = (expected ?? '').replace(/^\((.*)\)$/, '$1').split(' | ');
  if (expected === null || expected === '') return { code: 'config.other' };
  return values.length > 1
    ? { code: 'config.oneOf', values: { values: values.join(', ') } }
    : asWritten(values[0]!);
}

/**
 * Applies `--set path=value`, before the schema is checked.
 * @param config a plain object, which is not changed
 * @param settings such as `training.epochs=10`; the value is JSON, numbers
 *   with commas between where a list stands, or else text
 * @param option under which they were given, named in errors
 * @throws InputError where one has no `=`
 */
export function applySettings(
  config: object,
  settings: readonly string[],
  option = '--set',
): object {
  const result = structuredClone(config) as Record<string, unknown>;
  for (const setting of settings) {
    const at = setting.indexOf('=');
    if (at < 1) {
      throw new InputError('config.settingForm', { option, setting });
    }
    setAt(result, setting.slice(0, at).split('.'), valueOf(setting.slice(at + 1)), option);
  }
  return result;
}

function setAt(
  target: Record<string, unknown>,
  path: string[],
  value: unknown,
  option: string,
): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (!Object.hasOwn(target, key)) {
    const known = Object.keys(target).join(', ');
    throw new InputError('config.unknownField', { option, key, known });
  }
  if (rest.length === 0) {
    target[key] = fitted(value, target[key]);
    return;
  }
  const next = target[key];
  if (typeof next !== 'object' || next === null) {
    throw new InputError('config.noFields', { option, key });
  }
  setAt(next as Record<string, unknown>, rest, value, option);
}

/** A value as what stands there has it: `30%` as a share, `64,32` as a list of numbers. */
function fitted(value: unknown, there: unknown): unknown {
  if (typeof there === 'number') return shareOf(value) ?? value;
  return Array.isArray(there) ? (numbersIn(value) ?? value) : value;
}

/** One number, or several with commas between, as a list; null for anything else. */
export function numbersIn(value: unknown): number[] | null {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'string') return null;
  const parts = value.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  return parts.every(Number.isFinite) ? parts : null;
}

/** `30%` as 0.3; null for anything else. */
function shareOf(value: unknown): number | null {
  const found = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value) : null;
  return found ? Number((Number(found[1]) / 100).toPrecision(12)) : null;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
