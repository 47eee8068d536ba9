/** Chooses which arrays are samples and which are labels: by what is asked for, names and shapes. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { note } from '../../contract/words/notes.ts';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import { InputError } from '../../contract/words/errors.ts';
import { MOST_CLASSES } from '../dataset.ts';
import type { NdArray } from '../formats/arrays.ts';
import { partOfPath, partsOf, serving, wordsOfName } from '../parts.ts';
import type { PartName } from '../parts.ts';
import { roleNamed } from '../table-names.ts';
import type { NamedRole } from '../table-names.ts';

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
  inferred: Phrase[];
  /** The same for the labels, which may have been asked for. */
  labelsInferred: Phrase[];
}

const SAMPLES = /^(x|data|images?|imgs?|pictures?|features?|samples?|inputs?)$/;
const LABELS = /^(y|labels?|targets?|class|classes|given)$/;

/** The words of the array's own name, without the file or folder that it lies in. */
const ownWords = ({ name }: Named): string[] => wordsOfName(name.split('/').at(-1)!);

/** The part that an array's name tells, else that of its file or folder. */
function partOf(name: string): PartName | null {
  const words = wordsOfName(name.split('/').at(-1)!);
  if (words.includes('tr')) return 'train';
  return words.includes('te') ? 'test' : partOfPath(name);
}

const says = (pattern: RegExp) => (of: Named) => ownWords(of).some((word) => pattern.test(word));
const roleOf = ({ name }: Named) => roleNamed(name.split('/').at(-1)!);

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
  const rest = arrays.filter((array) => array !== truth);
  const of = (part: PartName | null) => rest.filter(({ name }) => partOf(name) === part);
  const kinds = PARTS.filter((part) => isPair(of(part)));
  const serve = serving(new Set(kinds));
  const found = kinds.find((part) => serve[part] === 'train') ?? null;
  const main = labels ? (partOf(labels.name) ?? found) : found;
  // Labels without a part belong to what is trained on.
  const beside = of(null).filter(
    (array) => array === labels || ['given', 'truth'].includes(roleOf(array) ?? ''),
  );
  const own = main === null ? of(null) : [...of(main), ...beside];
  const whole = !labels && !isPair(own) ? rest : own;
  const train = choosePart(path, [...whole, ...(truth ? [truth] : [])], labels, truth);
  const tested = kinds.find((part) => serve[part] === 'test' && part !== main);
  const test = tested && found === main ? choosePart(path, of(tested), null, null) : null;
  const inferred = [note('holdsTraining', { name: train.samples.name })];
  if (test)
    inferred.push(note('areTest', { samples: test.samples.name, labels: test.labels.name }));
  if (train.truth && !truth) inferred.push(note('holdsTruth', { name: train.truth.name }));
  if (test?.truth) inferred.push(note('scoredBy', { name: test.truth.name }));
  const parted = arrays.map(({ name }) => name).filter((name) => kinds.includes(partOf(name)!));
  if (!labels) inferred.push(...(partsOf(parted, partOf)?.inferred ?? []));
  const left = arrays.filter(
    (array) => ![train, test].some((part) => part && Object.values(part).includes(array)),
  );
  if (left.length > 0) inferred.push(note('notUsed', { names: left.map(({ name }) => name) }));
  return {
    train,
    test,
    inferred,
    labelsInferred: [note('holdsLabels', { name: train.labels.name })],
  };
}

const PARTS: readonly PartName[] = ['train', 'test', 'validation'];

/** Whether some arrays may be samples and their labels. */
const isPair = (arrays: readonly Named[]): boolean =>
  arrays.some((one) =>
    arrays.some((other) => one !== other && one.array.shape[0] === other.array.shape[0]),
  );

function choosePart(
  path: string,
  arrays: readonly Named[],
  asked: Named | null,
  askedTruth: Named | null,
): ChosenPart {
  const free = arrays.filter((array) => array !== askedTruth);
  const fits = (samples: Named, labels: Named) =>
    samples !== labels && samples.array.shape[0] === labels.array.shape[0];
  const usable = (labels: Named) => free.some((samples) => fits(samples, labels));
  const called = (role: NamedRole) =>
    free.filter((array) => roleOf(array) === role && looksLikeLabels(array.array) && usable(array));
  const given = called('given');
  if (!asked && given.length > 1) throw several(path, given);
  const labels =
    asked ??
    given[0] ??
    called('label')[0] ??
    free.find((array) => says(LABELS)(array) && roleOf(array) !== 'truth' && usable(array)) ??
    called('truth')[0] ??
    free.filter((array) => looksLikeLabels(array.array) && usable(array)).sort(byVolume)[0];
  const truth = askedTruth ?? truthOf(labels, called);
  const others = labels ? free.filter((array) => array !== truth && fits(array, labels)) : [];
  const samples = others.find(says(SAMPLES)) ?? others.sort(byVolume).at(-1);
  if (!labels || !samples) throw notThere(path, arrays);
  if (truth && truth.array.shape[0] !== labels.array.shape[0]) {
    throw new InputError('numpy.trueCounts', {
      where: truth.where,
      found: truth.array.shape[0],
      wanted: labels.array.shape[0],
      field: { path: 'data.reading.truth' },
    });
  }
  return { samples, labels, truth };
}

/** True labels beside given ones: by name, or what is plainly called labels. */
function truthOf(labels: Named | undefined, called: (role: NamedRole) => Named[]): Named | null {
  const alike = (of: Named) => of !== labels && of.array.shape[0] === labels?.array.shape[0];
  const byName = called('truth').find(alike);
  if (byName || !labels || roleOf(labels) !== 'given') return byName ?? null;
  return called('label').find(alike) ?? null;
}

function several(path: string, arrays: readonly Named[]): InputError {
  return new InputError('numpy.severalGiven', {
    where: path,
    arrays: listed(arrays),
    field: { path: 'data.reading.labels' },
  });
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
  throw new InputError('numpy.noArray', { where: path, name, arrays: listed(arrays) });
}

function notThere(path: string, arrays: readonly Named[]): InputError {
  return new InputError('numpy.noPair', {
    where: path,
    arrays: listed(arrays),
    field: { path: 'data.reading.labels' },
  });
}

const listed = (arrays: readonly Named[]): string[] =>
  arrays.map(({ name, array }) => `${name} (${array.shape.join(' x ')})`);
