/** The window's texts in the language of the moment. */
import { textsIn } from '../core/protocol/index.ts';
import type { Language, Translate } from '../core/protocol/index.ts';

let languageNow: () => Language = () => 'en';

/** Names who tells the language. What is told there must be state, for texts to change with it at once. */
export function speakAs(tell: () => Language): void {
  languageNow = tell;
}

/** A text of the window; whoever reads it in markup or in a `$derived` hears of a change of language. */
export const t: Translate = (key, values) => textsIn(languageNow())(key, values);
