/** The files of a folder and of the folders in it. */
import { createReadStream, statSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { InputError } from '../../contract/words/errors.ts';
import { refuseLink } from './limits.ts';
import type { Met, Walk } from './walk.ts';

/** Deeper than any data set. */
const DEEPEST = 32;
/** Files met before others get a turn. */
const AT_ONCE = 1000;
/** Bytes read at once. */
export const READ = 2 ** 18;

/**
 * Meets files in the order of their names; a link is followed where it stays inside.
 * @throws InputError where a link leads out, or folders are too deep
 */
export function walkFolder(root: string): Walk {
  return async function* (signal) {
    let met = 0;
    for await (const path of filesIn(root, '', [await realpath(root)])) {
      signal?.throwIfAborted();
      const file = join(root, path);
      // Synchronous: ten times as fast as promises for many small files.
      const { size } = statSync(file);
      if (++met % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      // How many there are is not known, so the share only tells that it goes on.
      const share = 1 - 1 / (1 + met / 1000);
      yield {
        path,
        size,
        packed: size,
        share,
        open: () => createReadStream(file, { highWaterMark: READ }),
        file,
      } satisfies Met;
    }
  };
}

/** @param above the true paths of the folders on the way here, which no link may lead back to */
async function* filesIn(
  root: string,
  folder: string,
  above: readonly string[],
): AsyncGenerator<string> {
  if (above.length > DEEPEST) {
    throw new InputError('archive.deep', { where: root, deepest: DEEPEST });
  }
  const found = await readdir(join(root, folder), { withFileTypes: true });
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of found) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const target = entry.isSymbolicLink()
      ? await targetOf(root, path, above)
      : join(above.at(-1)!, entry.name);
    const is = entry.isSymbolicLink() ? await stat(target) : entry;
    if (is.isDirectory()) yield* filesIn(root, path, [...above, target]);
    else if (is.isFile()) yield path;
  }
}

/** @throws InputError where a link leads out of the folder, nowhere, or round in a circle */
async function targetOf(root: string, path: string, above: readonly string[]): Promise<string> {
  const target = await realpath(join(root, path)).catch(() => refuseLink(root, path));
  const way = relative(above[0]!, target);
  const out = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  if (out || above.includes(target)) refuseLink(root, path);
  return target;
}
