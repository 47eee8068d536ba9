/** What reference pages are made from. */
export { CATALOGUE } from '../../core/api/catalogue.ts';
export { trainingKinds } from '../../core/contract/catalogue/kinds.ts';
export { isWhole } from '../../core/contract/catalogue/check.ts';
export { configFields } from '../../core/contract/config/kinds.ts';
export { inWords } from '../../core/contract/words/phrase.ts';
export { textFor } from '../../core/contract/words/phrase.ts';
export { inEnglish, LANGUAGES, TEXTS } from '../../core/contract/words/texts.ts';
