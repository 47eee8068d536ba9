import { ValiError } from 'valibot';
import { errorPhrase, phraseOf } from '../core/contract/words/errors.ts';
import { inEnglish } from '../core/contract/words/texts.ts';
import { inWords } from '../core/contract/words/phrase.ts';
import type { Phrase } from '../core/contract/words/phrase.ts';
import type { Translate } from '../core/contract/words/texts.ts';

/** What is told of whatever was thrown; of a refused message, the place and what is allowed. */
export function phraseToTell(error: unknown): Phrase {
  if (!(error instanceof ValiError)) return phraseOf(error);
  const [issue] = error.issues;
  const path = issue?.path?.map((part: { key: unknown }) => String(part.key)).join('.');
  const said = issue?.message ?? error.message;
  return errorPhrase('other.unexpected', { said: path ? `${path}: ${said}` : said });
}

/** The same as one sentence, in English for whoever debugs. */
export const sentenceOf = (error: unknown, t: Translate = inEnglish): string =>
  inWords(phraseToTell(error), t);
