/** Kinds of fields that the schemas of a Config share. */
import * as v from 'valibot';
import type english from '../../../assets/texts/en.json';
import type { Phrase, PhraseValue } from '../words/phrase.ts';
import { plain } from '../words/plain.ts';

/** What may stand in a field: the text below `config`. */
export type AllowedCode = keyof (typeof english)['config'];

/** What is allowed, as the message of an issue: schemas tell strings only. */
export const allowed = (code: AllowedCode, values: Record<string, PhraseValue> = {}): string =>
  JSON.stringify({ code: `config.${code}`, values } satisfies Phrase);

/** What an issue says is allowed; null where it is the schema library's own message. */
export function allowedBy({ message }: { message: string }): Phrase | null {
  return message.startsWith('{') ? (JSON.parse(message) as Phrase) : null;
}

/** A whole number within bounds, both allowed. */
export const whole = (low: number, high: number) => {
  const message = allowed('whole', { low, high });
  return v.pipe(
    v.number(),
    v.integer(message),
    v.minValue(low, message),
    v.maxValue(high, message),
  );
};

/** A number within bounds, both allowed. */
export const real = (low: number, high: number) => {
  const message = allowed('real', { low, high });
  return v.pipe(v.number(), v.minValue(low, message), v.maxValue(high, message));
};

/** A list with bounds on its length. */
export const list = <S extends v.GenericSchema>(item: S, most: number) =>
  v.pipe(v.array(item), v.maxLength(most, allowed('values', { most })));

/** Where random numbers begin. */
export const seed = whole(0, 2 ** 31 - 1);

/** The name of a run, as people read it everywhere: signs that would steer a terminal are not in it. */
export const title = v.pipe(
  v.string(),
  v.minLength(1, allowed('name')),
  v.maxLength(120, allowed('name')),
  v.transform(plain),
);

const MOST_TEXT = v.maxLength<string, 4096, string>(4096, allowed('characters'));

/** A name; may be empty. */
export const text = v.pipe(v.string(), MOST_TEXT);

/** Marks text as the path of something to be read: a window may name only what a person opened. */
export const READS = v.metadata<string, { reads: 'path' }>({ reads: 'path' });
/** The same, where words such as `mnist` name what the lab has itself. */
export const READS_SOURCE = v.metadata<string, { reads: 'source' }>({ reads: 'source' });

/** The path of a file to be read; may be empty. */
export const pathOrNone = v.pipe(v.string(), MOST_TEXT, READS);
/** The path of a file or folder to be read. */
export const openedPath = v.pipe(v.string(), v.minLength(1, allowed('path')), MOST_TEXT, READS);
