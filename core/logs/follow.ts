/** Watches a log that is being written, and tells when training may end. */
import type { Phrase } from '../contract/words/phrase.ts';
import { InputError } from '../contract/words/errors.ts';
import type { LogVerdict } from '../contract/messages/logs.ts';
import { shouldStop } from '../stopping/live.ts';
import { readLog } from './index.ts';
import type { Log, LogOptions } from './index.ts';
import type { Known } from '../stopping/known.ts';
import { sizeOfLog } from './source.ts';
import { verdictOfLog } from './verdict.ts';

/** Of more epochs that are there at once, only the newest are judged one by one: each takes its time. */
const MOST_AT_ONCE = 100;

/** What is told of a log while it grows. */
export type Happening =
  /** Why there is nothing to say yet, told once. */
  | { kind: 'waiting'; why: Phrase }
  /** New epochs, of which `epoch` is the last as the log writes it; no verdict where they are too few. */
  | { kind: 'epoch'; epoch: number; log: Log; verdict: LogVerdict | null; stop: boolean };

/** How a log is followed. */
export interface FollowOptions extends Omit<LogOptions, 'growing'> {
  /** Samples of the hold-out; 0 where that is not known. */
  holdoutCount: number;
  /** What the person knows beside the log. */
  known?: Known;
  /** Training may end where waiting helps with less than this chance, 0 to 1. */
  chance: number;
  /** Waits a second, or as long as a test likes. */
  pause: () => Promise<unknown>;
}

/**
 * Tells of each new epoch of a log, and ends when training may; a log that is not there yet, or
 * has nothing to tell yet, is waited for.
 */
export async function* follow(path: string, options: FollowOptions): AsyncGenerator<Happening> {
  const verdicts: (LogVerdict | null)[] = [];
  let told = -1;
  let size = -1;
  let why = '';
  for (;;) {
    const now = await sizeOfLog(path);
    if (now === size) {
      await options.pause();
      continue;
    }
    size = now;
    const found = await lookAt(path, options);
    if ('why' in found) {
      const said = JSON.stringify(found.why);
      if (said !== why) yield { kind: 'waiting', why: found.why };
      why = said;
      continue;
    }
    const { log, judge } = found;
    const fresh = log.rows.findIndex(({ epoch }) => epoch > told);
    if (fresh < 0) continue;
    // Several epochs may have come since: each is judged as if it were the last.
    for (let i = Math.max(fresh, log.rows.length - MOST_AT_ONCE); i < log.rows.length; i++) {
      const verdict = judge(i + 1);
      verdicts.push(verdict);
      told = log.rows[i]!.epoch;
      const stop = shouldStop(verdicts, options.chance);
      yield { kind: 'epoch', epoch: Number(log.names[i]), log, verdict, stop };
      if (stop) return;
    }
  }
}

type Judge = (rows: number) => LogVerdict | null;

async function lookAt(
  path: string,
  { holdoutCount, columns, known }: FollowOptions,
): Promise<{ log: Log; judge: Judge } | { why: Phrase }> {
  try {
    const log = await readLog(path, { growing: true, ...(columns ? { columns } : {}) });
    const judge: Judge = (rows) =>
      verdictOfLog({ ...log, rows: log.rows.slice(0, rows) }, holdoutCount, known);
    // Says at once where the log lacks what a verdict needs.
    judge(log.rows.length);
    return { log, judge };
  } catch (error) {
    if (error instanceof InputError) return { why: error.phrase };
    throw error;
  }
}
