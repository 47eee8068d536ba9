/** The window's texts in the language of the moment. */
import { inWords } from '../../core/contract/words/phrase.ts';
import { TEXTS, textsIn } from '../../core/contract/words/texts.ts';
import type { Language, Translate } from '../../core/contract/words/texts.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { FIELD_NAMES } from './field-names.ts';

let languageNow: () => Language = () => 'en';

/** Names who tells the language. What is told there must be state, for texts to change with it at once. */
export function speakAs(tell: () => Language): void {
  languageNow = tell;
}

/** The language that texts are in. */
export const spoken = (): Language => languageNow();

/** A text of the window; whoever reads it in markup or in a `$derived` hears of a change of language. */
export const t: Translate = (key, values) => textsIn(languageNow())(key, values);

/** A field of a Config as its form calls it, in quotes: `“Label column or array”`. */
export function fieldName(path: string): string {
  const key = FIELD_NAMES[path];
  return key ? t('told.quoted', { name: t(key) }) : path;
}

/** What the core tells, in words; fields by the names that the window has for them. */
export const words = (phrase: Phrase): string => inWords(phrase, t, fieldName);

/**
 * Words for a drawing, which runs from left to right: Hebrew ones are marked as running their own way
 * (Unicode FSI and PDI), so that numbers and full stops in them keep their places.
 */
export function drawn(words: string): string {
  const isLeftToRight = TEXTS[languageNow()].language.direction === 'ltr';
  return isLeftToRight || words === '' ? words : `\u2068${words}\u2069`;
}
