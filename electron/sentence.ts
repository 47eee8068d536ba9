import { phraseToTell } from '../core/contract/messages/refused.ts';
import { inEnglish } from '../core/contract/words/texts.ts';
import { inWords } from '../core/contract/words/phrase.ts';
import type { Translate } from '../core/contract/words/texts.ts';

/** What is told of whatever was thrown, as one sentence; in English for whoever debugs. */
export const errorSentence = (error: unknown, t: Translate = inEnglish): string =>
  inWords(phraseToTell(error), t);
