/** Kinds of fields that the schemas of a Config share. */
import * as v from 'valibot';
import type english from '../../../assets/texts/en.json';
import type { Phrase, PhraseValue } from '../words/phrase.ts';
import { plain } from '../words/plain.ts';
import type { ConfigKinds } from '../catalogue/kinds.ts';

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
export const wholeSchema = (low: number, high: number) => {
  const message = allowed('whole', { low, high });
  return v.pipe(
    v.number(),
    v.integer(message),
    v.minValue(low, message),
    v.maxValue(high, message),
  );
};

/** A number within bounds, both allowed. */
export const realSchema = (low: number, high: number) => {
  const message = allowed('real', { low, high });
  return v.pipe(v.number(), v.minValue(low, message), v.maxValue(high, message));
};

/** A share, 0 to 1, which forms show in percent. */
export const shareSchema = v.pipe(realSchema(0, 1), v.metadata({ percent: true }));

/** The name of a kind. Which ones there are the core's catalogue says; the Config's schema only bounds them. */
export const kindName = (kinds: keyof ConfigKinds) =>
  v.pipe(v.string(), v.regex(KIND_ID, allowed('kind')), v.metadata({ kinds }));

/** As in the catalogue: a kind's name stands in paths, keys of texts and names of files. */
const KIND_ID = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** What forms and reference pages take a schema of several kinds of values for. */
export const shownAs = <S extends v.GenericSchema>(schema: S, field: ClassField) =>
  v.pipe(schema, v.metadata({ field }));
type ClassField = 'class' | 'classes' | 'groups' | 'matrix';

/** A setting that one kind alone reads: the catalogue says which ones there are, and what they take. */
const ownSetting = v.union([
  v.number(),
  v.boolean(),
  v.pipe(v.string(), v.maxLength(4096)),
  v.pipe(v.array(v.union([v.number(), v.pipe(v.string(), v.maxLength(4096))])), v.maxLength(1000)),
  v.pipe(v.array(v.pipe(v.array(v.number()), v.maxLength(1000))), v.maxLength(1000)),
]);

/**
 * A part of a Config whose kinds may have fields of their own besides those named here. These are
 * bounded here, and checked where the kinds are known.
 */
export function kindsPart<E extends v.ObjectEntries>(entries: E) {
  const isBounded = (part: object): boolean => {
    const own = Object.entries(part).filter(([name]) => !Object.hasOwn(entries, name));
    return (
      own.length <= 40 && own.every(([name, one]) => OWN_NAME.test(name) && v.is(ownSetting, one))
    );
  };
  const loose = v.looseObject(entries);
  const schema = v.pipe(
    loose,
    v.check<v.InferOutput<typeof loose>, string>(isBounded, allowed('own')),
  );
  // What only one kind reads is known to that kind alone: the type names what all of them share.
  return schema as unknown as v.ObjectSchema<E, undefined>;
}

const OWN_NAME = /^[a-zA-Z][a-zA-Z0-9]{0,39}$/;

/** A list with bounds on its length. */
export const listSchema = <S extends v.GenericSchema>(item: S, most: number) =>
  v.pipe(v.array(item), v.maxLength(most, allowed('values', { most })));

/** Where random numbers begin. */
export const seed = wholeSchema(0, 2 ** 31 - 1);

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
