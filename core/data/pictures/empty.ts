/** Class folders without a picture, which a list of files does not show. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { note } from '../../contract/words/notes.ts';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../contract/words/errors.ts';
import { partNamed } from '../parts.ts';
import { isLitter } from './kinds.ts';

/**
 * Looks beside the class folders for empty ones.
 * @param classFolders paths from the root
 * @returns what is to be said of folders that hold other files
 * @throws InputError naming the first that holds nothing
 */
export async function emptyClasses(
  root: string,
  classFolders: ReadonlySet<string>,
): Promise<Phrase[]> {
  const places = new Set([...classFolders].map((path) => path.split('/').slice(0, -1).join('/')));
  const others: string[] = [];
  for (const place of places) {
    for (const entry of await readdir(join(root, place), { withFileTypes: true })) {
      const path = place === '' ? entry.name : `${place}/${entry.name}`;
      if (!entry.isDirectory() || isLitter(path) || classFolders.has(path)) continue;
      if (partNamed(entry.name) !== null || holdsPictures(classFolders, path)) continue;
      if (await holdsFiles(join(root, path))) others.push(path);
      else {
        throw new InputError('pictures.emptyFolder', { where: root, folder: path });
      }
    }
  }
  return others.length > 0 ? [note('noPicturesIn', { names: others })] : [];
}

/** Whether class folders lie in it: it lies beside class folders of another part. */
const holdsPictures = (classFolders: ReadonlySet<string>, path: string): boolean =>
  [...classFolders].some((folder) => folder.startsWith(`${path}/`));

async function holdsFiles(folder: string): Promise<boolean> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (isLitter(entry.name)) continue;
    if (!entry.isDirectory() || (await holdsFiles(join(folder, entry.name)))) return true;
  }
  return false;
}
