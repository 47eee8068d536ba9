/** Which part and class the folders tell of each picture. */
import { InputError } from '../../contract/words/errors.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { partNamed, partsOf } from '../parts.ts';
import { doubtOf, isPlainPart } from './doubts.ts';

/** A picture and what the folders on its way say. */
export interface Placed {
  path: string;
  /** The folder that names its part, or lies beside such folders; null where there is none. */
  part: string | null;
  /** The class folder it is in; null where it lies outside of all. */
  label: string | null;
}

/** What the folders tell. */
export interface FolderLayout {
  /** In the order of the pictures. */
  placed: Placed[];
  /** The class folders, as paths. */
  classFolders: Set<string>;
  /** What the class folders rather are, and what to do; null where nothing speaks against them. */
  doubt: InputError | null;
  /** What is to be said where they are taken as classes. */
  inferred: Phrase[];
}

interface Split {
  /** Its place among the pictures. */
  place: number;
  names: string[];
}

/**
 * Goes down through folders that lie around all the rest, to folders of parts and on to those of
 * classes; or to classes that have their parts in them.
 * @param pictures paths with `/` between folders
 */
export function layoutOf(where: string, pictures: readonly string[]): FolderLayout {
  const layout: FolderLayout = {
    placed: pictures.map((path) => ({ path, part: null, label: null })),
    classFolders: new Set(),
    doubt: null,
    inferred: [],
  };
  look(
    where,
    layout,
    pictures.map((path, place) => ({ place, names: path.split('/') })),
    0,
    null,
  );
  return layout;
}

/** @param part the folder of a part that all of them lie in */
function look(
  where: string,
  layout: FolderLayout,
  group: readonly Split[],
  depth: number,
  part: string | null,
): void {
  const folders = foldersAt(group, depth);
  place(layout, group, part, null);
  const names = [...folders.keys()];
  const [only] = names;
  const within = (name: string) => folders.get(name)!;
  const goDown = (name: string, into: string | null) =>
    look(where, layout, within(name), depth + 1, into);
  if (names.length === 1 && isDeep(within(only!), depth)) {
    return goDown(only!, partNamed(only!) === null ? part : only!);
  }
  const deep = new Set(names.filter((name) => isDeep(within(name), depth)));
  if (areParts(names, deep)) {
    for (const name of names) {
      // What is no part beside parts is left out whole, a second copy of all too.
      if (partNamed(name) === null) place(layout, within(name), name, null);
      else goDown(name, name);
    }
    return;
  }
  const unlabelled = names.filter((name) => partNamed(name) === 'unlabelled');
  const classes = names.filter((name) => !unlabelled.includes(name));
  for (const name of unlabelled) place(layout, within(name), name, null);
  if (unlabelled.length > 0 && classes.length === 1 && deep.has(classes[0]!)) {
    return goDown(classes[0]!, part);
  }
  const partsIn = classes.length > 1 ? partsInClasses(classes.map(within), depth + 1) : null;
  if (partsIn === 'of data sets') {
    layout.doubt ??= new InputError('pictures.dataSets', { where, names: classes });
  }
  const { doubt, inferred } = doubtOf(
    where,
    classes,
    partsIn === 'of classes' ? new Set() : deep,
    (name) => [...foldersAt(within(name), depth + 1).keys()],
  );
  layout.doubt ??= doubt;
  layout.inferred.push(...inferred);
  for (const name of classes) {
    layout.classFolders.add([...within(name)[0]!.names.slice(0, depth), name].join('/'));
    for (const split of within(name)) {
      place(layout, [split], partsIn === 'of classes' ? split.names[depth + 1]! : part, name);
    }
  }
}

function place(
  { placed }: FolderLayout,
  group: readonly Split[],
  part: string | null,
  label: string | null,
): void {
  for (const split of group) Object.assign(placed[split.place]!, { part, label });
}

function foldersAt(group: readonly Split[], depth: number): Map<string, Split[]> {
  const folders = new Map<string, Split[]>();
  for (const split of group) {
    if (split.names.length <= depth + 1) continue;
    const name = split.names[depth]!;
    const inside = folders.get(name);
    if (inside) inside.push(split);
    else folders.set(name, [split]);
  }
  return folders;
}

/** Whether a folder at a depth has folders with pictures in it. */
const isDeep = (group: readonly Split[], depth: number): boolean =>
  group.some(({ names }) => names.length > depth + 2);

/**
 * Whether folders beside each other are parts. A class may be called `train_station`: where others
 * are no parts, only names of nothing but a part count, and such with classes inside.
 */
function areParts(names: readonly string[], deep: ReadonlySet<string>): boolean {
  if (!partsOf(names)) return false;
  if (names.every((name) => partNamed(name) !== null)) return true;
  const sure = names.filter((name) => isPlainPart(name) || deep.has(name));
  return new Set(sure.map(partNamed).filter((part) => part !== null)).size > 1;
}

/** Whether every class has the parts in it, `cat/train/1.png`; or folders around data sets. */
function partsInClasses(
  groups: readonly (readonly Split[])[],
  depth: number,
): 'of classes' | 'of data sets' | null {
  const inner = groups.map((group) => foldersAt(group, depth));
  const names = new Set(inner.flatMap((folders) => [...folders.keys()]));
  const tells = inner.every((folders) => folders.size > 0);
  if (!tells || ![...names].every((name) => partNamed(name) !== null)) return null;
  if (new Set([...names].map(partNamed)).size < 2) return null;
  const loose = groups.some((group) => group.some((split) => split.names.length === depth + 1));
  if (loose) return null;
  return groups.some((group) => isDeep(group, depth)) ? 'of data sets' : 'of classes';
}
