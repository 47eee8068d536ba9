import { dirname } from 'node:path';
import { makeFolder, writeJson } from '../core/disk/write.ts';
import { sentenceOf } from './sentence.ts';

/**
 * Keeps a value as JSON; a disk that takes no more loses what the window remembers, never the
 * person's work.
 * @param what is not remembered then, for the sentence that says so
 */
export function remember(path: string, value: unknown, what: string): void {
  try {
    makeFolder(dirname(path));
    writeJson(path, value);
  } catch (error) {
    process.stderr.write(`${what} is not remembered: ${sentenceOf(error)}\n`);
  }
}
