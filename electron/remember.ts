import { dirname } from 'node:path';
import { makeFolder, writeJson } from '../core/disk/write.ts';
import type { ErrorCode } from '../core/errors.ts';
import { phraseToTell } from './sentence.ts';
import { warn } from './terminal.ts';

/**
 * Keeps a value as JSON; a disk that takes no more loses what the window remembers, never the
 * person's work.
 * @param forgotten the code of what is told then
 */
export function remember(path: string, value: unknown, forgotten: ErrorCode): void {
  try {
    makeFolder(dirname(path));
    writeJson(path, value);
  } catch (error) {
    warn(forgotten, { why: phraseToTell(error) });
  }
}
