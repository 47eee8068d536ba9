import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Keeps a value as JSON; a disk that takes no more loses what the window remembers, never the
 * person's work.
 * @param what is not remembered then, for the sentence that says so
 */
export function remember(path: string, value: unknown, what: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, JSON.stringify(value));
    renameSync(`${path}.part`, path);
  } catch (error) {
    process.stderr.write(`${what} could not be remembered in ${path}: ${error}\n`);
  }
}
