/** Sweeps that a cluster's queue trains: submitted, followed and collected by their folder. */
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import { InputError } from '../contract/words/errors.ts';
import { plain } from '../contract/words/plain.ts';
import { withCount } from '../contract/messages/verdict.ts';
import { openDataset } from '../data/index.ts';
import type { PlannedRun } from '../sweep/plan.ts';
import { keepPlan, placeRuns, readPlan } from '../sweep/plan-file.ts';
import type { PlacedRun } from '../sweep/plan-file.ts';
import { finishedSummary, refuseStrangers } from '../sweep/run-one.ts';
import { checkSbatch, ranges, writeScript } from '../sweep/script.ts';
import { needSlurm, queuedRuns, submitArray } from '../sweep/slurm.ts';
import { isDone, standingOf } from '../sweep/standing.ts';
import type { SweepResult } from '../sweep/sweep.ts';
import { isRun } from '../run-folder/stored.ts';
import { t, words } from '../terminal/language.ts';
import { printNote, printResult } from '../terminal/output.ts';
import { resultInWords, resultTable, standingTable, sweepProgress } from './sweep-words.ts';
import { collect, refuseOptions, refuseWithoutQueue, wholeNumber } from './usage.ts';

/** Options of runs that a queue trains. */
export interface QueueOptions {
  on?: 'slurm' | 'script';
  atOnce?: number;
  sbatch: string[];
  wait?: boolean;
}

/** Gives a command these options. */
export function takeQueue(command: Command): Command {
  return command
    .addOption(new Option('--on <queue>', t('cli.options.on')).choices(['slurm', 'script']))
    .option('--at-once <number>', t('cli.options.atOnce'), wholeNumber('--at-once'))
    .option('--sbatch <options>', t('cli.options.sbatch'), collect, [])
    .option('--wait', t('cli.options.wait'));
}

/**
 * @param others that say something of a queue too
 * @throws InputError where options of a queue are given without one, or with one that has none such
 */
export function refuseMisfits(
  { on, atOnce, sbatch, wait }: QueueOptions,
  others: Record<string, unknown> = {},
): void {
  const ofSlurm = { '--at-once': atOnce, '--wait': wait };
  if (on === undefined) refuseWithoutQueue({ ...ofSlurm, '--sbatch': sbatch, ...others });
  else if (on === 'script') refuseOptions(ofSlurm, `--on ${on}`);
}

/** Between two looks at the run folders, in ms. */
const PACE = 2000;
/** Looks at the folders before the queue is asked whether anything is still to come. */
const LOOKS = 5;

/**
 * Writes the plan of runs and their script into a folder, and with Slurm submits those that are neither
 * finished nor in the queue already; tells what it did, and follows them where that is asked.
 * @param sweep the absolute path of the folder
 * @returns whether there is nothing to wait for any more, so that results can be told
 * @throws InputError where there is no Slurm, or the folder holds something else
 */
export async function handOver(
  on: 'slurm' | 'script',
  sweep: string,
  runs: readonly PlacedRun[],
  options: QueueOptions & { threads?: number; json?: boolean },
): Promise<boolean> {
  const { threads = 1, atOnce = null, sbatch, json = false } = options;
  checkSbatch(sbatch);
  if (on === 'slurm') needSlurm();
  for (const guess of (await openDataset(runs[0]!.config.data)).inferred)
    printNote(`- ${words(guess)}`);
  keepPlan(sweep, runs);
  refuseStrangers(runs, (i) => runs[i]!.folder);
  const script = writeScript(sweep, threads, sbatch);
  const left = numbersLeft(runs);
  if (on === 'script') {
    const numbers = ranges(left);
    printResult(json, { folder: sweep, script, numbers: left }, () =>
      left.length > 0 ? t('cli.sweep.script', { path: plain(script), numbers }) : allDone(runs),
    );
    return false;
  }
  const queued = queuedRuns(sweep);
  const missing = left.filter((number) => !queued.has(number));
  const job = missing.length > 0 ? submitArray(sweep, script, missing, atOnce) : null;
  if (queued.size > 0) printNote(withCount(t, 'cli.sweep.queued', queued.size, {}));
  if (left.length === 0) printNote(allDone(runs));
  if (job !== null) {
    printNote(withCount(t, 'cli.sweep.submitted', missing.length, { folder: plain(sweep) }));
  }
  if (!options.wait) {
    printResult(json, { job, folder: sweep, numbers: missing }, () => job ?? '');
    return false;
  }
  if (job !== null) printNote(t('cli.sweep.job', { job }));
  await follow(sweep, runs);
  return true;
}

/**
 * A sweep that a queue trains.
 * @throws InputError as `handOver` does, and where no folder is named
 */
export async function queueCommand(
  on: 'slurm' | 'script',
  plan: readonly PlannedRun[],
  options: QueueOptions & { out?: string; threads?: number; json?: boolean },
): Promise<void> {
  if (options.out === undefined) throw new InputError('sweep.needsOut', { on });
  const sweep = resolve(options.out);
  const runs = placeRuns(sweep, plan);
  const isOver = await handOver(on, sweep, runs, options);
  if (isOver) tellResults(runs.map(standingOf), options.json ?? false);
}

const allDone = (runs: readonly PlacedRun[]): string =>
  t('cli.progress.finished', { n: runs.length, all: runs.length });

/** Runs that have something left to train, by their numbers. */
function numbersLeft(runs: readonly PlacedRun[]): number[] {
  return runs.flatMap(({ folder }, i) =>
    isRun(folder) && finishedSummary(folder) !== null ? [] : [i + 1],
  );
}

/** Until every run is finished, or nothing is in the queue that could finish one. */
async function follow(sweep: string, runs: readonly PlacedRun[]): Promise<void> {
  const { progress, finished } = sweepProgress(runs.length);
  let waiting = runs;
  for (let look = 1; waiting.length > 0; look++) {
    const isOver = look % LOOKS === 0 && isQueueEmpty(sweep);
    const now = waiting.map(standingOf);
    now.filter(isDone).forEach(finished);
    waiting = waiting.filter((_, i) => !isDone(now[i]!));
    progress(shareOf(runs, waiting, now));
    if (isOver) return;
    if (waiting.length > 0) await wait(PACE);
  }
}

/** Which share of all epochs is trained. */
function shareOf(
  runs: readonly PlacedRun[],
  waiting: readonly PlacedRun[],
  now: readonly SweepResult[],
): number {
  const sum = (some: readonly PlacedRun[]) =>
    some.reduce((epochs, { config }) => epochs + config.training.epochs, 0);
  const trained = now.filter((one) => !isDone(one)).reduce((all, { epochs }) => all + epochs, 0);
  return (sum(runs) - sum(waiting) + trained) / sum(runs);
}

/** A controller that does not answer now may do so later. */
function isQueueEmpty(sweep: string): boolean {
  try {
    return queuedRuns(sweep).size === 0;
  } catch {
    return false;
  }
}

/** Tells how the runs of a sweep's folder stand. @throws InputError where it is none */
export function statusCommand(folder: string, json: boolean): void {
  const runs = readPlan(resolve(folder));
  const results = runs.map(standingOf);
  const finished = results.filter(isDone).length;
  const told = { finished, of: runs.length, runs: results.map(resultInWords) };
  printResult(json, told, () =>
    [
      t('cli.progress.finished', { n: finished, all: runs.length }),
      standingTable(
        results,
        runs.map(({ config }) => config.training.epochs),
      ),
      ...results.flatMap(({ run, problem }) =>
        problem ? [`${plain(run)}: ${words(problem)}`] : [],
      ),
    ].join('\n'),
  );
}

/** Prints the table that a sweep on this machine ends with. @throws InputError where a folder is no sweep's */
export function collectCommand(folder: string, json: boolean): void {
  tellResults(readPlan(resolve(folder)).map(standingOf), json);
}

function tellResults(results: readonly SweepResult[], json: boolean): void {
  printResult(json, { runs: results.map(resultInWords) }, () => resultTable(results));
  const left = results.filter((result) => !isDone(result)).length;
  if (left > 0) printNote(withCount(t, 'cli.sweep.left', left, {}));
  if (results.some(({ status }) => status === 'failed')) process.exitCode = 1;
}
