/** What each picture's part serves as, and its labels as they are used. */
import { note } from '../../contract/words/notes.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { partNamed, partsOf, wordsOfName } from '../parts.ts';
import type { Parts, Serves } from '../parts.ts';
import type { Sample } from './samples.ts';

/** A picture and what is known of it. */
export interface Labelled {
  path: string;
  part: 'train' | 'test';
  /** The name of its class as given. */
  label: string;
  /** The name of its true class; null where only one is known. */
  truth: string | null;
}

/**
 * Gives every sample its part by the one rule, and leaves out those of none.
 * @param samples with the words for their parts
 * @param others words for parts of which no picture has a label
 */
export function served(
  samples: readonly Sample[],
  others: readonly string[],
): { labelled: Labelled[]; inferred: Phrase[] } {
  const inferred: Phrase[] = [];
  const all = [...new Set(samples.map(({ part }) => part))];
  const words = all.filter((part) => part !== null);
  const dropped = cleanBesideNoisy(words);
  const kept = words.filter((word) => !dropped.includes(word));
  if (dropped.length > 0) {
    inferred.push(note('cleanLeft', { dropped, kept: trainOf(kept) }));
  }
  const parts = partsOf([...kept, ...others]);
  inferred.push(...(parts?.inferred ?? []));
  inferred.push(...sources(kept, parts));
  const free = samples.filter(({ part }) => part === null).length;
  if (parts && kept.length > 0 && free > 0) {
    inferred.push(note('noPartTrained', { n: free }));
  }
  const serves = (part: string | null) => {
    if (part !== null && dropped.includes(part)) return null;
    return parts && part !== null ? parts.of(part) : 'train';
  };
  const labelled = samples.flatMap(({ path, given, truth, part }) => {
    const as = serves(part);
    const label = given ?? truth;
    return as && label !== null ? [{ path, part: as, label, truth }] : [];
  });
  const mixed = labelledAlike(labelled, samples);
  return { labelled: mixed.labelled, inferred: [...inferred, ...mixed.inferred] };
}

/** Where the parts come from, unless they are simply called train and test. */
function sources(words: readonly string[], parts: Parts | null): Phrase[] {
  const of = (as: Serves) => words.filter((word) => parts?.of(word) === as);
  const [train, test] = [of('train'), of('test')];
  const isPlain =
    train.length <= 1 && test.length <= 1 && [...train, ...test].every((word) => PLAIN.test(word));
  if (isPlain || train.length === 0) return [];
  return [test.length > 0 ? note('partsFromBoth', { train, test }) : note('partsFrom', { train })];
}

const PLAIN = /^(train|training|test|testing|val|valid|validation)$/i;

const trainOf = (words: readonly string[]) => words.filter((word) => partNamed(word) === 'train');
const has = (word: string, own: string) => wordsOfName(word).includes(own);

/** Clothing1M has a clean training part beside the noisy one, for other methods. */
function cleanBesideNoisy(words: readonly string[]): string[] {
  const train = trainOf(words);
  return train.some((word) => has(word, 'noisy')) ? train.filter((word) => has(word, 'clean')) : [];
}

/** True labels are kept where all pictures of a part have one; in one part alone they say nothing of the other. */
function labelledAlike(
  labelled: Labelled[],
  samples: readonly Sample[],
): { labelled: Labelled[]; inferred: Phrase[] } {
  const inferred: Phrase[] = [];
  const train = labelled.filter(({ part }) => part === 'train');
  const known = train.filter(({ truth }) => truth !== null).length;
  const onlyTrue = new Set(
    samples.flatMap(({ path, given, truth }) => (given === null && truth !== null ? [path] : [])),
  );
  const mixed = train.filter(({ path }) => onlyTrue.has(path)).length;
  if (mixed > 0 && mixed < train.length) {
    inferred.push(note('trueOnly', { n: mixed }));
  }
  if (known > 0 && known < train.length) {
    inferred.push(note('trueOfSome', { n: known, of: train.length }));
  }
  const use = known > 0 && known === train.length;
  return {
    labelled: labelled.map((each) =>
      each.part === 'test'
        ? each
        : { ...each, truth: use && each.truth !== null ? each.truth : null },
    ),
    inferred,
  };
}
