/** What is said of a sweep: its progress, its results, and how they stand. */
import { digits, percent } from '../contract/words/numbers.ts';
import { plain } from '../contract/words/plain.ts';
import { settingsText, valueText } from '../sweep/plan.ts';
import type { SweepResult } from '../sweep/sweep.ts';
import { t, words } from '../terminal/language.ts';
import { printNote, roughTime, runStatus, table } from '../terminal/output.ts';

/** How often progress is told where no run ends, in ms. */
const TELL = 10_000;

/** Lines on stderr: after each run, and now and then between. */
export function sweepProgress(count: number) {
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
export const resultInWords = ({ problem, ...result }: SweepResult) => ({
  ...result,
  problem: problem && words(problem),
  problemCode: problem,
});

/** The results as a table, a row a run. */
export function resultTable(results: readonly SweepResult[]): string {
  const titles = [
    t('cli.columns.stopAt'),
    t('cli.columns.testThere'),
    t('cli.columns.best'),
    t('cli.columns.last'),
  ];
  return runTable(results, titles, (result) => [
    digits(result.recommended),
    percent(result.testAtStop),
    percent(result.testBest),
    percent(result.testLast),
  ]);
}

/** How runs stand, a row a run. @param epochs that each is to train */
export function standingTable(results: readonly SweepResult[], epochs: readonly number[]): string {
  return runTable(results, [t('cli.columns.epochs')], (result, i) => [
    `${result.epochs}/${epochs[i]}`,
  ]);
}

/** A table that begins with the folder, the settings and the status of each run. */
function runTable(
  results: readonly SweepResult[],
  titles: readonly string[],
  cells: (result: SweepResult, i: number) => string[],
): string {
  const paths = Object.keys(results[0]!.settings);
  const head = [t('cli.columns.run'), ...paths, t('cli.columns.status'), ...titles];
  const rows = results.map((result, i) => [
    result.run,
    ...paths.map((path) => valueText(result.settings[path])),
    runStatus(result),
    ...cells(result, i),
  ]);
  return table(head, rows);
}
