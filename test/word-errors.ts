/** Tests read what errors say in English. */
import { wordErrors } from '../core/contract/words/errors.ts';
import { inWords } from '../core/contract/words/phrase.ts';
import { inEnglish } from '../core/contract/words/texts.ts';

wordErrors((phrase) => inWords(phrase, inEnglish));
