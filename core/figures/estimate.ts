/** How long the runs of a figure will take here: by training one of them for a moment. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../contract/config/schema.ts';
import { temporaryFolder } from '../disk/temporary.ts';
import { cores } from '../machine/cores.ts';
import { readMetrics } from '../run-folder/check.ts';
import type { Launch } from '../sweep/launch.ts';
import { runSweep } from '../sweep/sweep.ts';
import { checkRuns } from './level-runs.ts';
import type { FoundRun } from './level-runs.ts';

/** Samples of the trial: enough that an epoch is timed, few enough that it is over in seconds. */
const TRIAL = 1000;

/**
 * Seconds that are left: the runs' epochs by the time of a small one's second epoch, in which all
 * parts of the data are smaller by the same factor, and their starts. The trial fills every core,
 * as the runs will.
 * @returns null where the trial failed
 * @throws InputError where the data cannot be read or are too small
 */
export async function estimateRuns(
  runs: readonly FoundRun[],
  launch: Launch,
): Promise<number | null> {
  const left = runs.filter(({ complete }) => !complete);
  if (left.length === 0) return 0;
  await checkRuns(left);
  const jobs = Math.min(cores(), left.length);
  const { config } = left[0]!;
  const factor = Math.min(1, TRIAL / config.data.train);
  const folder = temporaryFolder('trial');
  const began = performance.now();
  try {
    const trial = { settings: {}, config: trialOf(config, factor) };
    const folderOf = (i: number) => join(folder, `trial-${i}`);
    const { signal } = new AbortController();
    await runSweep(
      Array.from({ length: jobs }, () => trial),
      { launch, jobs, folderOf, signal },
    );
    const wall = (performance.now() - began) / 1000;
    const trained = Array.from({ length: jobs }, (_, i) => readMetrics(folderOf(i)));
    const epoch = Math.max(...trained.map((rows) => rows.at(-1)?.seconds ?? 0)) / factor;
    if (epoch === 0) return null;
    const within = Math.max(...trained.map((rows) => rows.reduce((sum, r) => sum + r.seconds, 0)));
    const start = wall - within;
    const seconds = left.map((run) => start + epoch * epochsLeft(run));
    return Math.max(sum(seconds) / jobs, ...seconds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const epochsLeft = ({ config, rows }: FoundRun) =>
  config.training.epochs - (rows.at(-1)?.epoch ?? 0);

/** The same run with fewer samples in every part, and two epochs, whose second is the timed one. */
function trialOf(config: Config, factor: number): Config {
  const { data, training } = config;
  const train = Math.max(20, Math.round(data.train * factor));
  return {
    ...config,
    data: { ...data, train, test: Math.round(data.test * factor) },
    training: { ...training, epochs: 2, stopChance: 0 },
  };
}
