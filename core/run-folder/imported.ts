/** The mark of a run that came in an archive, from another machine or person. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeSealed } from '../disk/sealed.ts';

const pathOf = (run: string): string => join(run, 'imported.json');

/** Leaves the mark, which tells whoever looks when it came and in which file. @throws DiskError */
export function markImported(run: string, from: string): void {
  writeSealed(pathOf(run), { from, at: new Date().toISOString() });
}

/** Whether a run came in an archive: what its config names was chosen by somebody else. */
export const isImported = (run: string): boolean => existsSync(pathOf(run));
