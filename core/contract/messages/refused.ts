/** What is said of a message that a schema refuses. */
import { ValiError } from 'valibot';
import { errorPhrase, phraseOf } from '../words/errors.ts';
import type { Phrase } from '../words/phrase.ts';

/** What is told of whatever was thrown; of a refused message, the place and what is allowed. */
export function phraseToTell(error: unknown): Phrase {
  if (!(error instanceof ValiError)) return phraseOf(error);
  const [issue] = error.issues;
  const path = issue?.path?.map((part: { key: unknown }) => String(part.key)).join('.');
  const said = issue?.message ?? error.message;
  return errorPhrase('other.unexpected', { said: path ? `${path}: ${said}` : said });
}
