/** The language that the command line speaks: as it is asked to, else the system's. */
import { wordErrors } from '../contract/words/errors.ts';
import { inWords } from '../contract/words/phrase.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { inEnglish, LANGUAGES, languageOf, localeOf, textsIn } from '../contract/words/texts.ts';
import type { Language, Translate } from '../contract/words/texts.ts';

let now: Translate = inEnglish;
let language: Language = 'en';

/** Which one it is. */
export const spoken = (): Language => language;

/** Speaks another language from now on, in messages of errors as well. */
export function speak(chosen: Language): void {
  language = chosen;
  now = textsIn(chosen);
  wordErrors(words);
}

/**
 * Speaks what the arguments ask for with `--language`, else the system's language. Usage errors are
 * told before arguments are parsed, so this looks at them by itself.
 */
export function speakAsAsked(args: readonly string[], env: NodeJS.ProcessEnv): void {
  const at = args.findIndex((arg) => arg === '--language' || arg.startsWith('--language='));
  const asked = args[at]?.includes('=') ? args[at].split('=')[1] : args[at + 1];
  const known = LANGUAGES.find((one) => at >= 0 && one === asked);
  speak(known ?? languageOf(localeOf(env)));
}

/** A text. */
export const t: Translate = (key, values) => now(key, values);

/** A phrase in words. */
export const words = (phrase: Phrase): string => inWords(phrase, now);
