/** Progressive early stopping: frozen layers stay, others begin anew, and a resumed run is the same. */
import { describe, expect, test } from 'vitest';
import type { NetworkConfig, TrainingConfig } from '../../core/contract/config/schema.ts';
import { layerBlocks } from '../../core/engine/phases.ts';
import { openSession } from '../../core/engine/session.ts';
import type { Session, State } from '../../core/engine/session.ts';
import { presets } from '../../core/kinds/presets.ts';
import { networkLayers } from '../../core/models/index.ts';
import { randomOf } from '../../core/random.ts';
import { checkScheme } from '../../core/training/prepare.ts';
import { THREADS } from './run-graph.ts';

const [SAMPLES, CLASSES, BATCH] = [24, 3, 8];
const SHAPE = [8, 8, 1] as const;
const STEPS_PER_EPOCH = SAMPLES / BATCH;
const own = presets()[0]!.config;
const random = randomOf(6, 'progressive');
const pixels = Uint8Array.from({ length: SAMPLES * 64 }, () => random.below(256));
const labels = Uint8Array.from({ length: SAMPLES }, () => random.below(CLASSES));

type Training = Partial<TrainingConfig> & { wholeEpochs?: number; laterEpochs?: number };
const PROGRESSIVE: Training = { scheme: 'progressive', wholeEpochs: 2, laterEpochs: 1 };
/** Steps with which the second and the third phase begin. */
const [SECOND, THIRD] = [2 * STEPS_PER_EPOCH, 3 * STEPS_PER_EPOCH];

const layersFor = (network: Partial<NetworkConfig>) =>
  networkLayers({ ...own.network, ...network }, CLASSES, SHAPE);

async function sessionOf(network: Partial<NetworkConfig>, training: Training): Promise<Session> {
  const session = await openSession({
    layers: layersFor(network),
    shape: SHAPE,
    classes: CLASSES,
    samples: SAMPLES,
    dtype: 'uint8',
    mean: 100,
    deviation: 70,
    training: { ...own.training, threads: THREADS, batch: BATCH, ...training },
    stepsPerCall: STEPS_PER_EPOCH,
  });
  session.fill(0, pixels, labels);
  session.start();
  return session;
}

const batchAt = (step: number): Int32Array =>
  Int32Array.from({ length: BATCH }, (_, i) => (step * BATCH + i * 5) % SAMPLES);
const stepOn = (session: Session, number: number, rate = 0.05): number =>
  session.steps(batchAt(number), Float32Array.of(rate), number)[0]!;
function train(session: Session, from: number, to: number, rate?: number): void {
  for (let step = from; step < to; step++) stepOn(session, step, rate);
}

/** Names of the state whose values differ. */
const changed = (before: State, after: State): string[] =>
  [...after.keys()].filter((name) => {
    const [a, b] = [before.get(name)!.data, after.get(name)!.data];
    return a.some((value, i) => value !== b[i]);
  });
const layerOf = (name: string): string =>
  name.replace(/^optimizer\/\w+\//, '').replace(/\/\w+$/, '');
const layersIn = (names: readonly string[]): string[] =>
  [...new Set(names.filter((name) => name.includes('/')).map(layerOf))].sort();

const LATER: [string, Partial<NetworkConfig>, string[]][] = [
  ['mlp', { preset: 'mlp', widths: [12, 12, 8] }, ['dense3', 'output']],
  [
    'resnet',
    { preset: 'resnet', depth: 8 },
    ['output', 'stage3.block1.conv1', 'stage3.block1.conv1.norm'].concat([
      'stage3.block1.conv2',
      'stage3.block1.conv2.norm',
    ]),
  ],
];

describe.each(LATER)('%s', (_name, network, later) => {
  test('trains whole, then its later layers, then its last one; what is frozen keeps every bit', async () => {
    const session = await sessionOf(network, { ...PROGRESSIVE, optimizer: 'momentum' });
    const start = session.read();
    train(session, 0, SECOND);
    const second = session.read();
    expect(layersIn(changed(start, second))).toEqual(layerBlocks(layersFor(network)).flat().sort());
    train(session, SECOND, THIRD);
    const third = session.read();
    expect(layersIn(changed(second, third))).toEqual([...later].sort());
    train(session, THIRD, THIRD + 2 * STEPS_PER_EPOCH);
    expect(layersIn(changed(third, session.read()))).toEqual(['output']);
    session.dispose();
  });

  test('a phase sets what trains in it to its seeded start, without a trace in the optimizer', async () => {
    const session = await sessionOf(network, { ...PROGRESSIVE, optimizer: 'adam' });
    const start = session.read();
    train(session, 0, SECOND);
    const before = session.read();
    // A step of no length leaves the weights as the phase begins; moments begin at zero.
    stepOn(session, SECOND, 0);
    const after = session.read();
    for (const { name } of session.weights) {
      const from = later.includes(layerOf(name)) ? start : before;
      expect(after.get(name)!.data, name).toEqual(from.get(name)!.data);
    }
    // As after the first step of any training.
    const fresh = await sessionOf(network, { optimizer: 'adam' });
    stepOn(fresh, 0, 0);
    for (const [name, { data }] of fresh.read()) {
      if (/Power$/.test(name)) expect(after.get(name)!.data, name).toEqual(data);
    }
    session.dispose();
    fresh.dispose();
  });
});

test.each([
  [LATER[0]![1], SECOND - 1],
  [LATER[0]![1], SECOND],
  [LATER[0]![1], SECOND + 1],
  [LATER[0]![1], THIRD],
  [LATER[1]![1], SECOND],
  [LATER[1]![1], THIRD + 2],
])('%j, restored before step %d, it goes on to the same bits', async (network, at) => {
  const training = { ...PROGRESSIVE, optimizer: 'adam' };
  const whole = await sessionOf(network, training);
  const start = whole.read();
  train(whole, 0, at);
  const resumed = await sessionOf(network, training);
  const weights = [...start].filter(([name]) => !name.startsWith('optimizer/'));
  resumed.restore(whole.read(), new Map(weights));
  train(whole, at, THIRD + 4);
  train(resumed, at, THIRD + 4);
  expect(resumed.read()).toEqual(whole.read());
  whole.dispose();
  resumed.dispose();
});

test('up to the second phase it is plain training, bit for bit; an epoch a call is the same', async () => {
  const network = { preset: 'mlp', widths: [12, 8] };
  const [plain, one, many] = await Promise.all([
    sessionOf(network, { optimizer: 'sgd' }),
    sessionOf(network, { ...PROGRESSIVE, optimizer: 'sgd' }),
    sessionOf(network, { ...PROGRESSIVE, optimizer: 'sgd' }),
  ]);
  train(plain, 0, SECOND);
  train(one, 0, SECOND);
  expect(one.read()).toEqual(plain.read());
  train(one, SECOND, THIRD + STEPS_PER_EPOCH);
  const rates = new Float32Array(STEPS_PER_EPOCH).fill(0.05);
  for (let first = 0; first <= THIRD; first += STEPS_PER_EPOCH) {
    const indices = Array.from({ length: STEPS_PER_EPOCH }, (_, k) => [...batchAt(first + k)]);
    many.steps(Int32Array.from(indices.flat()), rates, first);
  }
  expect(many.read()).toEqual(one.read());
  for (const session of [plain, one, many]) session.dispose();
});

test('a network of one or two layers is refused in one sentence', () => {
  const training = { ...own.training, scheme: 'progressive' };
  const check = (network: Partial<NetworkConfig>) => () =>
    checkScheme({ network: { ...own.network, ...network }, training }, layersFor(network));
  expect(check({ preset: 'mlp', widths: [12, 8] })).not.toThrow();
  expect(check({ preset: 'mlp', widths: [12] })).toThrow(/needs 3 layers with weights or more/);
  expect(check({ preset: 'softmax' })).toThrow(/the network "softmax" has fewer/);
});
