/** `sweep`: trains a config with every combination of some settings. */
import { join, resolve } from 'node:path';
import { openDataset } from '../data/index.ts';
import { cores } from '../lab/execute.ts';
import { plain } from '../protocol/plain.ts';
import { digits, percent } from '../report/format.ts';
import { newRunId } from '../runs/write.ts';
import { forkWorkers } from '../sweep/launch.ts';
import { planSweep, settingsText, valueText } from '../sweep/plan.ts';
import { runSweep } from '../sweep/sweep.ts';
import type { SweepResult } from '../sweep/sweep.ts';
import { words } from './language.ts';
import { duration, printResult, say, table } from './output.ts';
import { dataSettings, findConfig, fitted, runsFolder } from './places.ts';
import type { DataOptions } from './places.ts';

/** Options of `sweep`. */
export interface SweepCommandOptions extends DataOptions {
  over: string[];
  set: string[];
  jobs?: number;
  out?: string;
  json?: boolean;
}

/** How often progress is told where no run ends, in ms. */
const TELL = 10_000;

/** Runs a sweep. Exit code 1 where a run failed. @throws InputError where config or options are wrong */
export async function sweepCommand(source: string, options: SweepCommandOptions): Promise<void> {
  const settings = [...dataSettings(options), ...options.set];
  const config = await fitted(source, settings, findConfig(source, settings));
  const plan = planSweep(config, options.over);
  const folders = foldersOf(config.name, plan.length, options.out);
  const jobs = options.jobs ?? cores();
  say(`${plan.length} runs, ${Math.min(jobs, plan.length)} at a time, on one thread each`);
  for (const guess of (await openDataset(config.data)).inferred) say(`- ${words(guess)}`);
  const stop = new AbortController();
  // The first Ctrl+C ends the running ones in order; a second one ends this process, and they
  // notice that.
  process.once('SIGINT', () => {
    say('Stopping; what is trained stays.');
    stop.abort();
  });
  const results = await runSweep(plan, {
    launch: forkWorkers(join(__dirname, 'sweep-worker.cjs')),
    jobs,
    folderOf: (i) => folders[i]!,
    signal: stop.signal,
    ...progressOf(plan.length),
  });
  printResult(options.json ?? false, { runs: results }, () => resultTable(results));
  if (results.some(({ status }) => status === 'failed')) process.exitCode = 1;
}

/** A folder a run: numbered in the folder given, or side by side with all other runs. */
function foldersOf(name: string, count: number, out: string | undefined): string[] {
  const number = (i: number) => String(i + 1).padStart(String(count).length, '0');
  const base = out === undefined ? join(runsFolder(), newRunId(name)) : resolve(out, 'run');
  return Array.from({ length: count }, (_, i) => `${base}-${number(i)}`);
}

/** Lines on stderr: after each run, and now and then between. */
function progressOf(count: number) {
  const from = performance.now();
  let ended = 0;
  let told = from;
  let share = 0;
  const line = () => {
    told = performance.now();
    const left = share > 0 ? ((told - from) / 1000) * (1 / share - 1) : null;
    const time = left === null || ended === count ? '' : `, about ${duration(left)} left`;
    return `${ended} of ${count} finished${time}`;
  };
  return {
    progress: (now: number) => {
      share = now;
      if (performance.now() - told > TELL) say(line());
    },
    finished: (result: SweepResult) => {
      const { settings, problem, recommended, testAtStop } = result;
      ended++;
      const stop = recommended === null ? '' : `, stop at ${recommended}`;
      const test = testAtStop === null ? '' : `, test there ${percent(testAtStop)}`;
      const how = problem ?? `${statusWord(result)}${stop}${test}`;
      say(`${line()}  (${plain(`${settingsText(settings)}: ${how}`)})`);
    },
  };
}

/** How a run ended; one that ended early because the best was past says so. */
function statusWord({ status, savedEpochs }: SweepResult): string {
  return savedEpochs > 0 ? 'stopped by itself' : status;
}

function resultTable(results: readonly SweepResult[]): string {
  const paths = Object.keys(results[0]!.settings);
  const head = ['Run', ...paths, 'Status', 'Stop at', 'Test there', 'Best', 'Last'];
  const rows = results.map((result) => [
    result.run,
    ...paths.map((path) => valueText(result.settings[path])),
    statusWord(result),
    digits(result.recommended),
    percent(result.testAtStop),
    percent(result.testBest),
    percent(result.testLast),
  ]);
  return table(head, rows);
}
