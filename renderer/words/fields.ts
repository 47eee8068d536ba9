/** Words of fields that forms are made of, of a config or of a figure. */
import { allowedIn } from '../../core/contract/catalogue/check.ts';
import type { Field } from '../../core/contract/catalogue/field.ts';
import { textFor } from '../../core/contract/words/phrase.ts';
import { catalogue } from './catalogue.ts';
import { t, words } from './texts.ts';

/** What a field needs, as it is said where it has something else. */
export function needs(field: Field): string {
  const isPercent = (field.kind === 'number' || field.kind === 'numbers') && field.percent;
  return isPercent
    ? t('lab.fields.needsPercent', { low: 100 * field.min, high: 100 * field.max })
    : t('lab.fields.needs', { allowed: words(allowedIn(field)) });
}

/** Texts with the names of the kinds that a config may name. */
const KINDS: Readonly<Record<string, string>> = {
  'noise.kind': 'noise.kinds',
  'network.preset': 'networks.titles',
  'training.optimizer': 'optimizers',
  'training.loss': 'losses',
  'training.scheme': 'schemes',
};

/** The text with the name of a choice. @param path of a config's field, such as `training.loss` */
export const optionKey = (path: string, option: string): string =>
  `${KINDS[path] ?? `options.${path.slice(path.lastIndexOf('.') + 1)}`}.${option}`;

/** What a choice of a config's field is called. */
export function optionName(path: string, option: string): string {
  const depth = catalogue().networks.find(({ id }) => id === option)?.depth ?? 0;
  return textFor(t, optionKey(path, option), { depth });
}

/** What stands in a field of a config that is empty; nothing where there is no such text. */
export const emptyText = (path: string, classes: number): string =>
  textFor(t, `lab.${path}Empty`, { n: classes }, '');
