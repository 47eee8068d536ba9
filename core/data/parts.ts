/**
 * Parts of a data set by the words in the names of folders, files, arrays and splits, and the one
 * rule for what each of them serves as. Every reader goes by it.
 */

/** What a name says that its samples are for. */
export type PartName = 'train' | 'test' | 'validation' | 'unlabelled';

/** Words that tell a part, the strongest first: `unlabelled_train` has no labels. */
const WORDS: readonly [PartName, RegExp][] = [
  [
    'unlabelled',
    /^(unlabell?ed|unlabel|unsup|unsupervised|nolabels?|pred|preds|predict|predictions?|submissions?|infer|inference)$/,
  ],
  ['train', /^(train|training|trainset|traindata|trainval|trn|tra)$/],
  ['test', /^(test|testing|testset|testdata|tst|tes|t10k)$/],
  [
    'validation',
    /^(val|valid|validation|validate|valset|dev|devel|development|devset|eval|evaluation|holdout|heldout)$/,
  ],
];

/** The words of a name in lower case: `trainImages`, `X_train`, `xtrain` and `train2` all say train. */
export function wordsOfName(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\b(hold|held)[-_ ]?out\b/g, '$1out')
    .replace(/\bun[-_ ]label/g, 'unlabel')
    .replace(/(^|[^a-z])([xy])(train|test|val)/g, '$1$2 $3')
    .split(/[^a-z0-9]+/)
    .map((word) => (word === 't10k' ? word : word.replace(/^\d+|\d+$/g, '')))
    .filter((word) => word !== '');
}

/**
 * The part that a name tells, whatever its case, separators, prefixes and suffixes; null where it
 * tells none, or two that exclude each other (`train_test_split`). `train_val` is trained on, and
 * `test_valid` tested on.
 */
export function partNamed(name: string): PartName | null {
  const words = wordsOfName(name);
  const found = WORDS.filter(([, word]) => words.some((own) => word.test(own)));
  const parts = found.map(([part]) => part);
  if (parts[0] !== 'unlabelled' && parts.includes('train') && parts.includes('test')) return null;
  return parts[0] ?? null;
}

/** The part that a path tells: by the file's own name, else by the nearest folder that tells one. */
export function partOfPath(path: string): PartName | null {
  const names = path.split('/').reverse();
  return names.map(partNamed).find((part) => part !== null) ?? null;
}

/** Parts as Waterbirds, CelebA and their kin number them, from 0. */
export const NUMBERED_PARTS: readonly string[] = ['train', 'val', 'test'];

/** What a part serves as; null where it is left out. */
export type Serves = 'train' | 'test' | null;

/** What the names of a data set serve as. */
export interface Parts {
  /** By name as it was given; null for one that is left out or was never given. */
  of: (name: string) => Serves;
  /** What was guessed and left out, a sentence each. */
  inferred: Phrase[];
}

/**
 * What names that lie beside each other serve as. Training and test parts are what they say. With
 * both there, validation is left out; without a test part it is the test part. Without a training
 * part, validation is trained on, and else the test part. All but the plain case is said.
 * @param names of folders, files or splits that lie beside each other
 * @param tell what a name tells, where more than its words do
 * @returns null where they are no parts: fewer than two tell one, unless all of them do
 */
export function partsOf(
  names: readonly string[],
  tell: (name: string) => PartName | null = partNamed,
): Parts | null {
  const all = [...new Set(names)];
  const told = new Map(all.map((name) => [name, tell(name)]));
  const known = all.filter((name) => told.get(name) !== null);
  const kinds = new Set(known.map((name) => told.get(name)));
  if (known.length === 0 || (known.length < all.length && kinds.size < 2)) return null;
  const serve = serving(kinds as ReadonlySet<PartName>);
  const of = (name: string): Serves => {
    const part = told.get(name) ?? null;
    return part && serve[part];
  };
  return { of, inferred: sentences(all, told, serve) };
}

/** The rule. */
export function serving(kinds: ReadonlySet<PartName>): Record<PartName, Serves> {
  const has = (part: PartName) => kinds.has(part);
  const trainsBy: PartName = has('train') ? 'train' : has('validation') ? 'validation' : 'test';
  const testsBy: PartName = has('test') ? 'test' : 'validation';
  const serves = (part: PartName): Serves =>
    part === trainsBy ? 'train' : part === testsBy ? 'test' : null;
  return {
    train: serves('train'),
    test: serves('test'),
    validation: serves('validation'),
    unlabelled: null,
  };
}

function sentences(
  names: readonly string[],
  told: ReadonlyMap<string, PartName | null>,
  serve: Record<PartName, Serves>,
): Phrase[] {
  const of = (part: PartName | null) => names.filter((name) => told.get(name) === part);
  const said: Phrase[] = [];
  const add = (part: PartName | null, say: (names: readonly string[]) => Phrase) => {
    const all = of(part);
    if (all.length > 0) said.push(say(all));
  };
  if (serve.validation === 'test')
    add('validation', (all) => note('validationServes', { names: all }));
  if (serve.validation === 'train')
    add('validation', (all) => note('validationTrains', { names: all }));
  if (serve.validation === null) add('validation', (all) => note('validationLeft', { names: all }));
  if (serve.test === 'train') add('test', (all) => note('onlyTestNamed', { names: all }));
  add('unlabelled', (all) => note('noLabels', { names: all }));
  add(null, (all) => note('noPart', { names: all }));
  return said;
}

/** Up to six names, and whether there are more. */
export const shortList = (names: readonly string[]): string =>
  `${names.slice(0, 6).join(', ')}${names.length > 6 ? ' and more' : ''}`;
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
