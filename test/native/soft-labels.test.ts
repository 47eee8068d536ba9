/** Labels that are shared between two classes: the step against tfjs, and a run from a file of corrections. */
import type * as TF from '@tensorflow/tfjs-node';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config, TrainingConfig } from '../../core/contract/config/schema.ts';
import { openSession } from '../../core/engine/session.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { presets } from '../../core/kinds/presets.ts';
import { networkLayers } from '../../core/models/index.ts';
import { randomOf } from '../../core/random.ts';
import { paths } from '../../core/run-folder/files.ts';
import { readNpz } from '../../core/run-folder/npz.ts';
import { beginRun, reopenRun } from '../../core/runs/begin.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { prepare } from '../../core/training/prepare.ts';
import { THREADS } from './run-graph.ts';

const SHAPE = [1, 1, 6] as const;
const CLASSES = 4;
const SAMPLES = 24;
const RATE = 0.5;
const own = presets()[0]!.config;

let tf: typeof TF;
let folder: string;
beforeAll(async () => {
  tf = await loadTensorFlow(THREADS);
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-soft-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const random = randomOf(4, 'soft labels test');
const values = Float32Array.from({ length: SAMPLES * 6 }, () => 2 * random.real() - 1);
const labels = Uint8Array.from({ length: SAMPLES }, () => random.below(CLASSES));
const soft = {
  others: Uint8Array.from({ length: SAMPLES }, () => random.below(CLASSES)),
  // A third is not shared at all.
  shares: Float32Array.from({ length: SAMPLES }, (_, i) => (i % 3 === 0 ? 0 : random.real() / 2)),
};

/** The weights of softmax regression before and after a step on all samples. */
async function stepped(training: Partial<TrainingConfig>, shared: typeof soft | null) {
  const session = await openSession({
    layers: networkLayers({ ...own.network, preset: 'softmax' }, CLASSES, SHAPE),
    ...{ shape: SHAPE, classes: CLASSES, samples: SAMPLES, dtype: 'float32', mean: 0 },
    deviation: 1,
    training: {
      ...own.training,
      ...{ optimizer: 'sgd', batch: SAMPLES, threads: THREADS, weightDecay: 0, clipNorm: 0 },
      ...training,
    },
    soft: shared !== null,
    stepsPerCall: 1,
  });
  session.fill(0, values, labels, shared);
  session.start();
  const before = session.read();
  const loss = session.steps(Int32Array.from(labels.keys()), Float32Array.of(RATE), 0)[0]!;
  const after = session.read();
  session.dispose();
  const names = session.weights.map(({ variable }) => variable.name);
  const of = (state: typeof before) => names.map((name) => state.get(name)!);
  return { before: of(before), after: of(after), loss };
}

/** The same by tfjs's own differentiation, on targets written out. */
function byTfjs(before: Awaited<ReturnType<typeof stepped>>['before'], smoothing: number) {
  const target = tf.tidy(() => {
    const hot = (of: Uint8Array) => tf.oneHot(tf.tensor1d(Int32Array.from(of), 'int32'), CLASSES);
    const share = tf.tensor2d(soft.shares, [SAMPLES, 1]);
    const mixed = tf.add(tf.mul(hot(labels), tf.sub(1, share)), tf.mul(hot(soft.others), share));
    return tf.add(tf.mul(mixed, 1 - smoothing), smoothing / CLASSES);
  });
  const x = tf.tensor2d(values, [SAMPLES, 6]);
  const loss = (...[w, b]: TF.Tensor[]) =>
    tf.mean(tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(tf.add(tf.matMul(x, w!), b!))), 1)));
  const weights = before.map(({ data, shape }) => tf.tensor(data, [...shape]));
  const moved = tf
    .grads(loss)(weights)
    .map((d, i) => tf.sub(weights[i]!, tf.mul(d, RATE)));
  return {
    loss: (loss(...weights).dataSync() as Float32Array)[0]!,
    after: moved.map((one) => one.dataSync() as Float32Array),
  };
}

describe('a step on soft labels', () => {
  test.each([0, 0.2])('is that of tfjs, with label smoothing %d', async (labelSmoothing) => {
    const found = await stepped({ labelSmoothing }, soft);
    const wanted = byTfjs(found.before, labelSmoothing);
    expect(found.loss).toBeCloseTo(wanted.loss, 5);
    found.after.forEach(({ data }, i) =>
      data.forEach((value, at) => expect(value).toBeCloseTo(wanted.after[i]![at]!, 5)),
    );
  });

  test('is that of hard labels where no share is given', async () => {
    const none = { others: soft.others, shares: new Float32Array(SAMPLES) };
    const [shared, hard] = [await stepped({}, none), await stepped({}, null)];
    expect(shared.loss).toBeCloseTo(hard.loss, 6);
    expect(shared.after).toEqual(hard.after);
  });
});

describe('a run on soft labels', () => {
  const config = (corrections: string): Config => ({
    ...own,
    data: { ...own.data, source: join(folder, 'rows.csv'), train: 200, test: 40, corrections },
    noise: { ...own.noise, kind: 'none' },
    network: { ...own.network, preset: 'softmax' },
    training: { ...own.training, epochs: 4, batch: 20, threads: THREADS },
  });

  test('trains on them, says so, and goes on with them bit for bit', async () => {
    const rows = Array.from({ length: 300 }, (_, i) =>
      [i / 300, (i * 7) % 11, 'abc'[i % 3]].join(),
    );
    writeFileSync(join(folder, 'rows.csv'), `x,y,label\n${rows.join('\n')}\n`);
    const hard = await prepare(config(''));
    const at = (i: number) => String(hard.split.train[i]!);
    const names = hard.dataset.classes;
    const given = (i: number) => names[hard.train.given[i]!]!;
    const other = (i: number) => names[(hard.train.given[i]! + 1) % 3]!;
    const file = join(folder, 'corrections.csv');
    const lines = [
      [at(0), other(0), 0.75],
      [at(1), other(1), 0.25],
      [at(2), other(2), ''],
    ];
    writeFileSync(file, `id,label,share\n${lines.map((line) => line.join()).join('\n')}\n`);
    const prepared = await prepare(config(file));
    const named = (code: number | undefined) => names[code!];
    const label = (i: number) => named(prepared.train.given[i]);
    const second = (i: number) => named(prepared.train.soft!.others[i]);
    expect([label(0), label(1), label(2)]).toEqual([other(0), given(1), other(2)]);
    expect([second(0), second(1)]).toEqual([given(0), other(1)]);
    expect([...prepared.train.soft!.shares.slice(0, 3)]).toEqual([0.25, 0.25, 0]);
    expect(prepared.inferred.map(({ code }) => code)).toContain('data.notes.softened');

    const [whole, broken] = [join(folder, 'whole'), join(folder, 'broken')];
    await executeRun(await beginRun(whole, config(file)));
    let epoch = 0;
    await executeRun(await beginRun(broken, config(file)), {
      stopped: () => epoch === 2,
      epoch: (view) => (epoch = view.record.epoch),
    });
    await executeRun(await reopenRun(broken));
    const end = (run: string) => readFileSync(paths.checkpoint(run, 4));
    expect(end(broken)).toEqual(end(whole));
    expect(
      readNpz(readFileSync(paths.labels(whole)), 'labels')['train_shares']!.slice(0, 2),
    ).toEqual(Float32Array.of(0.25, 0.25));
    // Another share is another experiment.
    writeFileSync(
      file,
      `id,label,share\n${at(0)},${other(0)},0.6\n${lines[1]!.join()}\n${lines[2]!.join()}\n`,
    );
    await expect(reopenRun(broken)).rejects.toThrow();
  });

  test.each(['0', '1.5', '-0.2', 'half'])('refuses a share of %s', async (share) => {
    const file = join(folder, 'wrong.csv');
    writeFileSync(file, `id,label,share\n5,a,${share}\n`);
    await expect(prepare(config(file))).rejects.toThrow(/row 2: the share/);
  });
});
