/** Runs a sweep: a process a run, so many at a time. */
import type { Phrase } from '../contract/words/phrase.ts';
import type { Summary } from '../run-folder/summary.ts';
import type { PlannedRun } from './plan.ts';
import type { Launch } from './launch.ts';
import { refuseStrangers, runOne } from './run-one.ts';
import type { RunResult } from './run-one.ts';

/** One line of a sweep's result. Figures are null where the run has none. */
export interface SweepResult {
  /** The run's folder. */
  run: string;
  settings: Record<string, unknown>;
  status: Summary['status'] | 'not started' | 'running';
  /** Why it failed, in one sentence. */
  problem: Phrase | null;
  /** Epochs trained. */
  epochs: number;
  /** Epochs that were planned and not trained, since the run stopped by itself. */
  savedEpochs: number;
  /** The recommended epoch. */
  recommended: number | null;
  testAtStop: number | null;
  testBest: number | null;
  testLast: number | null;
  seconds: number;
}

/** How a sweep is run and followed. */
export interface SweepOptions {
  /** Starts a run's process. */
  launch: Launch;
  /** Runs at a time. */
  jobs: number;
  /** The folder of the run with a number, from 0. */
  folderOf: (index: number) => string;
  /** Ends the running ones in order and starts no more. */
  signal: AbortSignal;
  /** After each epoch of any run, with the share of all epochs that are done, 0 to 1. */
  progress?: (share: number) => void;
  /** After each run. */
  finished?: (result: SweepResult) => void;
}

/**
 * Trains every run and returns their results in the order of the plan. A failed run stops no other.
 * Runs that are there already are not trained again: finished ones count, others are resumed.
 * @throws InputError where a folder holds another run than the one planned for it
 */
export async function runSweep(
  plan: readonly PlannedRun[],
  options: SweepOptions,
): Promise<SweepResult[]> {
  refuseStrangers(plan, options.folderOf);
  const share = new Progress(plan);
  const results = plan.map((run, i) => resultOf(run, options.folderOf(i), null));
  const waiting = plan.map((run, index) => ({ run, index }));
  const slot = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (options.signal.aborted) return;
      const { run, index } = next;
      const folder = options.folderOf(index);
      const onEpoch = (epoch: number) => options.progress?.(share.trained(index, epoch));
      const outcome = await runOne(options.launch, run, folder, onEpoch, options.signal);
      results[index] = resultOf(run, folder, outcome);
      share.ended(index);
      options.finished?.(results[index]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, plan.length) }, slot));
  return results;
}

/** Which share of all epochs is done. */
class Progress {
  private readonly done: number[];

  constructor(private readonly plan: readonly PlannedRun[]) {
    this.done = plan.map(() => 0);
  }

  trained(index: number, epoch: number): number {
    this.done[index] = epoch;
    const all = this.plan.reduce((sum, { config }) => sum + config.training.epochs, 0);
    return this.done.reduce((sum, epochs) => sum + epochs, 0) / all;
  }

  /** A run that failed leaves nothing to wait for. */
  ended(index: number): void {
    this.done[index] = this.plan[index]!.config.training.epochs;
  }
}

/**
 * What there is to say of a run.
 * @param run its folder
 * @param outcome null where it was not started
 */
export function resultOf(
  { settings }: PlannedRun,
  run: string,
  outcome: RunResult | null,
): SweepResult {
  const none = {
    problem: null,
    epochs: 0,
    savedEpochs: 0,
    recommended: null,
    testAtStop: null,
    testBest: null,
    testLast: null,
    seconds: 0,
  };
  if (!outcome) return { run, settings, status: 'not started', ...none };
  if ('problem' in outcome) {
    return { run, settings, status: 'failed', ...none, problem: outcome.problem };
  }
  const { status, problem, epochs, savedEpochs, verdict, seconds } = outcome.summary;
  const { testAtStop, testBest, testLast } = outcome.summary;
  const tests = { testAtStop, testBest, testLast };
  const recommended = verdict?.epoch ?? null;
  return { run, settings, status, problem, epochs, savedEpochs, recommended, ...tests, seconds };
}
