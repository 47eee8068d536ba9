/** The plan of a sweep. */
import { expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { planSweep } from '../../core/sweep/plan.ts';

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
