/** Hidden layers in bfloat16: gradients, predictions, repeating, resuming, and the lab's own choice. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../core/contract/words/errors.ts';
import type { Config, NetworkConfig, TrainingConfig } from '../../core/contract/config/schema.ts';
import type { Precision } from '../../core/engine/forward.ts';
import { openSession } from '../../core/engine/session.ts';
import type { Session, State } from '../../core/engine/session.ts';
import { presets } from '../../core/kinds/presets.ts';
import { networkLayers } from '../../core/models/index.ts';
import { randomOf } from '../../core/random.ts';
import { readMetrics } from '../../core/run-folder/check.ts';
import { paths } from '../../core/run-folder/files.ts';
import { readRunConfig } from '../../core/run-folder/stored.ts';
import { beginRun, reopenRun } from '../../core/runs/begin.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { refuseStrangers } from '../../core/sweep/run-one.ts';
import { choosePrecision } from '../../core/training/precision.ts';
import { prepare } from '../../core/training/prepare.ts';
import { THREADS } from './run-graph.ts';

const own = presets()[0]!.config;
const SAMPLES = 64;
const random = randomOf(3, 'precision test');
const labels = Uint8Array.from({ length: SAMPLES }, () => random.below(10));
const indices = Int32Array.from({ length: SAMPLES }, (_, i) => i);

interface Net {
  network: Partial<NetworkConfig>;
  shape: readonly [number, number, number];
  training?: Partial<TrainingConfig>;
}
const NETS: Record<string, Net> = {
  'paper-cnn': { network: { preset: 'paper-cnn', widths: [8, 16, 32] }, shape: [28, 28, 1] },
  lenet: { network: { preset: 'lenet' }, shape: [28, 28, 1] },
  mlp: { network: { preset: 'mlp', activation: 'tanh' }, shape: [28, 28, 1] },
  resnet: { network: { preset: 'resnet', depth: 8 }, shape: [32, 32, 3] },
  theory: {
    network: { preset: 'theory', activation: 'softplus' },
    shape: [20, 1, 1],
    training: { loss: 'squared' },
  },
};

async function open({ network, shape, training }: Net, precision: Precision): Promise<Session> {
  const session = await openSession({
    layers: networkLayers({ ...own.network, ...network }, 10, shape),
    shape,
    classes: 10,
    samples: SAMPLES,
    dtype: 'uint8',
    mean: 127,
    deviation: 74,
    precision,
    training: {
      ...own.training,
      ...training,
      optimizer: 'sgd',
      batch: SAMPLES,
      threads: THREADS,
    },
    stepsPerCall: 1,
  });
  const pixels = randomOf(4, 'pixels');
  const size = SAMPLES * shape[0] * shape[1] * shape[2];
  session.fill(
    0,
    Uint8Array.from({ length: size }, () => pixels.below(256)),
    labels,
  );
  session.start();
  return session;
}

/** The gradient by one step of plain gradient descent at a learning rate of 1. */
function gradientOf(session: Session): { name: string; values: Float32Array }[] {
  const before = session.read();
  session.steps(indices, Float32Array.of(1), 0);
  const after = session.read();
  return session.weights.map(({ variable: { name } }) => ({
    name,
    values: before.get(name)!.data.map((w, i) => w - after.get(name)!.data[i]!),
  }));
}

const norm = (values: Iterable<number>): number =>
  Math.sqrt([...values].reduce((sum, value) => sum + value * value, 0));
const flat = (parts: { values: Float32Array }[]): number[] => parts.flatMap((p) => [...p.values]);

/** To 8 significant bits, ties to even, by the bits of a float32. */
function rounded(data: Float32Array): Float32Array {
  const words = new Uint32Array(data.slice().buffer);
  const short = words.map((word) => ((word + 0x7fff + ((word >>> 16) & 1)) & 0xffff0000) >>> 0);
  return new Float32Array(short.buffer);
}

describe.each(Object.entries(NETS))('%s', (_, net) => {
  let plain: Session;
  let short: Session;
  beforeAll(async () => {
    [plain, short] = [await open(net, 'float32'), await open(net, 'bfloat16')];
  }, 60_000);
  afterAll(() => [plain, short].forEach((session) => session.dispose()));

  test('bfloat16 has the gradient of float32 within the error of its 8 bits', async () => {
    const start: State = plain.read();
    const wanted = flat(gradientOf(plain));
    const found = flat(gradientOf(short));
    // What rounding the weights alone does to the gradient, all else in float32.
    const short8 = new Map([...start].map(([n, w]) => [n, { ...w, data: rounded(w.data) }]));
    const starts = new Map(plain.weights.map(({ variable: { name } }) => [name, start.get(name)!]));
    plain.restore(short8, starts);
    const byRounding = flat(gradientOf(plain));
    const error = (values: number[]) => norm(values.map((v, i) => v - wanted[i]!)) / norm(wanted);
    expect(error(found)).toBeGreaterThan(0);
    expect(error(found)).toBeLessThan(3 * error(byRounding));
  });
});

describe('a run in bfloat16', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-precision-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const config = (changes: Partial<TrainingConfig>): Config => {
    const made = structuredClone(own);
    Object.assign(made.data, { train: 1000, test: 500 });
    made.network.dropout = 0.2;
    const given = { epochs: 4, threads: THREADS, precision: 'bfloat16', ...changes };
    made.training = { ...made.training, ...given } as TrainingConfig;
    return made;
  };
  const rows = (name: string) =>
    readMetrics(join(folder, name)).map(({ seconds: _seconds, ...row }) => row);
  const end = (name: string) => readFileSync(paths.checkpoint(join(folder, name), 4));
  const trainIn = async (name: string, of: Config, last = of.training.epochs): Promise<void> => {
    let stopped = false;
    await executeRun(await beginRun(join(folder, name), of), {
      stopped: () => stopped,
      epoch: ({ record }) => (stopped = record.epoch === last),
    });
  };

  test('is repeated and resumed bit for bit, and is another than in float32', async () => {
    await trainIn('whole', config({}));
    await trainIn('again', config({}));
    await trainIn('cut', config({}), 2);
    await executeRun(await reopenRun(join(folder, 'cut')));
    await trainIn('plain', config({ precision: 'float32' }));
    expect(rows('again')).toEqual(rows('whole'));
    expect(rows('cut')).toEqual(rows('whole'));
    expect(end('cut').equals(end('whole'))).toBe(true);
    expect(rows('plain')).not.toEqual(rows('whole'));
    // It learns as well: 4 epochs take LeNet from chance to far above it in either.
    const last = (name: string) => rows(name).at(-1)!.testAccuracy!;
    expect(Math.abs(last('whole') - last('plain'))).toBeLessThan(0.05);
  }, 120_000);

  test('left to the lab, a short run is float32, and the Config that is kept says so', async () => {
    const asked = config({ precision: 'auto' });
    const { settled, lock } = await beginRun(join(folder, 'auto'), asked);
    lock.release();
    expect(settled).toEqual({ precision: 'float32', speed: null });
    expect(readRunConfig(join(folder, 'auto')).config!.training.precision).toBe('float32');
    // A sweep or figure that is gone on with knows it again, and no other.
    const refuse = (planned: Config) => () =>
      refuseStrangers([{ settings: {}, config: planned }], () => join(folder, 'auto'));
    expect(refuse(asked)).not.toThrow();
    expect(refuse(config({ precision: 'float32' }))).not.toThrow();
    expect(refuse(config({ precision: 'bfloat16' }))).toThrow(InputError);
    expect(refuse(config({ precision: 'auto', seed: 1 }))).toThrow(InputError);
  }, 60_000);

  test('left to the lab, a long run is what was faster here', async () => {
    const long = config({ precision: 'auto', epochs: 5000, batch: 32 });
    long.network = { ...long.network, preset: 'paper-cnn', widths: [8, 16, 32], dropout: 0 };
    const { precision, speed } = await choosePrecision(await prepare(long));
    expect(speed).toBeGreaterThanOrEqual(0);
    expect(precision).toBe(speed! >= 1.1 ? 'bfloat16' : 'float32');
  }, 60_000);
});
