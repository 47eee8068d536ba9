/** How long the runs of a figure will take here: by training one of them for a moment. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../contract/config/schema.ts';
import { temporaryFolder } from '../disk/temporary.ts';
import { cores } from '../machine/cores.ts';
import { readMetrics } from '../run-folder/check.ts';
import type { Launch } from '../sweep/launch.ts';
import { runSweep } from '../sweep/sweep.ts';
import { checkRuns } from './figure-runs.ts';
import type { FigureRun, RunSoFar } from './figure-runs.ts';

/** Samples of the trial: enough that an epoch is timed, few enough that it is over in seconds. */
const TRIAL = 1000;
/**
 * Seconds of a run in float32 below which it does not choose its precision (`training/precision.ts`), so
 * that a second trial would tell nothing.
 */
const SHORT = 30;

/**
 * Seconds that are left: the runs' epochs by the time of a small one's second epoch, in which all
 * parts of the data are smaller by the same factor, and their starts. The trial fills every core, as the
 * runs will; where they are long enough to choose their precision there is one of each.
 * @returns null where the trial failed
 * @throws InputError where the data cannot be read or are too small
 */
export async function estimateRuns(
  runs: readonly RunSoFar<FigureRun>[],
  launch: Launch,
): Promise<number | null> {
  const left = runs.filter(({ complete }) => !complete);
  if (left.length === 0) return 0;
  await checkRuns(left);
  const jobs = Math.min(cores(), left.length);
  const { config } = left[0]!;
  const factor = Math.min(1, TRIAL / config.data.train);
  const tried: Trial[] = [];
  for (const precision of precisionsOf(config)) {
    const whole = ((tried[0]?.epoch ?? Infinity) / factor) * config.training.epochs;
    if (whole < SHORT) break;
    const trial = trialOf(config, factor, precision);
    const found = await tryOn(trial, jobs, launch);
    if (found) tried.push(found);
  }
  if (tried.length === 0) return null;
  // Runs that choose their precision choose the faster one.
  const { start, epoch } = tried.reduce((a, b) => (b.epoch < a.epoch ? b : a));
  const seconds = left.map((run) => start + (epoch / factor) * epochsLeft(run));
  return Math.max(sum(seconds) / jobs, ...seconds);
}

/** Those that its runs may have, float32 first. */
const precisionsOf = ({ training: { precision } }: Config): readonly SettledPrecision[] =>
  precision === 'auto' ? ['float32', 'bfloat16'] : [precision];

type SettledPrecision = Exclude<Config['training']['precision'], 'auto'>;

/** Seconds that a trial took to start, and for its last epoch. */
interface Trial {
  start: number;
  epoch: number;
}

/** The same small run on every core at once; null where it failed. */
async function tryOn(config: Config, jobs: number, launch: Launch): Promise<Trial | null> {
  const folder = temporaryFolder('trial');
  const began = performance.now();
  try {
    const folderOf = (i: number) => join(folder, `trial-${i}`);
    const { signal } = new AbortController();
    const plan = Array.from({ length: jobs }, () => ({ settings: {}, config }));
    await runSweep(plan, { launch, jobs, folderOf, signal });
    const wall = (performance.now() - began) / 1000;
    const trained = Array.from({ length: jobs }, (_, i) => readMetrics(folderOf(i)));
    const epoch = Math.max(...trained.map((rows) => rows.at(-1)?.seconds ?? 0));
    if (epoch === 0) return null;
    const within = Math.max(...trained.map((rows) => rows.reduce((all, r) => all + r.seconds, 0)));
    return { start: wall - within, epoch };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const epochsLeft = ({ config, rows }: RunSoFar<FigureRun>) =>
  config.training.epochs - (rows.at(-1)?.epoch ?? 0);

/** The same run with fewer samples in every part, and two epochs, whose second is the timed one. */
function trialOf(config: Config, factor: number, precision: SettledPrecision): Config {
  const { data, training } = config;
  const train = Math.max(20, Math.round(data.train * factor));
  return {
    ...config,
    data: { ...data, train, test: Math.round(data.test * factor) },
    training: { ...training, precision, epochs: 2, stopChance: 0, stopFitted: 0 },
  };
}
