/** Trains one run of a sweep in a process of its own, or goes on with it. */
import type { Config } from '../contract/config/schema.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { errorPhrase, InputError } from '../contract/words/errors.ts';
import { checkWhole } from '../run-folder/check.ts';
import { isRun, readRunConfig } from '../run-folder/stored.ts';
import type { Summary } from '../run-folder/summary.ts';
import type { Launch } from './launch.ts';
import type { PlannedRun } from './plan.ts';

/** How one run ended. */
export type RunResult = { summary: Summary } | { problem: Phrase };

/**
 * Starts the process; never rejects, for the other runs go on. A run that is there already is
 * resumed where it was cut short, and left alone where it was finished.
 * @param onEpoch told when an epoch is on disk
 * @param signal ends the run in order; what it has trained stays
 */
export function runOne(
  launch: Launch,
  { config }: PlannedRun,
  folder: string,
  onEpoch: (epoch: number) => void,
  signal: AbortSignal,
): Promise<RunResult> {
  const there = isRun(folder);
  const done = there ? finishedSummary(folder) : null;
  if (done) return Promise.resolve({ summary: done });
  let outcome: RunResult | null = null;
  return new Promise<RunResult>((resolve) => {
    const tell = launch({
      news(news) {
        if (news.kind === 'epoch') onEpoch(news.epoch);
        else if (news.kind === 'end') outcome = { summary: news.summary };
        else outcome = { problem: news.problem };
      },
      gone(how) {
        signal.removeEventListener('abort', stop);
        resolve(outcome ?? { problem: errorPhrase('run.processGone', { how }) });
      },
    });
    const stop = () => tell({ kind: 'stop' });
    signal.addEventListener('abort', stop);
    tell(there ? { kind: 'resume', folder } : { kind: 'train', folder, config });
    if (signal.aborted) stop();
  });
}

/** The summary of a run that has nothing left to train; null where it was stopped, failed, cut short or damaged. */
export function finishedSummary(folder: string): Summary | null {
  const { summary, damage } = checkWhole(folder);
  return summary?.status === 'finished' && !damage ? summary : null;
}

/** @throws InputError where a folder holds another run than the one planned for it */
export function refuseStrangers(
  plan: readonly PlannedRun[],
  folderOf: (i: number) => string,
): void {
  plan.forEach(({ config }, i) => {
    const folder = folderOf(i);
    if (!isRun(folder)) return;
    if (isPlanned(readRunConfig(folder).config, config)) return;
    throw new InputError('sweep.otherRun', { folder });
  });
}

/** Whether a run has the Config planned for it, or what the lab chose where that leaves it a choice. */
function isPlanned(stored: Config | null, planned: Config): boolean {
  const { training } = planned;
  const precision =
    training.precision === 'auto' && stored ? stored.training.precision : training.precision;
  const settled = { ...planned, training: { ...training, precision } };
  return JSON.stringify(stored) === JSON.stringify(settled);
}
