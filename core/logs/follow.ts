/** Watches a log that is being written, and tells when training may end. */
import type { Phrase } from '../contract/words/phrase.ts';
import { InputError } from '../contract/words/errors.ts';
import type { LogVerdict } from '../contract/messages/logs.ts';
import { shouldStop } from '../stopping/live.ts';
import { readLog, UnknownColumns } from './index.ts';
import type { Log, LogOptions } from './index.ts';
import { fit, measureOf } from './names.ts';
import { stateOfLog } from './source.ts';
import type { LogState } from './source.ts';
import type { Known } from '../stopping/known.ts';
import { verdictOfLog } from './verdict.ts';

/** Of more epochs that are there at once, only the newest are judged one by one: each takes its time. */
const MOST_AT_ONCE = 100;
/** After so many looks at a log that does not grow, it is said that nothing of it will end this. */
const QUIET_LOOKS = 60;
/** A log that was written longer ago, in milliseconds, does not grow any more. */
const OLD = 60_000;

/** What is told of a log while it grows. */
export type Happening =
  /** Why there is nothing to say yet, told once. */
  | { kind: 'waiting'; why: Phrase }
  /** The log does not grow, and what it holds is no reason to end; told once. */
  | { kind: 'quiet' }
  /** A new training is written in its place; what was told is of another one. */
  | { kind: 'anew' }
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
 * @throws InputError where no later row can bring what is missing
 */
export async function* follow(path: string, options: FollowOptions): AsyncGenerator<Happening> {
  const course = new Course(options.chance);
  const waits = new Waits();
  let shorter: Found | null = null;
  for (;;) {
    const isNew = waits.look(await stateOfLog(path));
    if (!isNew && !shorter) {
      if (course.isBegun && waits.isQuiet()) yield { kind: 'quiet' };
      await options.pause();
      continue;
    }
    // A log that is written whole each time is short for a moment; one that stays so began anew.
    const found: Found | { why: Phrase } = isNew ? await lookAt(path, options) : shorter!;
    if ('why' in found) {
      if (waits.isNewReason(found.why)) yield { kind: 'waiting', why: found.why };
      continue;
    }
    const before = course.compare(found.log);
    if (before === 'shorter' && !shorter) {
      shorter = found;
      await options.pause();
      continue;
    }
    shorter = null;
    if (before !== 'same') {
      course.begin();
      yield { kind: 'anew' };
    }
    for (const happening of course.tell(found)) {
      yield happening;
      if (happening.stop) return;
    }
  }
}

/** What a look at a log found. */
interface Found {
  log: Log;
  judge: (rows: number) => LogVerdict | null;
}

type NewEpoch = Extract<Happening, { kind: 'epoch' }>;

/** What was told of one training. */
class Course {
  private verdicts: (LogVerdict | null)[] = [];
  private told: string[] = [];
  private last = -1;
  private trainings = 0;

  constructor(private readonly chance: number) {}

  get isBegun(): boolean {
    return this.told.length > 0;
  }

  begin(): void {
    this.verdicts = [];
    this.told = [];
    this.last = -1;
  }

  /** Whether a log still holds what was told, ends before it, or holds something else. */
  compare({ rows, names, trainings }: Log): 'same' | 'shorter' | 'other' {
    if (!this.isBegun) return 'same';
    if (trainings > this.trainings) return 'other';
    // The newest row that was told may have got more values since.
    const sure = Math.min(this.told.length - 1, rows.length - 1);
    const isOther = this.told.slice(0, sure).some((one, i) => one !== idOf(rows[i]!, names[i]!));
    if (isOther) return 'other';
    return rows.at(-1)!.epoch < this.last ? 'shorter' : 'same';
  }

  /** Several epochs may have come since: each is judged as if it were the last. */
  *tell({ log, judge }: Found): Generator<NewEpoch> {
    this.trainings = log.trainings;
    const { rows, names } = log;
    const fresh = rows.findIndex(({ epoch }) => epoch > this.last);
    this.told = rows.map((row, i) => idOf(row, names[i]!));
    if (fresh < 0) return;
    for (let i = Math.max(fresh, rows.length - MOST_AT_ONCE); i < rows.length; i++) {
      const verdict = judge(i + 1);
      this.verdicts.push(verdict);
      this.last = rows[i]!.epoch;
      const stop = shouldStop(this.verdicts, this.chance);
      yield { kind: 'epoch', epoch: Number(names[i]), log, verdict, stop };
    }
  }
}

/** A row by what is never written again: its epoch and what was measured of the hold-out. */
const idOf = (row: Log['rows'][number], name: string): string =>
  [name, row.holdoutAccuracy, row.holdoutLoss, row.predictionChanges].join(' ');

/** Whether a log changed, for how long it did not, and which reason to wait was told. */
class Waits {
  private seen: LogState | null = null;
  private looks = 0;
  private isTold = false;
  private why = '';

  /** @returns whether the log changed since the last look */
  look(now: LogState): boolean {
    const { seen } = this;
    this.seen = now;
    if (seen && seen.size === now.size && seen.written === now.written) return false;
    this.looks = 0;
    this.isTold = false;
    return true;
  }

  /** @returns whether it is time to say that the log does not grow; once */
  isQuiet(): boolean {
    this.looks++;
    const isOld = Date.now() - this.seen!.written > OLD;
    if (this.isTold || !(isOld || this.looks >= QUIET_LOOKS)) return false;
    this.isTold = true;
    return true;
  }

  isNewReason(why: Phrase): boolean {
    const said = JSON.stringify(why);
    const isNew = said !== this.why;
    this.why = said;
    return isNew;
  }
}

async function lookAt(
  path: string,
  { holdoutCount, columns, known }: FollowOptions,
): Promise<Found | { why: Phrase }> {
  let log: Log | null = null;
  try {
    log = await readLog(path, { growing: true, ...(columns ? { columns } : {}) });
    const { rows } = log;
    const whole = log;
    const judge = (count: number) =>
      verdictOfLog({ ...whole, rows: rows.slice(0, count) }, holdoutCount, known);
    // Says at once where the log lacks what a verdict needs.
    judge(rows.length);
    return { log, judge };
  } catch (error) {
    if (!(error instanceof InputError) || isFinal(error, log)) throw error;
    return { why: error.phrase };
  }
}

/** Whether no later row can bring what is missing: the names of all columns have been told. */
function isFinal(error: InputError, log: Log | null): boolean {
  if (error.phrase.code === 'errors.log.noHeader') return true;
  if (error instanceof UnknownColumns) return error.isHeaded && !error.available.some(mayTell);
  return log !== null && log.isHeaded && !log.available.some(mayTell);
}

const mayTell = (name: string): boolean =>
  fit(name, 'holdoutAccuracy') !== null ||
  fit(name, 'holdoutLoss') !== null ||
  fit(name, 'predictionChanges') !== null ||
  measureOf(name) !== null;
