import { ValiError } from 'valibot';
import { errorPhrase, phraseOf, sentence, ToldError } from '../core/errors.ts';
import type { Phrase } from '../core/protocol/index.ts';

/** What is told of whatever was thrown; of a refused message, the place and what is allowed. */
export function phraseToTell(error: unknown): Phrase {
  if (!(error instanceof ValiError)) return phraseOf(error);
  const [issue] = error.issues;
  const path = issue?.path?.map((part: { key: unknown }) => String(part.key)).join('.');
  const said = issue?.message ?? error.message;
  return errorPhrase('other.unexpected', { said: path ? `${path}: ${said}` : said });
}

/** The same as one plain English sentence, for the terminal. */
export const sentenceOf = (error: unknown): string =>
  error instanceof ValiError ? sentence(new ToldError(phraseToTell(error))) : sentence(error);
