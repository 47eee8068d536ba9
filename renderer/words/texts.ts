/** The window's texts in the language of the moment. */
import { inDrawing } from '../../core/contract/drawing/style.ts';
import { inWords } from '../../core/contract/words/phrase.ts';
import { textFor } from '../../core/contract/words/phrase.ts';
import { TEXTS, textsIn } from '../../core/contract/words/texts.ts';
import type { Language, Translate } from '../../core/contract/words/texts.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { nameKey } from './field-names.ts';

let languageNow: () => Language = () => 'en';

/** Names who tells the language. What is told there must be state, for texts to change with it at once. */
export function speakAs(tell: () => Language): void {
  languageNow = tell;
}

/** The language that texts are in. */
export const spoken = (): Language => languageNow();

/** A text of the window; whoever reads it in markup or in a `$derived` hears of a change of language. */
export const t: Translate = (key, values) => textsIn(languageNow())(key, values);

/** A field of a Config as its form calls it. @param path such as `training.batch` */
export function fieldLabel(path: string): string {
  const key = nameKey(path);
  return key === null ? path : textFor(t, key);
}

/** The same in quotes: `“Label column or array”`. */
export const fieldName = (path: string): string =>
  nameKey(path) === null ? path : t('told.quoted', { name: fieldLabel(path) });

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

/** What the core tells, as it stands in a chart. */
export const wordsInChart = (phrase: Phrase): string =>
  inDrawing(words(phrase), TEXTS[languageNow()].language.direction === 'rtl');
