/** Which files of a run travel in an archive, and what an archive may hold at all. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { named } from '../contract/words/errors.ts';

/** What begins the name of every file in an archive: the run's id. */
export const TOP = /^([a-z0-9][a-z0-9-]{0,79})\/(.*)$/s;

/** The list of an archive's files, in the archive. */
export const MANIFEST = 'manifest.json';

/** Texts, which are read whole into memory. */
const TEXTS = [
  /^(config|summary|annotators|names)\.json$/,
  /^(metrics|sums|review)\.jsonl$/,
  /^corrections-[1-9]\d{0,4}\.csv$/,
];
const ARRAYS = [
  /^(labels|features)\.npz$/,
  /^(dynamics|probabilities)\/epoch-\d{4,6}\.npz$/,
  /^folds\/\d{1,4}-[0-9a-f]{16}\.npz$/,
];
/** Weights, which a person may leave out. */
const WEIGHTS = /^(checkpoints|kept)\/epoch-\d{4,6}\.safetensors$/;

/** The folders of a run that hold any of them. */
export const FOLDERS = ['dynamics', 'probabilities', 'folds', 'checkpoints', 'kept'] as const;

/** Bytes of a file of text: a run of 9,999 epochs has a tenth. */
const MOST_OF_TEXT = 2 ** 28;
/** Bytes of any other; it is read at once. */
const MOST_OF_ARRAYS = 2 ** 31 - 1;
/** Bytes of all together, and of the archive: a zip of the first kind counts no further. */
export const MOST_OF_ALL = 2 ** 32 - 1;
/** Files: four for each of 9,999 epochs, and more besides. */
export const MOST_MEMBERS = 50_000;

/** A file of a run that travels. */
export interface Member {
  /** Inside the run, with `/` between folders. */
  path: string;
  /** Bytes. */
  size: number;
}

/** Whether a file holds weights, which a run can be shown without. */
export const isWeights = (path: string): boolean => WEIGHTS.test(path);

const isText = (path: string): boolean => TEXTS.some((kind) => kind.test(path));

/** Whether a file of this name travels. The names are of small letters, so none differ by case alone. */
export const isMember = (path: string): boolean =>
  isText(path) || isWeights(path) || ARRAYS.some((kind) => kind.test(path));

/** The most bytes that a file of this name may have. */
export const mostOf = (path: string): number => (isText(path) ? MOST_OF_TEXT : MOST_OF_ARRAYS);

/** Whether a file is worth compressing: arrays and weights are noise to a compressor. */
export const isPackable = isText;

/**
 * The files of a run that travel, in the order in which they are packed. Links do not: they would lead
 * out of it. Neither do claims, what a kill left, what only spares time, reports and exported models.
 * @param weights whether those of its checkpoints and kept models do
 * @throws the system's error, naming the folder
 */
export function membersOf(run: string, weights: boolean): Member[] {
  const names = [...namesIn(run), ...FOLDERS.flatMap((folder) => namesIn(run, folder))];
  return names
    .filter((path) => isMember(path) && (weights || !isWeights(path)))
    .sort()
    .flatMap((path) => {
      const found = lstatSync(join(run, path), { throwIfNoEntry: false });
      return found?.isFile() ? [{ path, size: found.size }] : [];
    });
}

function namesIn(run: string, folder?: string): string[] {
  const place = folder === undefined ? run : join(run, folder);
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (folder !== undefined && !found?.isDirectory()) return [];
  try {
    return readdirSync(place).map((name) => (folder === undefined ? name : `${folder}/${name}`));
  } catch (error) {
    throw named(error, place);
  }
}

/** Bytes of files together. */
export const sizeOfMembers = (members: readonly Member[]): number =>
  members.reduce((sum, { size }) => sum + size, 0);
