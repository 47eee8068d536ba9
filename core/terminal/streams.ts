/** What becomes of words that cannot be written: a reader that went away, a full disk. */
import { fstatSync, writeSync } from 'node:fs';
import { PhrasedError } from '../contract/words/errors.ts';
import { words } from './language.ts';

/** A result that could not be printed. */
class OutputError extends PhrasedError {
  override name = 'OutputError';
  constructor(code: string | undefined) {
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    super({
      code: isFull ? 'cli.unprinted.full' : 'cli.unprinted.failed',
      values: { code: String(code) },
      severity: 'error',
    });
  }
}

let readerGone = false;

/** Whether whoever read the results has gone, as `head` does when it has enough. */
export const isReaderGone = (): boolean => readerGone;

/**
 * Whoever reads may go away at any time: work that has results of its own, as a run in its folder,
 * goes on to its end without words. Call once, before anything is written.
 */
export function surviveReaders(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    readerGone = true;
    if (error.code === 'EPIPE') return;
    process.stderr.write(`${words(new OutputError(error.code).phrase)}\n`);
    process.exitCode = 1;
  });
  process.stderr.on('error', () => undefined);
}

/**
 * Writes to stdout.
 * @throws OutputError where stdout is a file and there is no room for all of it
 */
export function writeOut(text: string): void {
  const out = fstatSync(1);
  if (process.stdout.isTTY || (!out.isFile() && !out.isCharacterDevice())) {
    process.stdout.write(text);
    return;
  }
  const bytes = Buffer.from(text);
  try {
    // Node's own stream takes a part that was written for the whole.
    for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
  } catch (error) {
    throw new OutputError((error as NodeJS.ErrnoException).code);
  }
}
