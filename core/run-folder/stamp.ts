/** Tells whether the files of a run are still those that were read. */
import { statSync } from 'node:fs';
import { paths } from './files.ts';

/** What a row and the proof of a run's epochs are made from. */
const FILES = [paths.config, paths.metrics, paths.sums, paths.summary, paths.labels];

/** A disk may count time in steps of so many ms: a file may change twice in one, and show it once. */
const STEP = 2000;

/** The state of a run's files. */
export interface Stamp {
  /** Sizes and times; the same text means the same files. */
  text: string;
  /** Whether all are old enough for that, by this machine's clock. */
  settled: boolean;
}

/** The state of a run's files at this moment. @param now in ms, as `Date.now` tells it */
export function stampOf(run: string, now = Date.now()): Stamp {
  let newest = 0;
  const parts = FILES.map((path) => {
    const found = statSync(path(run), { throwIfNoEntry: false });
    if (!found) return '-';
    // Tools may set the time of a change; that of the entry itself they cannot.
    newest = Math.max(newest, found.mtimeMs, found.ctimeMs);
    return `${found.size}/${found.mtimeMs}/${found.ctimeMs}`;
  });
  return { text: parts.join(' '), settled: newest < now - STEP };
}
