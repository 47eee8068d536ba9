/** Runs that a figure is made of, each in a folder of its own: of most figures every noise level with every seed. */
import { errorPhrase, InputError } from '../contract/words/errors.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../kinds/read.ts';
import type { Config } from '../contract/config/schema.ts';
import { cores } from '../machine/cores.ts';
import type { EpochRecord, Verdict } from '../contract/messages/records.ts';
import { isRun } from '../run-folder/stored.ts';
import { readMetrics } from '../run-folder/check.ts';
import type { PlannedRun } from '../sweep/plan.ts';
import { finishedSummary } from '../sweep/run-one.ts';
import { runSweep } from '../sweep/sweep.ts';
import { prepare } from '../training/prepare.ts';
import { phrase } from '../contract/drawing/parts.ts';
import type { Making } from './figure.ts';

/** One run of a figure. */
export interface FigureRun {
  /** The name of its folder in that of the figure. */
  key: string;
  /** What it differs by from the others. */
  settings: PlannedRun['settings'];
  config: Config;
}

/** A run at a noise level. */
export interface LevelRun extends FigureRun {
  /** Share of labels that are redrawn or made wrong, 0 to 1. */
  level: number;
  seed: number;
}

/** A run as far as it has been trained. */
export type RunSoFar<R extends FigureRun> = R & Trained;

/** A run at a noise level, as far as it has been trained. */
export type FoundRun = RunSoFar<LevelRun>;

/** What there is of a run. */
interface Trained {
  folder: string;
  rows: EpochRecord[];
  /** The recommendation, once the run is complete. */
  verdict: Verdict | null;
  complete: boolean;
}

/** The runs as a sweep has them, and the names of their folders. */
export function asPlan(runs: readonly FigureRun[]): { plan: PlannedRun[]; names: string[] } {
  const plan = runs.map(({ settings, config }) => ({ settings, config }));
  return { plan, names: runs.map(({ key }) => key) };
}

/**
 * Every level with every seed. The seed makes the noise and the weights; the samples stay the same.
 * @param base the Config of all; its noise rate and seeds are replaced
 * @param levels 0 to 1
 */
export function levelRuns(base: Config, levels: readonly number[], seeds: number): LevelRun[] {
  return Array.from({ length: seeds }, (_, seed) =>
    levels.map((level) => {
      const { noise, training } = base;
      const name = `${base.name}, noise ${level}, seed ${seed}`;
      const kind = level === 0 ? ('none' as const) : noise.kind;
      const config = {
        ...base,
        name,
        noise: { ...noise, kind, rate: level, seed },
        training: { ...training, seed, threads: 1 },
      };
      const key = `noise-${level}-seed-${seed}`;
      return { key, settings: { level, seed }, level, seed, config: parseConfig(config, name) };
    }),
  ).flat();
}

/** Reads what there is of each run; those that have not begun have no rows. */
export function readRuns<R extends FigureRun>(folder: string, runs: readonly R[]): RunSoFar<R>[] {
  return runs.map((run) => {
    const place = join(folder, run.key);
    const there = existsSync(place) && isRun(place);
    const summary = there ? finishedSummary(place) : null;
    return {
      ...run,
      folder: place,
      rows: there ? readMetrics(place) : [],
      verdict: summary?.verdict ?? null,
      complete: summary !== null,
    };
  });
}

/** Whether nothing, some or all of the runs are done. */
export function stateOf(runs: readonly Trained[]): 'empty' | 'partial' | 'complete' {
  if (runs.every(({ complete }) => complete)) return 'complete';
  return runs.some(({ rows }) => rows.length > 0) ? 'partial' : 'empty';
}

/** @throws InputError where the data cannot be read or are too small, before any process is started */
export async function checkRuns(runs: readonly FigureRun[]): Promise<void> {
  await prepare(runs[0]!.config);
}

/** How often more is shown, in ms. */
const SHOW = 1000;

/**
 * Trains what is missing, a process a core.
 * @param more called when an epoch more of any run is there, at most once a second, and at the end
 * @throws InputError where the data do not fit, RunFailed where a run failed
 */
export async function makeRuns(
  runs: readonly FigureRun[],
  { folder, signal, launch, progress }: Making,
  more: () => void,
): Promise<void> {
  await checkRuns(runs);
  const { plan, names } = asPlan(runs);
  let shown = 0;
  let ended = 0;
  const results = await runSweep(plan, {
    launch,
    jobs: cores(),
    folderOf: (i) => join(folder, names[i]!),
    signal,
    progress(share) {
      progress(share, phrase('figures.doing.runs', { done: ended, of: runs.length }));
      if (performance.now() - shown < SHOW) return;
      shown = performance.now();
      more();
    },
    finished() {
      ended++;
      more();
    },
  });
  more();
  const failed = results.find(({ problem }) => problem !== null);
  if (failed?.problem)
    throw new InputError(errorPhrase('run.ofFigure', { run: failed.run, why: failed.problem }));
}
