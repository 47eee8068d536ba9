/** What is thrown at a person: codes with values, put into words where the reader's language is known. */
import type english from '../../../assets/texts/en.json';
import { isMemoryShort } from './memory.ts';
import type { FieldName, Phrase, PhraseValue } from './phrase.ts';
import { plain } from './plain.ts';
import type { Singular } from './texts.ts';

type Texts = typeof english.errors;
/** The code of an error: the path of its text below `errors`. */
export type ErrorCode = {
  [Room in keyof Texts & string]: `${Room}.${Singular<keyof Texts[Room] & string>}`;
}[keyof Texts & string];

/** What is filled into a text. */
export type Values = Readonly<Record<string, PhraseValue | undefined>>;

/** What a message says to whoever debugs: its code, in programs that have no texts. */
let wording = ({ code }: Phrase): string => code;

/** Has the messages of errors put into words from now on; for the beginning of a program. */
export function wordErrors(by: (phrase: Phrase) => string): void {
  wording = by;
}

/** An error that a person is told about, by its phrase; its `message` is for whoever debugs. */
export class PhrasedError extends Error {
  constructor(
    readonly phrase: Phrase,
    options?: ErrorOptions,
  ) {
    super(wording(phrase), options);
  }
}

/** Something that the person can put right; exit code 2. */
export class InputError extends PhrasedError {
  override name = 'InputError';

  /**
   * @param told a code, or the whole phrase of an error that another thread or process met
   * @param values may quote what a file holds, however long and of whatever signs; `field` is the field
   * of a config that the error is about
   */
  constructor(told: ErrorCode | Phrase, values: Values = {}) {
    super(typeof told === 'string' ? errorPhrase(told, values) : told);
  }
}

/** The phrase of an error. */
export function errorPhrase(code: ErrorCode, values: Values = {}): Phrase {
  const { field } = values;
  const isField = typeof field === 'object' && 'path' in field;
  return {
    code: `errors.${code}`,
    values: harmless(values),
    ...(isField ? { field: (field as FieldName).path } : {}),
    severity: 'error',
  };
}

/** Texts from outside as they may stand in a line of ours. */
export function harmless(values: Values): Record<string, PhraseValue> {
  const clean = <T>(value: T): T | string => (typeof value === 'string' ? plain(value) : value);
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, PhraseValue][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.map(clean) : clean(value)]],
    ),
  );
}

/**
 * What anything thrown says. Errors of the file system get their cure.
 * @param place what was being written or read, for errors that do not tell
 */
export function phraseOf(error: unknown, place?: string): Phrase {
  if (!(error instanceof Error)) return errorPhrase('other.unexpected', { said: String(error) });
  if (error instanceof PhrasedError) return error.phrase;
  if (isMemoryShort(error)) return errorPhrase('other.memory');
  const { code, path } = error as NodeJS.ErrnoException;
  const where = path ?? place;
  const kind = KINDS[code ?? ''];
  if (kind && where !== undefined) return errorPhrase(`system.${kind}`, { where });
  if (kind) return errorPhrase(`system.${kind}`, { where: errorPhrase('other.runsFolder') });
  return errorPhrase('other.unexpected', { said: error.message.replace(/\s*\n\s*/g, ' ') });
}

/** What the system's codes are called in the texts. */
const KINDS: Readonly<Record<string, keyof Texts['system']>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  ENOENT: 'notThere',
  EISDIR: 'isFolder',
  EIO: 'broken',
  EACCES: 'notAllowed',
  EPERM: 'notAllowed',
  EROFS: 'notAllowed',
  ENOTDIR: 'noFolder',
};

/** What the system refuses once a file is open does not tell which; here it gets the name that a person gave. */
export function named(error: unknown, path: string): unknown {
  const system = error as NodeJS.ErrnoException;
  if (typeof system.syscall === 'string') system.path ??= path;
  return error;
}
