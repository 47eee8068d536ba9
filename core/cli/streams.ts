/** What becomes of words that cannot be written: a reader that went away, a full disk. */
import { fstatSync, writeSync } from 'node:fs';

/** A result that could not be printed. */
class OutputError extends Error {
  override name = 'OutputError';
  constructor(code: string | undefined) {
    const why =
      code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk that it goes to is full' : `of ${code}`;
    super(
      `The result could not be printed (${why}); send it elsewhere and give the command again. ` +
        'What it wrote to folders is there.',
    );
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
    process.stderr.write(`${new OutputError(error.code).message}\n`);
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
