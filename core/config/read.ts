/** Checks a Config from outside; errors name the field, the value found and what is allowed. */
import * as v from 'valibot';
import { InputError } from '../errors.ts';
import { quoted, shortened } from '../protocol/plain.ts';
import { ConfigSchema, ReadingSchema } from './schema.ts';
import type { Config, ReadingConfig } from './schema.ts';

/**
 * Checks a value against the schema.
 * @param where the file or option, named in errors
 * @throws InputError
 */
export function parseConfig(value: unknown, where: string): Config {
  return parseBy(ConfigSchema, value, where);
}

/**
 * Checks the part of a Config that says how data are read; what is left out is inferred.
 * @param where the option, named in errors
 * @throws InputError
 */
export function parseReading(value: unknown, where: string): ReadingConfig {
  return parseBy(ReadingSchema, value, where);
}

function parseBy<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  where: string,
): v.InferOutput<S> {
  const found = v.safeParse(schema, value);
  if (found.success) return found.output;
  throw new InputError(`${where}: ${describe(found.issues[0])}`);
}

/** The longest name of a field that is repeated: a file may hold any. */
const MOST_FIELD = 120;

/** One sentence about what does not fit. */
function describe(issue: v.BaseIssue<unknown>): string {
  const field = shortened(v.getDotPath(issue) ?? 'the config', MOST_FIELD);
  if (issue.expected === 'never') return `${field} is not a field of a config; remove it.`;
  if (issue.received === 'undefined') return `${field} is missing; give ${allowed(issue)}.`;
  return `${field} is ${quoted(issue.input)}; it must be ${allowed(issue)}.`;
}

function allowed(issue: v.BaseIssue<unknown>): string {
  // Our own messages say what is allowed; valibot's own begin with "Invalid".
  if (!issue.message.startsWith('Invalid')) return issue.message;
  const expected = issue.expected ?? 'another value';
  return expected.replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ');
}

/**
 * Applies `--set path=value`, before the schema is checked.
 * @param config a plain object, which is not changed
 * @param settings such as `training.epochs=10`; the value is JSON, or else text
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
      throw new InputError(`${option} ${setting}: write path=value, such as training.epochs=10.`);
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
    throw new InputError(`${option}: there is no field ${key}; there are ${known}.`);
  }
  if (rest.length === 0) {
    target[key] = typeof target[key] === 'number' ? (shareOf(value) ?? value) : value;
    return;
  }
  const next = target[key];
  if (typeof next !== 'object' || next === null) {
    throw new InputError(`${option}: ${key} has no fields of its own.`);
  }
  setAt(next as Record<string, unknown>, rest, value, option);
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
