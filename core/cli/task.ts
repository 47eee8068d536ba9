/** `task`: what a queue runs for each run of a sweep's folder. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../contract/words/errors.ts';
import { plain } from '../contract/words/plain.ts';
import { readPlan } from '../sweep/plan-file.ts';
import type { PlacedRun } from '../sweep/plan-file.ts';
import { queuedNumber } from '../sweep/script.ts';
import { doTask } from '../sweep/task.ts';
import { t } from '../terminal/language.ts';
import { printNote, printResult, progressOf } from '../terminal/output.ts';
import { RunFailed } from './run-failed.ts';
import { summaryInWords } from './summary-words.ts';

/** The exit code of what is to be called again: sysexits' EX_TEMPFAIL, for Slurm's RequeueExit. */
const AGAIN = 75;

/** Gives `task` its work. */
export function defineTask(command: Command): void {
  command.action(taskCommand);
}

/**
 * Trains a run, continues it, or leaves it where it is finished.
 * @throws InputError where there is no such run or it cannot begin, or training failed
 */
async function taskCommand(
  sweep: string,
  number: string | undefined,
  { json = false }: { json?: boolean },
): Promise<void> {
  const run = findPlaced(resolve(sweep), number ?? queuedNumber(process.env));
  const progress = progressOf(run.config.training.epochs);
  let stopped = false;
  // Whoever ends it for good sends SIGKILL.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => (stopped = true));
  let failure: unknown;
  const { did, summary } = await doTask(run, {
    stopped: () => stopped,
    opened: (open) =>
      printNote(t('cli.runIn', { name: plain(run.config.name), folder: plain(open.run) })),
    epoch: ({ record }, _verdict, left) => progress.epoch(record, left),
    failed: (error) => (failure = error),
  });
  progress.end();
  if (summary?.problem) throw new RunFailed(summary.problem, failure);
  const isOver = summary?.status === 'finished';
  if (!isOver) process.exitCode = AGAIN;
  const became = isOver || did === 'busy' ? did : 'again';
  printResult(json, { run: run.folder, did, ...(summary && summaryInWords(summary)) }, () =>
    t(`cli.task.${became}`, { folder: plain(run.folder) }),
  );
}

/** @param number as it is typed, from 1 */
function findPlaced(sweep: string, number: string | undefined): PlacedRun {
  const runs = readPlan(sweep);
  if (number === undefined) throw new InputError('sweep.noNumber', { last: runs.length });
  const run = /^\d+$/.test(number) ? runs[Number(number) - 1] : undefined;
  if (run) return run;
  throw new InputError('sweep.number', { number, folder: sweep, last: runs.length });
}
