/** Finds the picture that a table's cell names. */
import { basename, join } from 'node:path/posix';
import { namedAsPicture } from './kinds.ts';

/** What was found: a path, or how many pictures it may be; 0 for none. */
export type FoundPicture = string | number;

/** Where a name is looked for first. */
export interface Near {
  /** The table's folder. */
  folder: string;
  /** Whether a picture is of the part that the row is of; null where no part is told. */
  ofPart: ((path: string) => boolean) | null;
}

/** Finds pictures by name. */
export interface Finder {
  find(name: string, near: Near): FoundPicture;
  /** Whether a file name is only found elsewhere than the name says. */
  isElsewhere(name: string, found: string): boolean;
}

/**
 * Finds a picture by its path from the table's folder or the root; else by its name, with or without
 * ending, capitals or leading zeros, where the folders that it names leave only one.
 */
export function finderOf(pictures: readonly string[]): Finder {
  const exact = new Map(pictures.map((path) => [path.normalize('NFC'), path]));
  const byName = new Map<string, string[]>();
  for (const path of pictures) {
    for (const key of keysOf(basename(path))) {
      const same = byName.get(key);
      if (same) same.push(path);
      else byName.set(key, [path]);
    }
  }
  const find = (name: string, { folder, ofPart }: Near): FoundPicture => {
    const path = plain(name);
    if (path === '') return 0;
    const near = exact.get(join(folder, path)) ?? exact.get(join(path));
    if (near !== undefined) return near;
    const own = basename(path).toLowerCase();
    const keys = [own, unpadded(own), ...(namedAsPicture(own) ? [withoutEnding(own)] : [])];
    const all = keys.map((key) => byName.get(key)).find((paths) => paths !== undefined) ?? [];
    if (all.length <= 1) return all[0] ?? 0;
    const closest = bestBy(all, (each) => sharedFolders(path, each));
    if (closest.length === 1) return closest[0]!;
    const ofIts = ofPart ? closest.filter(ofPart) : [];
    return ofIts.length === 1 ? ofIts[0]! : closest.length;
  };
  const isElsewhere = (name: string, found: string) =>
    plain(name).includes('/') && found.includes('/') && sharedFolders(plain(name), found) === 0;
  return { find, isElsewhere };
}

const plain = (name: string): string =>
  name
    .trim()
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '');

/** A number without the zeros before it; tables lose them. */
const unpadded = (name: string): string =>
  /^\d+(\.0)?$/.test(name) ? `#${name.replace(/\.0$/, '').replace(/^0+(?=\d)/, '')}` : name;

const withoutEnding = (name: string): string => name.replace(/\.[^.]*$/, '');

/** What a file may be called in a table: with its ending, without it, as a number. */
function keysOf(name: string): Set<string> {
  const whole = name.normalize('NFC').toLowerCase();
  const stem = withoutEnding(whole);
  return new Set([whole, stem, unpadded(stem)]);
}

/** Folders right above the file that two paths have in common. */
function sharedFolders(a: string, b: string): number {
  const [x, y] = [a, b].map((path) => path.toLowerCase().split('/').slice(0, -1).reverse()) as [
    string[],
    string[],
  ];
  const until = x.findIndex((name, i) => name !== y[i]);
  return until < 0 ? x.length : until;
}

function bestBy(all: readonly string[], score: (path: string) => number): string[] {
  const scores = all.map(score);
  const most = Math.max(...scores);
  return all.filter((_, i) => scores[i] === most);
}
