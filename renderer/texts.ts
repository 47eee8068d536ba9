/** The window's texts in the language of the moment. */
import { TEXTS, textsIn } from '../core/protocol/index.ts';
import type { Language, Translate } from '../core/protocol/index.ts';

let languageNow: () => Language = () => 'en';

/** Names who tells the language. What is told there must be state, for texts to change with it at once. */
export function speakAs(tell: () => Language): void {
  languageNow = tell;
}

/** The language that texts are in. */
export const spoken = (): Language => languageNow();

/** A text of the window; whoever reads it in markup or in a `$derived` hears of a change of language. */
export const t: Translate = (key, values) => textsIn(languageNow())(key, values);

/**
 * Words for a drawing, which runs from left to right: Hebrew ones are marked as running their own way
 * (Unicode FSI and PDI), so that numbers and full stops in them keep their places.
 */
export function drawn(words: string): string {
  const isLeftToRight = TEXTS[languageNow()].language.direction === 'ltr';
  return isLeftToRight || words === '' ? words : `\u2068${words}\u2069`;
}
