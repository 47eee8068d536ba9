/** What is said of data and logs while they are read, and what is being done: phrases by their codes. */
import type english from '../../../assets/texts/en.json';
import { harmless } from './errors.ts';
import type { Values } from './errors.ts';
import type { Phrase } from './phrase.ts';
import type { Singular } from './texts.ts';

type Codes<T> = Singular<keyof T & string>;
/** Something that was guessed, left out or put right: its text below `data.notes`. */
export type NoteCode = Codes<(typeof english)['data']['notes']>;

/** What was guessed, left out or put right as data were read. */
export const note = (code: NoteCode, values: Values = {}): Phrase => ({
  code: `data.notes.${code}`,
  values: harmless(values),
});

/** A note that the person should look at: what is told may mean that the data are others than they think. */
export const doubt = (code: NoteCode, values: Values = {}): Phrase => ({
  ...note(code, values),
  severity: 'warning',
});

/** The same of a log. */
export const logNote = (
  code: Codes<(typeof english)['log']['notes']>,
  values: Values = {},
): Phrase => ({ code: `log.notes.${code}`, values: harmless(values) });

/** What is missing in an audit of labels, and what follows from it. */
export const auditNote = (
  code: Codes<(typeof english)['audit']['notes']>,
  values: Values = {},
): Phrase => ({ code: `audit.notes.${code}`, values: harmless(values) });

/** A kind of data set. */
export const dataFormat = (
  code: Codes<(typeof english)['data']['formats']>,
  values: Values = {},
): Phrase => ({ code: `data.formats.${code}`, values: harmless(values) });

/** What is going on while data are read. */
export const doing = (
  code: Codes<(typeof english)['data']['doing']>,
  values: Values = {},
): Phrase => ({ code: `data.doing.${code}`, values: harmless(values) });
