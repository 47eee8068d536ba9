/** Names for pictures that are sorted into folders of their classes. */
import { posix } from 'node:path';

/** Signs that some system refuses in names, and names that mean something there. */
const REFUSED = /[<>:"/\\|?*\p{Cc}]/gu;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|^\.+$|^$/i;

/** A text as a name on any system. */
function nameOf(text: string): string {
  const name = text.replace(REFUSED, '_').replace(/[. ]+$/, '');
  return RESERVED.test(name) ? `_${name}` : name;
}

/** Gives names that differ on systems too that do not tell capital letters. */
class Names {
  readonly #taken = new Set<string>();

  /** The first of some names that is free; the last with a number behind it where none is. */
  free(...names: string[]): string {
    const last = names.at(-1)!;
    const { name, ext } = posix.parse(last);
    for (let i = 0; ; i++) {
      const found = names[i] ?? `${name}-${i - names.length + 2}${ext}`;
      if (this.#taken.has(found.toLowerCase())) continue;
      this.#taken.add(found.toLowerCase());
      return found;
    }
  }
}

/**
 * Where each picture goes: `class/name`. Names are kept; of two alike in one class the second has its
 * former folders before it.
 * @param files paths with `/` between folders
 * @param classes the class of each; null where it goes nowhere
 * @param all every class, in their order
 */
export function pictureNames(
  files: readonly string[],
  classes: readonly (string | null)[],
  all: readonly string[],
): (string | null)[] {
  const folders = new Names();
  const names = new Map(
    all.map((name) => [name, { folder: folders.free(nameOf(name)), taken: new Names() }]),
  );
  return files.map((file, i) => {
    const goal = names.get(classes[i] ?? '');
    if (classes[i] === null || !goal) return null;
    const long = file.split('/').filter(Boolean).map(nameOf).join('-');
    return `${goal.folder}/${goal.taken.free(nameOf(posix.basename(file)), long)}`;
  });
}
