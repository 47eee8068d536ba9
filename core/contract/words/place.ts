/** Where in a file something stands: a phrase, for the words of it differ by language. */
import type { Phrase } from './phrase.ts';
import { plain } from './plain.ts';

/** What an error is about: the path of a file, or a place in one. */
export type Where = string | Phrase;

const clean = (where: Where): Where => (typeof where === 'string' ? plain(where) : where);

/** A row of a table or a list. @param row counted from 1 */
export const inRow = (where: Where, row: number): Phrase => ({
  code: 'places.row',
  values: { where: clean(where), row },
});

/** A line of a text. @param line counted from 1 */
export const inLine = (where: Where, line: number): Phrase => ({
  code: 'places.line',
  values: { where: clean(where), line },
});

/** One field of a row. @param row counted from 1 @param field as the file calls it */
export const inField = (where: Where, row: number, field: string): Phrase => ({
  code: 'places.field',
  values: { where: clean(where), row, name: plain(field) },
});
