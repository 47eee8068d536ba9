/** `sweep`: trains a config with every combination of some settings. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { openDataset } from '../data/index.ts';
import { cores } from '../machine/cores.ts';
import { plain } from '../contract/words/plain.ts';
import { withCount } from '../contract/messages/verdict.ts';
import { digits, percent } from '../contract/words/numbers.ts';
import { newRunId } from '../run-folder/write.ts';
import { startsWorkers } from '../sweep/launch.ts';
import { planSweep, settingsText, valueText } from '../sweep/plan.ts';
import { runSweep } from '../sweep/sweep.ts';
import type { SweepResult } from '../sweep/sweep.ts';
import { t, words } from '../terminal/language.ts';
import { roughTime, printResult, printNote, runStatus, table } from '../terminal/output.ts';
import { takeData } from './choices.ts';
import { dataSettings, findConfig, fitted, runsFolder } from './places.ts';
import type { DataOptions } from './places.ts';
import { collect, wholeNumber } from './usage.ts';

/** Options of `sweep`. */
interface SweepCommandOptions extends DataOptions {
  over: string[];
  set: string[];
  jobs?: number;
  out?: string;
  json?: boolean;
}

/** How often progress is told where no run ends, in ms. */
const TELL = 10_000;

/** Gives `sweep` its options and its work. */
export function defineSweep(command: Command): void {
  takeData(command)
    .option('--over <path=value,...>', t('cli.options.over'), collect, [])
    .option('--set <path=value>', t('cli.options.set'), collect, [])
    .option('--jobs <number>', t('cli.options.jobs'), wholeNumber('--jobs'))
    .option('--out <folder>', t('cli.options.outRuns'))
    .action(sweepCommand);
}

/** Runs a sweep. Exit code 1 where a run failed. @throws InputError where config or options are wrong */
async function sweepCommand(source: string, options: SweepCommandOptions): Promise<void> {
  const settings = [...dataSettings(options), ...options.set];
  const config = await fitted(source, settings, findConfig(source, settings));
  const plan = planSweep(config, options.over);
  const folders = foldersOf(config.name, plan.length, options.out);
  const jobs = options.jobs ?? cores();
  printNote(withCount(t, 'cli.sweep.begins', plan.length, { jobs: Math.min(jobs, plan.length) }));
  for (const guess of (await openDataset(config.data)).inferred) printNote(`- ${words(guess)}`);
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
    ...progressOf(plan.length),
  });
  printResult(options.json ?? false, { runs: results.map(resultInWords) }, () =>
    resultTable(results),
  );
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
    const finished = t('cli.progress.finished', { n: ended, all: count });
    if (left === null || ended === count) return finished;
    return `${finished}, ${t('cli.left', { time: roughTime(left) })}`;
  };
  return {
    progress: (now: number) => {
      share = now;
      if (performance.now() - told > TELL) printNote(line());
    },
    finished: (result: SweepResult) => {
      const { settings, problem, recommended, testAtStop } = result;
      ended++;
      const how = [
        runStatus(result),
        ...(recommended === null ? [] : [t('cli.sweep.stopAt', { epoch: recommended })]),
        ...(testAtStop === null ? [] : [t('cli.sweep.testThere', { share: percent(testAtStop) })]),
      ].join(', ');
      printNote(`${line()}  (${plain(settingsText(settings))}: ${problem ? words(problem) : how})`);
    },
  };
}

/** A result with its problem as a sentence, and its code beside it. */
const resultInWords = ({ problem, ...result }: SweepResult) => ({
  ...result,
  problem: problem && words(problem),
  problemCode: problem,
});

function resultTable(results: readonly SweepResult[]): string {
  const paths = Object.keys(results[0]!.settings);
  const head = [
    t('cli.columns.run'),
    ...paths,
    t('cli.columns.status'),
    t('cli.columns.stopAt'),
    t('cli.columns.testThere'),
    t('cli.columns.best'),
    t('cli.columns.last'),
  ];
  const rows = results.map((result) => [
    result.run,
    ...paths.map((path) => valueText(result.settings[path])),
    runStatus(result),
    digits(result.recommended),
    percent(result.testAtStop),
    percent(result.testBest),
    percent(result.testLast),
  ]);
  return table(head, rows);
}
