/** How the runs of a sweep's folder stand, told by the run folders alone. */
import { InputError } from '../contract/words/errors.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { checkRun } from '../run-folder/check.ts';
import { isLocked } from '../run-folder/lock.ts';
import { isRun } from '../run-folder/stored.ts';
import { problemOf } from './plan-file.ts';
import type { PlacedRun } from './plan-file.ts';
import { resultOf } from './sweep.ts';
import type { SweepResult } from './sweep.ts';

/** The result of a run as far as it has come. */
export function standingOf(run: PlacedRun): SweepResult {
  const { folder } = run;
  // Asked first: a run that ends meanwhile counts as running still, and never as cut short.
  const isRunning = isLocked(folder);
  if (!isRun(folder)) {
    const problem = isRunning ? null : problemOf(folder);
    const none = resultOf(run, folder, problem ? { problem } : null);
    return isRunning ? { ...none, status: 'running' } : none;
  }
  try {
    const { rows, summary, damage } = checkRun(folder);
    const last = rows.at(-1)?.epoch ?? 0;
    if (isRunning) return underWay(run, 'running', last, null);
    if (summary && !damage) return resultOf(run, folder, { summary });
    return underWay(run, 'interrupted', last, damage);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return resultOf(run, folder, { problem: error.phrase });
  }
}

const underWay = (
  run: PlacedRun,
  status: 'running' | 'interrupted',
  epochs: number,
  problem: Phrase | null,
): SweepResult => ({ ...resultOf(run, run.folder, null), status, epochs, problem });

/** Whether a run has nothing left to train. */
export const isDone = ({ status }: SweepResult): boolean => status === 'finished';
