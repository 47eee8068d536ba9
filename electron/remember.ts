import { dirname } from 'node:path';
import { makeFolder, writeJson } from '../core/disk/write.ts';
import { phraseToTell } from './sentence.ts';
import { warn } from './terminal.ts';

/**
 * Keeps a value as JSON; a disk that takes no more loses what the window remembers, never the
 * person's work.
 * @param what is told not to be remembered then: the window's place, or what was opened
 */
export function remember(path: string, value: unknown, what: 'place' | 'opened'): void {
  try {
    makeFolder(dirname(path));
    writeJson(path, value);
  } catch (error) {
    warn(`window.${what}Forgotten`, { why: phraseToTell(error) });
  }
}
