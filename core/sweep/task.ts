/** One run of a sweep's folder: trained, gone on with, or left alone; called again, it does what is left. */
import { setTimeout as wait } from 'node:timers/promises';
import { InputError, phraseOf } from '../contract/words/errors.ts';
import { isLocked, STALE } from '../run-folder/lock.ts';
import { isRun } from '../run-folder/stored.ts';
import type { Summary } from '../run-folder/summary.ts';
import { beginRun, reopenRun } from '../runs/begin.ts';
import type { OpenTraining } from '../runs/begin.ts';
import { executeRun } from '../runs/execute.ts';
import type { Follower } from '../runs/execute.ts';
import { keepProblem } from './plan-file.ts';
import type { PlacedRun } from './plan-file.ts';
import { finishedSummary, refuseStrangers } from './run-one.ts';

/** What became of a task. `busy`: another process trains the run. */
export type TaskEnd =
  { did: 'train' | 'resume' | 'skip'; summary: Summary } | { did: 'busy'; summary: null };

/** How a task is followed. */
export interface TaskFollower extends Follower {
  stopped: () => boolean;
  /** Before its first epoch. */
  opened?: (open: OpenTraining) => void;
}

/** Between two looks at a folder that another process owns, in ms. */
const PACE = 500;
/** The owner may be a process that was killed on another machine: its silence tells so in time. In ms. */
const PATIENCE = 1.25 * STALE;

/**
 * Does what is left of a run. Why it cannot begin is kept beside its folder, since a task has nobody
 * who would read it.
 * @throws InputError where it cannot begin, or its folder holds another run; DiskError
 */
export async function doTask(run: PlacedRun, follower: TaskFollower): Promise<TaskEnd> {
  const { folder } = run;
  if (!(await isFree(folder, follower.stopped))) return { did: 'busy', summary: null };
  const done = isRun(folder) ? finishedSummary(folder) : null;
  if (done) return { did: 'skip', summary: done };
  const did = isRun(folder) ? 'resume' : 'train';
  try {
    refuseStrangers([run], () => folder);
    const open = did === 'train' ? await beginRun(folder, run.config) : await reopenRun(folder);
    keepProblem(folder, null);
    follower.opened?.(open);
    return { did, summary: await executeRun(open, follower) };
  } catch (error) {
    // Another task was faster.
    if (isBusy(error)) return { did: 'busy', summary: null };
    keepProblem(folder, phraseOf(error, folder));
    throw error;
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof InputError && error.phrase.code === 'errors.run.locked';

/** Waits until nobody owns a folder; false where that takes too long, or waiting is to end. */
async function isFree(folder: string, stopped: () => boolean): Promise<boolean> {
  const until = performance.now() + PATIENCE;
  while (isLocked(folder)) {
    if (stopped() || performance.now() > until) return false;
    await wait(PACE);
  }
  return true;
}
