/**
 * What is published of plain training and co-teaching on MNIST with wrong labels (Han et al. 2018,
 * Co-teaching, tables 2 and 3): our runs show the same trends. Theirs are of a network of 9 layers in 200
 * epochs, ours of LeNet in fewer, so no figure has to agree. `npm run prove -- methods` takes all 60,000
 * samples and is run only where it is named; the tests see that it can be, by two small runs.
 */
import { join } from 'node:path';
import { mean } from 'simple-statistics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../../core/kinds/read.ts';
import { presets } from '../../../core/kinds/presets.ts';
import { cores } from '../../../core/machine/cores.ts';
import { readMetrics } from '../../../core/run-folder/check.ts';
import { forkWorkers } from '../../../core/sweep/launch.ts';
import type { PlannedRun } from '../../../core/sweep/plan.ts';
import { runSweep } from '../../../core/sweep/sweep.ts';
import { count, IS_WHOLE, temporaryFolder } from './small-run.ts';

const WORKER = join(__dirname, '../../../dist/core/sweep-worker.cjs');
const [TRAIN, TEST, EPOCHS] = [count(500, 60_000), count(200, 10_000), count(2, 50)];
/** The epochs at the end whose mean is told, as in the paper. */
const LAST = 10;
/** Of the published lead of co-teaching, the share that ours has at least. */
const LEAD = 0.25;
const METHODS = ['plain', 'co-teaching'] as const;
const HOURS = 3_600_000;

/** Test accuracies in percent, of the methods in their order. */
type Accuracies = readonly [plain: number, coTeaching: number];

/** The noises, from the easiest to the hardest, and what is published of them. */
const NOISES: readonly { kind: string; rate: number; theirs: Accuracies }[] = [
  { kind: 'symmetric', rate: 0.2, theirs: [94.05, 97.73] },
  { kind: 'symmetric', rate: 0.5, theirs: [66.05, 91.68] },
  { kind: 'pair', rate: 0.45, theirs: [56.52, 87.58] },
];
const PUBLISHED = NOISES.map(({ theirs }) => theirs);
/** Those that are trained on. */
const TRIED = IS_WHOLE ? NOISES : NOISES.slice(1, 2);

const { path: folder, remove } = temporaryFolder();
let ours: Accuracies[];
afterAll(remove);

/** A run for each noise and method, the longest ones first. */
function planned(): PlannedRun[] {
  const { config } = presets().find(({ id }) => id === 'mnist-quick')!;
  const data = { ...config.data, train: TRAIN, holdoutShare: 0, test: TEST };
  const runs = TRIED.flatMap(({ kind, rate }) =>
    METHODS.map((scheme): PlannedRun => {
      const name = `${kind}-${rate}-${scheme}`;
      const training = {
        ...config.training,
        ...{ optimizer: 'adam', learningRate: 0.001, batch: 128, epochs: EPOCHS, threads: 1 },
        ...(scheme === 'plain' ? {} : { scheme, forgetRate: rate, forgetEpochs: 10 }),
      };
      const whole = { ...config, name, data, noise: { ...config.noise, kind, rate }, training };
      return { settings: { kind, rate, scheme }, config: parseConfig(whole, name) };
    }),
  );
  return runs.toSorted((a, b) => Number(isPlain(a)) - Number(isPlain(b)));
}

const isPlain = ({ settings }: PlannedRun): boolean => settings['scheme'] === 'plain';

/** The mean test accuracy of the last epochs of a run, in percent. */
function lastMean(run: string): number {
  const rows = readMetrics(run).slice(-LAST);
  return 100 * mean(rows.map(({ testAccuracy }) => testAccuracy!));
}

/** What of the published trends does not hold, in words. @param found of each of `NOISES`, in their order */
function broken(found: readonly Accuracies[]): string[] {
  const behind = NOISES.flatMap(({ kind, rate, theirs }, i) => {
    const lead = found[i]![1] - found[i]![0];
    const least = LEAD * (theirs[1] - theirs[0]);
    return lead < least ? [`co-teaching leads by ${lead.toFixed(2)} at ${kind} ${rate}`] : [];
  });
  const rising = METHODS.flatMap((method, m) =>
    found.some((row, i) => i > 0 && row[m]! >= found[i - 1]![m]!)
      ? [`${method} does not fall with the noise`]
      : [],
  );
  return [...behind, ...rising];
}

function tableOf(found: readonly Accuracies[]): string {
  const cell = (value: number) => value.toFixed(2).padStart(8);
  const rows = TRIED.flatMap(({ kind, rate, theirs }, i) =>
    METHODS.map((method, m) => {
      const name = `${kind} ${100 * rate} %`.padEnd(16) + method.padEnd(12);
      const [one, other] = [found[i]![m]!, theirs[m]!];
      return [name, cell(one), cell(other), cell(one - other)].join(' | ');
    }),
  );
  const head = `Test accuracy, %, mean of the last ${LAST} of ${EPOCHS} epochs`;
  const titles = ['noise           method      ', '    ours', '  theirs', '  differ'];
  return [head, titles.join(' | '), ...rows, ''].join('\n');
}

beforeAll(async () => {
  const plan = planned();
  const placeOf = ({ config }: PlannedRun) => join(folder, config.name);
  const results = await runSweep(plan, {
    launch: forkWorkers(WORKER),
    jobs: cores(),
    folderOf: (i) => placeOf(plan[i]!),
    signal: new AbortController().signal,
    finished: ({ run, seconds }) => {
      if (IS_WHOLE)
        process.stdout.write(`${run}: ${lastMean(run).toFixed(2)}, ${Math.round(seconds)} s\n`);
    },
  });
  expect(results.map(({ status }) => status)).toEqual(plan.map(() => 'finished'));
  ours = TRIED.map(({ kind, rate }) => {
    const [plain, other] = METHODS.map((scheme) =>
      lastMean(join(folder, `${kind}-${rate}-${scheme}`)),
    );
    return [plain!, other!];
  });
}, 4 * HOURS);

test('the published figures hold the trends, and others break them', () => {
  expect(broken(PUBLISHED)).toEqual([]);
  const [easy, middle, hard] = PUBLISHED as [Accuracies, Accuracies, Accuracies];
  expect(broken([easy, [middle[1], middle[1]], hard])).toEqual([
    'co-teaching leads by 0.00 at symmetric 0.5',
  ]);
  expect(broken([easy, hard, middle])).toHaveLength(2);
});

test('co-teaching is well above plain training, and both fall with the noise', () => {
  const table = tableOf(ours);
  expect(table.match(/^(symmetric|pair) .*\d$/gm)).toHaveLength(TRIED.length * METHODS.length);
  // A network that has hardly begun shows no trend.
  if (!IS_WHOLE) return;
  process.stdout.write(table);
  expect(broken(ours)).toEqual([]);
});
