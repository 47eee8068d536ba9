/**
 * Whatever is told to a person, as the core says it: a code with values. Words are put on at the
 * edge (window, command line, report), which knows the reader's language.
 */
import * as v from 'valibot';
import { shortened } from './plain.ts';

/** A field of a config, which a form calls by its label and the command line by its path. */
export interface FieldName {
  /** Its path, such as `data.reading.labels`. */
  path: string;
}

/** What is filled in: text as it is, a number in its language's form, a list cut to a few, a field, or another phrase. */
export type PhraseValue =
  string | number | readonly (string | number | Phrase)[] | FieldName | Phrase;

/** Something told. Its text is in `assets/texts`, at the path `code`. */
export interface Phrase {
  code: string;
  /** What is filled in at `{{name}}`; the number `n`, or `count` where there is one, also chooses the plural form. */
  values?: Readonly<Record<string, PhraseValue>> | undefined;
  /** The field of a config that it is about: there it is shown, and there it is put right. */
  field?: string | undefined;
  /** `note` where nothing is said: a doubt is told as `warning`, and what ends work as `error`. */
  severity?: 'note' | 'warning' | 'error' | undefined;
}

const PhraseValueSchema: v.GenericSchema<PhraseValue> = v.union([
  v.string(),
  v.number(),
  v.array(v.union([v.string(), v.number(), v.lazy(() => PhraseSchema)])),
  v.strictObject({ path: v.string() }),
  v.lazy(() => PhraseSchema),
]);

/** A phrase from outside. */
export const PhraseSchema: v.GenericSchema<Phrase> = v.strictObject({
  code: v.string(),
  values: v.optional(v.record(v.string(), PhraseValueSchema)),
  field: v.optional(v.string()),
  severity: v.optional(v.picklist(['note', 'warning', 'error'])),
});

/** A phrase in a file of our own; older versions wrote a sentence. */
export const StoredPhraseSchema = v.union([
  PhraseSchema,
  v.pipe(
    v.string(),
    v.transform((text): Phrase => asWritten(text)),
  ),
]);

/** Text that is known by no code, such as what a version before wrote into a run folder. */
export const asWritten = (text: string): Phrase => ({ code: 'told.asWritten', values: { text } });

/** With separators of thousands; what is no number as a program writes it. */
const numberWord = (value: number): string =>
  Number.isFinite(value)
    ? value.toLocaleString('en', { maximumFractionDigits: 12 })
    : String(value);

/** Puts a text of the files into words: `t` of a language. */
type Translate = (code: never, values?: Record<string, string | number>) => string;

/**
 * A text whose key is made from the id of a kind, of a field or the like. Where no text was written for
 * it yet, the id stands for itself.
 * @param id what stands there then; the end of the key where it is not given
 */
export function textFor(
  t: Translate,
  key: string,
  values: Record<string, string | number> = {},
  id: string = key.slice(key.lastIndexOf('.') + 1),
): string {
  const text = (t as (key: string, values: object) => string)(key, values);
  return text === key ? id : text;
}

/** Names of a list that are told; of the others only that there are more. */
const MOST_LISTED = 12;

const isPhrase = (value: PhraseValue): value is Phrase =>
  typeof value === 'object' && 'code' in value;
const isField = (value: PhraseValue): value is FieldName =>
  typeof value === 'object' && 'path' in value;

/**
 * A phrase in words. A code that is unknown reads as the id at its end: that of a kind without a text.
 * @param t the texts of the reader's language
 * @param fieldName what the reader's form calls a field; its path where there is no form
 */
export function inWords(
  { code, values = {} }: Phrase,
  t: Translate,
  fieldName: (path: string) => string = (path) => path,
): string {
  const word = (value: PhraseValue): string => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return numberWord(value);
    if (isPhrase(value)) return inWords(value, t, fieldName);
    if (isField(value)) return fieldName(value.path);
    const names = value.slice(0, MOST_LISTED).map(word).join(', ');
    const more = value.length > MOST_LISTED;
    return more ? (t as (key: string, values: object) => string)('told.andMore', { names }) : names;
  };
  const filled: Record<string, string | number> = Object.fromEntries(
    // A count chooses the plural form, so it stays a number.
    Object.entries(values).map(([name, value]) => [
      name,
      name === 'count' && typeof value === 'number' ? value : word(value),
    ]),
  );
  const count = values['count'] ?? values['n'];
  if (typeof count === 'number') filled['count'] = count;
  return shortened(textFor(t, code, filled));
}
