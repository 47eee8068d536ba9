/** Chooses which arrays are samples and which are labels: by what is asked for, names and shapes. */
import type { ReadingConfig } from '../../config/data-schema.ts';
import { InputError } from '../../errors.ts';
import { MOST_CLASSES } from '../dataset.ts';
import type { NdArray } from '../formats/arrays.ts';

/** An array with its name in the archive or folder. */
export interface Named {
  name: string;
  /** The file and the array, for errors. */
  where: string;
  array: NdArray;
}

/** The arrays of one part. */
export interface ChosenPart {
  samples: Named;
  labels: Named;
  /** The true labels, where they are there besides. */
  truth: Named | null;
}

/** What was chosen. */
export interface Chosen {
  train: ChosenPart;
  test: ChosenPart | null;
  /** What was guessed, a sentence each. */
  inferred: string[];
  /** The same for the labels, which may have been asked for. */
  labelsInferred: string[];
}

type PartName = 'train' | 'test' | 'validation' | '';

const PARTS: [PartName, RegExp][] = [
  ['train', /^(train|training|tr)$/],
  ['test', /^(test|testing|te|t10k)$/],
  ['validation', /^(val|valid|validation|dev)$/],
];
const SAMPLES = /^(x|data|images?|imgs?|pictures?|features?|samples?|inputs?)$/;
const LABELS = /^(y|labels?|targets?|class|classes|given)$/;

/** `X_train` is x, train; `trainImages` and `xtrain` are split as well. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\b([xy])(train|test|val)/g, '$1 $2')
    .split(/[^a-z0-9]+/);
}

const partOf = (name: string): PartName =>
  PARTS.find(([, word]) => wordsOf(name).some((own) => word.test(own)))?.[0] ?? '';
const says = (pattern: RegExp) => (of: Named) =>
  wordsOf(of.name).some((word) => pattern.test(word));

/**
 * Chooses the arrays of a data set.
 * @throws InputError where there are no samples with as many labels, listing what there is
 */
export function chooseArrays(
  path: string,
  arrays: readonly Named[],
  reading: ReadingConfig,
): Chosen {
  const asked = (name: string) => (name === '' ? null : named(path, arrays, name));
  const [labels, truth] = [asked(reading.labels), asked(reading.truth)];
  const of = (part: PartName) => arrays.filter(({ name }) => partOf(name) === part);
  const main: PartName = labels ? partOf(labels.name) : of('train').length > 0 ? 'train' : '';
  const train = choosePart(path, [...of(main), ...(truth ? [truth] : [])], labels, truth);
  const tested = main === 'test' ? [] : of('test');
  const test = tested.length >= 2 ? choosePart(path, tested, null, null) : null;
  const inferred = [`${train.samples.name} holds the training samples.`];
  if (test) inferred.push(`${test.samples.name} and ${test.labels.name} are the test part.`);
  const left = arrays.filter(
    (array) => ![train, test].some((part) => part && Object.values(part).includes(array)),
  );
  if (left.length > 0) inferred.push(`Not used: ${left.map(({ name }) => name).join(', ')}.`);
  return { train, test, inferred, labelsInferred: [`${train.labels.name} holds the labels.`] };
}

function choosePart(
  path: string,
  arrays: readonly Named[],
  asked: Named | null,
  truth: Named | null,
): ChosenPart {
  const free = arrays.filter((array) => array !== truth);
  const fits = (samples: Named, labels: Named) =>
    samples !== labels && samples.array.shape[0] === labels.array.shape[0];
  const usable = (labels: Named) => free.some((samples) => fits(samples, labels));
  const labels =
    asked ??
    free.find((array) => says(LABELS)(array) && usable(array)) ??
    free.filter((array) => looksLikeLabels(array.array) && usable(array)).sort(byVolume)[0];
  const others = labels ? free.filter((array) => fits(array, labels)) : [];
  const samples = others.find(says(SAMPLES)) ?? others.sort(byVolume).at(-1);
  if (!labels || !samples) throw notThere(path, arrays);
  if (truth && truth.array.shape[0] !== labels.array.shape[0]) {
    throw new InputError(
      `${truth.where} has ${truth.array.shape[0]} true labels for ${labels.array.shape[0]} given ` +
        'ones; they must be as many, so choose another array for data.reading.truth.',
    );
  }
  return { samples, labels, truth };
}

const byVolume = (a: Named, b: Named): number => a.array.values.length - b.array.values.length;

/** One whole number or text a sample, and few different ones; or rows of zeros with a one. */
function looksLikeLabels({ shape, kind, values }: NdArray): boolean {
  const width = shape.slice(1).reduce((all, size) => all * size, 1);
  if (shape.length === 0 || shape.length > 2 || width > MOST_CLASSES) return false;
  const seen = new Set<number | string>();
  for (const value of values) {
    if (typeof value === 'number' && !Number.isInteger(value)) return false;
    seen.add(value);
    if (seen.size > MOST_CLASSES) return false;
  }
  return width === 1 || (kind !== 'text' && seen.size === 2 && seen.has(0) && seen.has(1));
}

function named(path: string, arrays: readonly Named[], name: string): Named {
  const found = arrays.find((array) => array.name === name.replace(/\.npy$/, ''));
  if (found) return found;
  throw new InputError(
    `${path} has no array "${name}"; it has ${listed(arrays)}, so name one of those.`,
  );
}

function notThere(path: string, arrays: readonly Named[]): InputError {
  return new InputError(
    `${path} has no samples with as many labels; it has ${listed(arrays)}, so add labels, or name ` +
      'their array with data.reading.labels.',
  );
}

function listed(arrays: readonly Named[]): string {
  const some = arrays.slice(0, 8).map(({ name, array }) => `${name} (${array.shape.join(' x ')})`);
  return `${some.join(', ')}${arrays.length > 8 ? ' and more' : ''}` || 'none';
}
