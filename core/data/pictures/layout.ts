/** Which picture is of which class and part, by the folders that it lies in. */
import { InputError } from '../../errors.ts';
import { isLitter, namedAsPicture } from './kinds.ts';

export type Part = 'train' | 'test';

/** A picture and what is known of it. */
export interface Labelled {
  path: string;
  part: Part;
  /** The name of its class as given. */
  label: string;
  /** The name of its true class; null where only one is known. */
  truth: string | null;
}

/** The files of a tree, as far as pictures go. */
export interface PictureFiles {
  pictures: string[];
  /** Files that are neither pictures nor litter. */
  others: string[];
  inferred: string[];
}

const TRAIN = /^(train|training)$/i;
const TEST = /^(test|testing)$/i;
const VALIDATION = /^(val|valid|validation)$/i;

/** The part that a folder's name says; null for any other name. */
export function partNamed(name: string): Part | 'validation' | null {
  if (TRAIN.test(name)) return 'train';
  if (TEST.test(name)) return 'test';
  return VALIDATION.test(name) ? 'validation' : null;
}

/** Tells pictures by name; where none is named so, files without an ending are taken for them. */
export function pictureFiles(paths: readonly string[]): PictureFiles {
  const kept = paths.filter((path) => !isLitter(path));
  const named = kept.filter(namedAsPicture);
  const pictures = named.length > 0 ? named : kept.filter((path) => !/\.[^/]*$/.test(path));
  const taken = new Set(pictures);
  const others = kept.filter((path) => !taken.has(path));
  const left = paths.filter((path) => !taken.has(path) && !isTableNamed(path));
  return { pictures: [...pictures].sort(), others, inferred: leftOut(left, 'files, no pictures,') };
}

/** Whether a file is called as the tables are that labels of pictures come in. */
export const isTableNamed = (path: string): boolean =>
  !isLitter(path) && /\.(csv|tsv|jsonl|ndjson|json|parquet)$/i.test(path);

/** Pictures by class folder. */
export interface Folders {
  labelled: Labelled[];
  /** Whether labels are numbers, whose order is theirs. */
  numbers: boolean;
  inferred: string[];
}

/**
 * Labels pictures by folder: `class/…`, or `train/class/…` with `test` or `validation` beside it; one
 * folder around all of it is passed over.
 * @returns null where fewer than two classes are folders
 */
export function byFolders(pictures: readonly string[]): Folders | null {
  const split = pictures.map((path) => path.split('/'));
  const level = rootLevel(split);
  const parts = partsAt(split, level);
  const inferred: string[] = [];
  const labelled: Labelled[] = [];
  const outside: string[] = [];
  for (const [i, names] of split.entries()) {
    const part = parts ? parts.of(names[level]!) : 'train';
    const label = names[level + (parts ? 1 : 0)];
    const inFolder = names.length > level + (parts ? 2 : 1);
    if (part && inFolder) labelled.push({ path: pictures[i]!, part, label: label!, truth: null });
    else outside.push(pictures[i]!);
  }
  if (new Set(labelled.map(({ label }) => label)).size < 2) return null;
  if (parts?.said) inferred.push(parts.said);
  inferred.push(...leftOut(outside, 'pictures outside the class folders'));
  return { labelled, numbers: false, inferred };
}

/** 1 where one folder lies around all others, 0 where none does. */
function rootLevel(split: readonly string[][]): number {
  const first = split[0]?.[0];
  const around = split.every((names) => names.length > 2 && names[0] === first);
  return around && partNamed(first!) === null ? 1 : 0;
}

function partsAt(
  split: readonly string[][],
  level: number,
): { of: (name: string) => Part | null; said: string | null } | null {
  const names = new Set(split.filter(({ length }) => length > level + 1).map((all) => all[level]!));
  const found = new Set([...names].map(partNamed));
  if (!found.has('train') || found.has(null)) return null;
  const instead = found.has('validation') && !found.has('test');
  const of = (name: string): Part | null => {
    const part = partNamed(name);
    return part === 'validation' ? (instead ? 'test' : null) : part;
  };
  return { of, said: instead ? 'The validation folder is used as the test part.' : null };
}

/** A sentence on what was left out; none where nothing was. */
export function leftOut(paths: readonly string[], what: string): string[] {
  if (paths.length === 0) return [];
  const named = paths.slice(0, 3).join(', ');
  return [
    `Left out: ${paths.length.toLocaleString('en')} ${what} (${named}${paths.length > 3 ? ' and more' : ''}).`,
  ];
}

/** @throws InputError always, saying what is missing */
export function refuseUnlabelled(where: string, pictures: readonly string[]): never {
  const folders = new Set(pictures.map((path) => path.split('/').slice(0, -1).join('/')));
  const [only] = folders;
  throw new InputError(
    folders.size === 1 && only !== ''
      ? `${where} holds pictures of one class only, "${only}"; put each class into a folder of its own, two at least.`
      : `${where} holds pictures without labels; put each class into a folder of its own, or add a CSV ` +
          'with the columns filename and label.',
  );
}
