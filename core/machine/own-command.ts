/** How a program of another machine or queue calls this command line again. */
import { join } from 'node:path';

/** The program and its first arguments, by absolute paths; what is asked of it comes behind. */
export function ownCommand(): string[] {
  return [process.execPath, join(__dirname, 'cli.cjs')];
}
