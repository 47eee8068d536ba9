/** Deleted runs, which can be brought back until the lab is opened anew. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../disk/write.ts';

/** Where deleted runs lie. @param runs the folder of runs */
export const trashOf = (runs: string): string => join(runs, '.trash');

/** Makes the folder of runs, which the menu opens, and removes deleted runs for good; done when the app is opened. */
export function emptyTrash(runs: string): void {
  makeFolder(runs);
  rmSync(trashOf(runs), { recursive: true, force: true });
}
