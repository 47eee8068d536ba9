/** What phrases say in English. */
import { inEnglish, inWords } from '../../core/protocol/index.ts';
import type { Phrase } from '../../core/protocol/index.ts';

/** Each phrase as its English text. */
export const said = (phrases: readonly Phrase[]): string[] =>
  phrases.map((phrase) => inWords(phrase, inEnglish));
