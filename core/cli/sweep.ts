/** `sweep`: trains a config with every combination of some settings, here or by a cluster's queue. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';
import { withCount } from '../contract/messages/verdict.ts';
import { openDataset } from '../data/index.ts';
import { cores } from '../machine/cores.ts';
import { newRunId } from '../run-folder/write.ts';
import { startsWorkers } from '../sweep/launch.ts';
import { planSweep } from '../sweep/plan.ts';
import type { PlannedRun } from '../sweep/plan.ts';
import { keepPlan, placeRuns, runNames } from '../sweep/plan-file.ts';
import { refuseStrangers } from '../sweep/run-one.ts';
import { runSweep } from '../sweep/sweep.ts';
import { t, words } from '../terminal/language.ts';
import { printNote, printResult } from '../terminal/output.ts';
import { takeData } from './choices.ts';
import { dataSettings, findConfig, fitted, runsFolder } from './places.ts';
import type { DataOptions } from './places.ts';
import {
  collectCommand,
  queueCommand,
  refuseMisfits,
  statusCommand,
  takeQueue,
} from './sweep-queue.ts';
import type { QueueOptions } from './sweep-queue.ts';
import { resultInWords, resultTable, sweepProgress } from './sweep-words.ts';
import { refuseDecided, withTransition } from './transition.ts';
import { collect, refuseOptions, wholeNumber } from './usage.ts';

/** Options of `sweep`. */
interface SweepCommandOptions extends DataOptions, QueueOptions {
  over: string[];
  set: string[];
  transitionFrom?: string;
  out?: string;
  json?: boolean;
  jobs?: number;
  threads?: number;
  status?: string;
  collect?: string;
}

/** Gives `sweep` its options and its work. */
export function defineSweep(command: Command): void {
  takeData(command)
    .option('--over <path=value,...>', t('cli.options.over'), collect, [])
    .option('--set <path=value>', t('cli.options.set'), collect, [])
    .option('--transition-from <run>', t('cli.options.transitionFrom'))
    .option('--jobs <number>', t('cli.options.jobs'), wholeNumber('--jobs'))
    .option('--threads <number>', t('cli.options.threads'), wholeNumber('--threads'))
    .option('--out <folder>', t('cli.options.outRuns'));
  takeQueue(command)
    .option('--status <folder>', t('cli.options.sweepStatus'))
    .option('--collect <folder>', t('cli.options.collect'))
    .action(sweepCommand);
}

/**
 * Runs a sweep, hands it to a queue, or tells how one stands. Exit code 1 where a run failed.
 * @throws InputError where config or options are wrong
 */
async function sweepCommand(
  source: string | undefined,
  options: SweepCommandOptions,
): Promise<void> {
  refuseMixed(source, options);
  const json = options.json ?? false;
  if (options.status !== undefined) return statusCommand(options.status, json);
  if (options.collect !== undefined) return collectCommand(options.collect, json);
  if (source === undefined) throw new InputError('sweep.noConfig');
  const settings = [...dataSettings(options), ...options.set];
  refuseDecided(options.transitionFrom, settings);
  let config = await fitted(source, settings, findConfig(source, settings));
  if (options.transitionFrom !== undefined) {
    config = await withTransition(config, options.transitionFrom);
  }
  const plan = planSweep(config, options.over, options.threads);
  if (options.on === undefined) return sweepHere(config, plan, options);
  await queueCommand(options.on, plan, options);
}

/** @throws InputError where options do not go together */
function refuseMixed(source: string | undefined, options: SweepCommandOptions): void {
  const { over, set, transitionFrom, out, jobs, threads, on, atOnce, sbatch, wait, status } =
    options;
  const queue = { '--at-once': atOnce, '--wait': wait };
  const anyQueue = { '--sbatch': sbatch, '--threads': threads };
  const own = { '--over': over, '--set': set, '--transition-from': transitionFrom };
  const all = { ...own, '--out': out, '--jobs': jobs, '--on': on };
  if (status !== undefined) {
    const others = { ...all, ...queue, ...anyQueue, '--collect': options.collect };
    refuseOptions({ ...others, [source ?? '']: source }, '--status');
  } else if (options.collect !== undefined) {
    refuseOptions({ ...all, ...queue, ...anyQueue, [source ?? '']: source }, '--collect');
  } else {
    refuseMisfits(options, { '--threads': threads });
    if (on !== undefined) refuseOptions({ '--jobs': jobs }, `--on ${on}`);
  }
}

async function sweepHere(
  config: Config,
  plan: readonly PlannedRun[],
  { jobs = cores(), out, json = false }: SweepCommandOptions,
): Promise<void> {
  const folders = foldersOf(config.name, plan.length, out);
  printNote(withCount(t, 'cli.sweep.begins', plan.length, { jobs: Math.min(jobs, plan.length) }));
  for (const guess of (await openDataset(config.data)).inferred) printNote(`- ${words(guess)}`);
  refuseStrangers(plan, (i) => folders[i]!);
  if (out !== undefined) keepPlan(resolve(out), placeRuns(resolve(out), plan));
  const stop = new AbortController();
  // The first Ctrl+C ends the running ones in order; a second one ends this process, and they
  // notice that.
  process.once('SIGINT', () => {
    printNote(t('cli.sweep.stopping'));
    stop.abort();
  });
  const results = await runSweep(plan, {
    launch: startsWorkers(),
    jobs,
    folderOf: (i) => folders[i]!,
    signal: stop.signal,
    ...sweepProgress(plan.length),
  });
  printResult(json, { runs: results.map(resultInWords) }, () => resultTable(results));
  if (results.some(({ status }) => status === 'failed')) process.exitCode = 1;
}

/** A folder a run: numbered in the folder given, or side by side with all other runs. */
function foldersOf(name: string, count: number, out: string | undefined): string[] {
  const base = out === undefined ? join(runsFolder(), newRunId(name)) : resolve(out);
  return runNames(count).map((run) =>
    out === undefined ? base + run.slice('run'.length) : join(base, run),
  );
}
