/** Class folders without a picture, which a list of files does not show. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../errors.ts';
import { isLitter } from './kinds.ts';
import type { Labelled } from './layout.ts';

/**
 * Looks beside the class folders for such that hold no picture.
 * @throws InputError naming the first
 */
export async function refuseEmptyClasses(
  root: string,
  labelled: readonly Labelled[],
): Promise<void> {
  const full = new Set<string>();
  const places = new Set<string>();
  for (const { path, label } of labelled) {
    const names = path.split('/');
    const at = names.indexOf(label);
    full.add(names.slice(0, at + 1).join('/'));
    places.add(names.slice(0, at).join('/'));
  }
  for (const place of places) {
    for (const entry of await readdir(join(root, place), { withFileTypes: true })) {
      const path = place === '' ? entry.name : `${place}/${entry.name}`;
      if (!entry.isDirectory() || isLitter(path) || full.has(path)) continue;
      throw new InputError(
        `${root}, ${path} is a class folder without pictures; put some in or take it away.`,
      );
    }
  }
}
