/** The plan of a sweep. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { planSweep } from '../../core/sweep/plan.ts';
import { writeSealed } from '../../core/disk/sealed.ts';
import { hasPlan, keepPlan, placeRuns, readPlan, runNames } from '../../core/sweep/plan-file.ts';
import { queuedNumber, ranges } from '../../core/sweep/script.ts';

const base = presets()[0]!.config;
const settingsOf = (...overs: string[]) => planSweep(base, overs).map(({ settings }) => settings);

test('is the cross product, the last field changing fastest', () => {
  expect(settingsOf('noise.rate=0,0.4', 'training.seed=1,2')).toEqual([
    { 'noise.rate': 0, 'training.seed': 1 },
    { 'noise.rate': 0, 'training.seed': 2 },
    { 'noise.rate': 0.4, 'training.seed': 1 },
    { 'noise.rate': 0.4, 'training.seed': 2 },
  ]);
});

test('takes texts and lists as values', () => {
  const plan = planSweep(base, ['training.optimizer=sgd, adam', 'network.widths=[],[4,8,60,40]']);
  expect(plan.map(({ config }) => [config.training.optimizer, config.network.widths])).toEqual([
    ['sgd', []],
    ['sgd', [4, 8, 60, 40]],
    ['adam', []],
    ['adam', [4, 8, 60, 40]],
  ]);
});

test('changes nothing but the fields swept over, the name and the threads', () => {
  const [run] = planSweep(base, ['noise.rate=0.1']);
  expect(run!.config).toEqual({
    ...base,
    name: `${base.name}, noise.rate 0.1`,
    noise: { ...base.noise, rate: 0.1 },
    training: { ...base.training, threads: 1 },
  });
});

test.each([
  [[], /--over is missing/],
  [['noise.rate'], /--over noise\.rate: write path=value,value/],
  [['noise.rate='], /--over noise\.rate=: write path=value,value/],
  [['noise.rat=1,2'], /--over: there is no field rat; the fields are kind, rate, seed/],
  [['noise.rate=0.1,2'], /--over noise\.rate=2: noise\.rate is 2; it must be a number from 0 to 1/],
  [['noise.rate=0', 'noise.rate=1'], /--over noise\.rate is given twice/],
  [['training.threads=1,2'], /--over training\.threads: each run of a sweep trains on one thread/],
])('%j is refused', (overs, message) => {
  expect(() => planSweep(base, overs)).toThrow(message);
});

test.each([
  [[], ''],
  [[4], '4'],
  [[1, 2, 3], '1-3'],
  [[1, 3, 4, 9], '1,3-4,9'],
])('numbers %j are the array %s', (numbers, array) => {
  expect(ranges(numbers)).toBe(array);
});

test('a task takes its number from whichever queue tells one', () => {
  expect(queuedNumber({ SLURM_ARRAY_TASK_ID: '7' })).toBe('7');
  expect(queuedNumber({ PBS_ARRAY_INDEX: '2', SGE_TASK_ID: 'undefined' })).toBe('2');
  expect(queuedNumber({ SGE_TASK_ID: 'undefined' })).toBeUndefined();
});

test('run folders sort in the order of their numbers', () => {
  expect(runNames(2)).toEqual(['run-1', 'run-2']);
  const many = runNames(120);
  expect(many.toSorted()).toEqual(many);
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-plan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a plan is kept as it is, and read again', () => {
  const sweep = emptyFolder();
  expect(hasPlan(sweep)).toBe(false);
  const runs = placeRuns(sweep, planSweep(base, ['training.seed=0,1']), ['noise-0.2-a', 'b']);
  keepPlan(sweep, runs);
  expect(readPlan(sweep)).toEqual(runs);
  expect(readPlan(sweep)[0]!.folder).toBe(join(sweep, 'noise-0.2-a'));
});

test('it may get more runs at its end, and becomes no other', () => {
  const sweep = emptyFolder();
  const place = (over: string) => placeRuns(sweep, planSweep(base, [over]));
  keepPlan(sweep, place('training.seed=0,1'));
  const longer = place('training.seed=0,1,2');
  keepPlan(sweep, longer);
  expect(readPlan(sweep)).toEqual(longer);
  for (const other of ['training.seed=0,1', 'training.seed=0,2,1', 'noise.rate=0,0.1,0.2']) {
    expect(() => keepPlan(sweep, place(other)), other).toThrow(/holds another sweep/);
  }
  expect(readPlan(sweep)).toEqual(longer);
});

test.each(['../run-1', 'a/b', '.', '..', '', '/etc', 'a..', 'A', '.hidden'])(
  'a plan that names the folder %j is refused',
  (folder) => {
    const sweep = emptyFolder();
    const [run] = planSweep(base, ['training.seed=0']);
    writeSealed(join(sweep, 'sweep.json'), { version: 1, runs: [{ ...run, folder }] });
    expect(() => readPlan(sweep)).toThrow(/sweep\.json is damaged/);
  },
);
