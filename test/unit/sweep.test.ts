/** The plan of a sweep. */
import { expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { planSweep } from '../../core/sweep/plan.ts';
import { runNames } from '../../core/sweep/plan-file.ts';
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
