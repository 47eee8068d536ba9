import { dirname } from 'node:path';
import { makeFolder, writeJson } from '../core/disk/write.ts';
import { phraseToTell } from '../core/contract/messages/refused.ts';
import { warn } from './terminal.ts';

/**
 * Keeps the window's place as JSON; a disk that takes no more loses that, never the person's work.
 */
export function keepPlace(path: string, value: unknown): void {
  try {
    makeFolder(dirname(path));
    writeJson(path, value);
  } catch (error) {
    warn('window.placeForgotten', { why: phraseToTell(error) });
  }
}
