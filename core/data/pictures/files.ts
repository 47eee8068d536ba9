/** Which files of a tree are pictures, tables of labels, or neither. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { note } from '../../contract/words/notes.ts';
import { isLitter, namedAsPicture } from './kinds.ts';

/** The files of a tree, as far as pictures go. */
export interface PictureFiles {
  pictures: string[];
  /** Files that may name pictures: tables and lists. */
  tables: string[];
  /** Whatever else there is. */
  others: string[];
}

/** Tells pictures by name; where none is named so, files without an ending are taken for them. */
export function pictureFiles(paths: readonly string[]): PictureFiles {
  const kept = paths.filter((path) => !isLitter(path));
  const named = kept.filter(namedAsPicture);
  const pictures = named.length > 0 ? named : kept.filter((path) => !/\.[^/]*$/.test(path));
  const taken = new Set(pictures);
  const tables = kept.filter((path) => !taken.has(path) && (isTableNamed(path) || isList(path)));
  for (const path of tables) taken.add(path);
  return {
    pictures: [...pictures].sort(),
    tables: tables.sort(),
    others: paths.filter((path) => !taken.has(path)),
  };
}

/** Whether a file is called as the tables are that labels of pictures come in. */
export const isTableNamed = (path: string): boolean =>
  !isLitter(path) && /\.(csv|tsv|tab|jsonl|ndjson|json|parquet)(\.gz)?$/i.test(path);

/** Whether a file is called as lists of pictures are, a line each. */
export const isList = (path: string): boolean => /\.(txt|lst|list)(\.gz)?$/i.test(path);

/** What was left out; nothing where nothing was. */
export function leftOut(
  paths: readonly string[],
  code: 'leftFiles' | 'leftUnnamed' | 'leftOutside' | 'leftUnlisted',
): Phrase[] {
  return paths.length === 0 ? [] : [note(code, { n: paths.length, paths: paths.slice(0, 6) })];
}
