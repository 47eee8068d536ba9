/** What phrases say in English. */
import { inEnglish } from '../../core/contract/words/texts.ts';
import { phraseOf } from '../../core/contract/words/errors.ts';
import { inWords } from '../../core/contract/words/phrase.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';

/** Each phrase as its English text. */
export const said = (phrases: readonly Phrase[]): string[] =>
  phrases.map((phrase) => inWords(phrase, inEnglish));

/** What anything thrown says in English. */
export const sentence = (error: unknown): string => inWords(phraseOf(error), inEnglish);
