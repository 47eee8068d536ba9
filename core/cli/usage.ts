/** What a person typed that no command can take: Commander's errors by their codes, and values of options. */
import type { CommanderError } from 'commander';
import { harmless, InputError } from '../contract/words/errors.ts';
import type { Values } from '../contract/words/errors.ts';
import { LANGUAGES } from '../contract/words/texts.ts';
import type { TextKey } from '../contract/words/texts.ts';
import type { ClusterChoice } from '../theory/centres.ts';

/** The texts of Commander's codes. Its messages are English; what they name stands in quotes. */
const USAGE: Readonly<Record<string, TextKey>> = {
  'commander.unknownCommand': 'cli.usage.unknownCommand',
  'commander.unknownOption': 'cli.usage.unknownOption',
  'commander.missingArgument': 'cli.usage.missingArgument',
  'commander.optionMissingArgument': 'cli.usage.optionMissingArgument',
  'commander.missingMandatoryOptionValue': 'cli.usage.missingMandatoryOptionValue',
  'commander.excessArguments': 'cli.usage.excessArguments',
};

/** Wrong usage as an error that is told in the reader's language; a code that is not known as it is. */
export function usageError({ code, message }: CommanderError): InputError {
  if (code === 'commander.help') return refusal('cli.usage.commandMissing', {});
  const key = USAGE[code];
  if (!key) return new InputError('other.unexpected', { said: message.replace(/^error: /, '') });
  const what = /'(.*)'/s.exec(message)?.[1] ?? '';
  const names = /\(Did you mean (?:one of )?(.*)\?\)/s.exec(message)?.[1];
  const like = names === undefined ? '' : { code: 'cli.usage.like', values: { names } };
  return refusal(key, { what, like });
}

const refusal = (code: TextKey, values: Values): InputError =>
  new InputError({ code, values: harmless(values), severity: 'error' });

/** Says which option has which value, and what it takes. @param values of the text of what it takes */
export const wrongValue = (
  option: string,
  value: string,
  wanted: TextKey,
  values: Values = {},
): InputError =>
  refusal('cli.usage.value', { option, value, wanted: { code: wanted, values: harmless(values) } });

/** What reads the value of an option. @throws InputError naming the option and what it takes */
export type ValueReader<T> = (text: string) => T;

/** Gathers the values of an option that may be given again. */
export const collect = (value: string, before: string[]): string[] => [...before, value];

const numberOf =
  (wanted: TextKey, isRight: (value: number) => boolean) =>
  (option: string): ValueReader<number> =>
  (text) => {
    const value = Number(text);
    if (isRight(value)) return value;
    throw wrongValue(option, text, wanted);
  };

/** Folds of a cross-validation: whole numbers from 2 up. */
export const foldCount = numberOf('cli.wanted.folds', (n) => Number.isInteger(n) && n >= 2);
/** Whole numbers from 1 up. */
export const wholeNumber = numberOf('cli.wanted.whole', (n) => Number.isInteger(n) && n >= 1);
/** Classes: whole numbers from 2 up. */
export const classCount = foldCount;
/** Epochs: whole numbers from 0 up. */
export const epochNumber = numberOf('cli.wanted.epoch', (n) => Number.isInteger(n) && n >= 0);
/** Rates: numbers from 0 up, below 1. */
export const rateBelowOne = numberOf('cli.wanted.share', (n) => n >= 0 && n < 1);
/** Numbers between 0 and 1, neither of them. */
export const shareBetween = numberOf('cli.wanted.share', (n) => n > 0 && n < 1);

/** A language; which one it is has been seen to by `speakAsAsked`. */
export const languageName: ValueReader<string> = (text) => {
  if ((LANGUAGES as readonly string[]).includes(text)) return text;
  throw wrongValue('--language', text, 'cli.wanted.oneOf', { values: LANGUAGES });
};

/** Where clusters come from. */
export const clusterChoice: ValueReader<ClusterChoice> = (text) => {
  if (text === 'known' || text === 'classes') return text;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw wrongValue('--clusters', text, 'cli.wanted.clusters');
};

/** Options by their names, and what was given for each. */
type Given = Readonly<Record<string, unknown>>;

const firstOf = (given: Given): string | undefined =>
  Object.keys(given).find((name) => {
    const value = given[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });

/** @throws InputError where one of them is given, which does not go with another option */
export function refuseOptions(given: Given, beside: string): void {
  const option = firstOf(given);
  if (option !== undefined) throw refusal('cli.usage.notTogether', { option, beside });
}

/** @throws InputError where one of them is given, which says nothing where no queue trains */
export function refuseWithoutQueue(given: Given): void {
  const option = firstOf(given);
  if (option !== undefined) throw refusal('cli.usage.needsQueue', { option });
}
