import { errorPhrase, wordErrors } from '../core/contract/words/errors.ts';
import type { ErrorCode, Values } from '../core/contract/words/errors.ts';
import { inWords } from '../core/contract/words/phrase.ts';
import { languageOf, localeOf, textsIn } from '../core/contract/words/texts.ts';

/** The terminal's language, which is the system's: the window may speak another. */
export const terminalLanguage = languageOf(localeOf(process.env));
/** Its texts. */
export const t = textsIn(terminalLanguage);

wordErrors((phrase) => inWords(phrase, t));

/** Tells something on stderr. */
export function warn(code: ErrorCode, values: Values): void {
  process.stderr.write(`${inWords(errorPhrase(code, values), t)}\n`);
}
