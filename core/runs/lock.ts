/** Marks a run as being trained, by which process; a process that is gone leaves it interrupted. */
import { readFileSync, rmSync, utimesSync, statSync } from 'node:fs';
import { InputError } from '../errors.ts';
import { paths, writeJson } from './files.ts';

/** After this long without a sign of life the process has died, whatever its number says. */
const STALE = 120_000;

/** Whether a living process trains this run. */
export function isLocked(run: string): boolean {
  try {
    const { pid } = JSON.parse(readFileSync(paths.lock(run), 'utf8')) as { pid?: unknown };
    if (typeof pid !== 'number' || Date.now() - statSync(paths.lock(run)).mtimeMs > STALE) {
      return false;
    }
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process answers EPERM: it lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Takes the run for this process until the returned function is called.
 * @throws InputError where another process trains it
 */
export function lockRun(run: string): () => void {
  if (isLocked(run)) {
    throw new InputError(`${run} is being trained by another process; wait for it, or end it.`);
  }
  writeJson(paths.lock(run), { pid: process.pid, since: new Date().toISOString() });
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(paths.lock(run), now, now);
    } catch {
      // The folder was moved or deleted while training; writing the next epoch will say so.
    }
  }, STALE / 10);
  beat.unref();
  return () => {
    clearInterval(beat);
    rmSync(paths.lock(run), { force: true });
  };
}
