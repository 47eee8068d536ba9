/** From the id of a run to its folder. */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import { isRun } from './stored.ts';

/**
 * The folder of a run that is there: not a file, a link that leads elsewhere, or a folder of something else.
 * @param runs the folder that holds it
 * @param id matches the protocol's form of an id, so that it is no path
 * @throws InputError where there is no such run
 */
export function runFolder(runs: string, id: string): string {
  const folder = join(runs, id);
  const is = lstatSync(folder, { throwIfNoEntry: false });
  if (!is) throw new InputError('run.unknownId', { id, runs });
  if (!is.isDirectory() || !isRun(folder)) throw new InputError('run.notRun', { where: folder });
  return folder;
}
