/** Exported models give what the run itself said of its training samples. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tfjs from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import { openDataset } from '../../core/data/index.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { exportRun } from '../../core/export/index.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { beginRun } from '../../core/runs/begin.ts';
import { keepModel } from '../../core/run-folder/checkpoints.ts';
import { paths } from '../../core/run-folder/files.ts';
import type { Labels } from '../../core/data/labels.ts';
import { readDynamics, readLabels } from '../../core/run-folder/read.ts';
import { gatherValues } from '../../core/training/features.ts';
import { THREADS } from './run-graph.ts';

const SAMPLES = 256;
const EPOCHS = 2;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Changes = { network: Partial<Config['network']>; training?: Partial<Config['training']> };

const NETWORKS: [string, Changes][] = [
  ['lenet', { network: { preset: 'lenet' } }],
  ['mlp', { network: { preset: 'mlp', activation: 'softplus' } }],
  ['resnet', { network: { preset: 'resnet', depth: 8, widths: [8, 16, 32] } }],
  [
    'theory',
    {
      network: { preset: 'theory', activation: 'tanh' },
      training: { loss: 'squared', learningRate: 1e-4 },
    },
  ],
];

async function trained(name: string, { network, training = {} }: Changes): Promise<string> {
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { train: 500, test: 0 });
  Object.assign(config.network, network);
  Object.assign(config.training, { epochs: EPOCHS, threads: THREADS }, training);
  const run = join(folder, name);
  expect((await executeRun(await beginRun(run, config))).problem).toBeNull();
  return run;
}

function exported(run: string, format: string, epoch = EPOCHS): string {
  return exportRun(run, format, epoch, () => join(run, `${format}-${epoch}`)).folder;
}

/** What a loaded model says. */
interface Answer {
  logits: Float32Array;
  outputs: number;
  classes: Int32Array;
}

type Model = { predict: (inputs: tfjs.NamedTensorMap) => unknown };

async function ask(model: Model, run: string): Promise<Answer> {
  const { train } = await openDataset({
    source: 'mnist',
    reading: presets()[0]!.config.data.reading,
  });
  const places = readLabels(run).trainIndex.subarray(0, SAMPLES);
  const images = Int32Array.from(gatherValues(train.values, places, 784));
  return tfjs.tidy(() => {
    const out = model.predict({ images: tfjs.tensor(images, [SAMPLES, 28, 28, 1], 'int32') }) as {
      logits: tfjs.Tensor;
      classes: tfjs.Tensor;
    };
    return {
      logits: out.logits.dataSync<'float32'>(),
      outputs: out.logits.shape[1]!,
      classes: out.classes.dataSync<'int32'>(),
    };
  });
}

/** The loss of each sample, by its definition and in double precision. */
function lossesOf({ logits, outputs }: Answer, given: Labels): number[] {
  return Array.from(given.subarray(0, SAMPLES), (label, i) => {
    const row = Array.from(logits.subarray(i * outputs, (i + 1) * outputs));
    if (outputs === 1) return 0.5 * (row[0]! - (-1 + (2 * label) / 9)) ** 2;
    return Math.log(row.reduce((sum, x) => sum + Math.exp(x - row[label]!), 0));
  });
}

function expectSame(answer: Answer, run: string, epoch = EPOCHS): void {
  const wanted = readDynamics(run, epoch);
  expect([...answer.classes]).toEqual([...wanted.predicted.subarray(0, SAMPLES)]);
  const losses = lossesOf(answer, readLabels(run).given);
  const away = losses.map((loss, i) => Math.abs(loss - wanted.loss[i]!) / Math.max(1, loss));
  expect(Math.max(...away)).toBeLessThan(1e-5);
}

/** Reads a folder as a browser would over the network. */
const reader = (place: string): tfjs.io.IOHandler => ({
  load: () => {
    const json = JSON.parse(readFileSync(join(place, 'model.json'), 'utf8')) as tfjs.io.ModelJSON;
    return tfjs.io.getModelArtifactsForJSON(json, (manifest) => {
      const bytes = readFileSync(join(place, manifest[0]!.paths[0]!));
      const specs = manifest.flatMap(({ weights }) => weights);
      return Promise.resolve([specs, Uint8Array.from(bytes).buffer]);
    });
  },
});

async function onPlainBackend<R>(use: () => Promise<R>): Promise<R> {
  await tfjs.setBackend('cpu');
  try {
    return await use();
  } finally {
    await tfjs.setBackend('tensorflow');
  }
}

describe.each(NETWORKS)('%s', (name, changes) => {
  let run: string;
  beforeAll(async () => {
    run = await trained(name, changes);
  });

  test('as a SavedModel predicts as the run did', async () => {
    const tf = await loadTensorFlow(THREADS);
    const model = await tf.node.loadSavedModel(
      exported(run, 'savedmodel'),
      ['serve'],
      'serving_default',
    );
    expectSame(await ask(model as Model, run), run);
    model.dispose();
  });

  test('as a TensorFlow.js model predicts as the run did, without native code', async () => {
    await onPlainBackend(async () => {
      const model = await tfjs.loadGraphModel(reader(exported(run, 'tfjs')));
      expectSame(await ask(model, run), run);
      model.dispose();
    });
  });
});

describe('which weights', () => {
  test('the recommended epoch, or the one that is asked for', async () => {
    const run = join(folder, 'lenet');
    const { epoch } = exportRun(run, 'savedmodel', null, () => join(run, 'recommended'));
    expect([1, 2]).toContain(epoch);
    await onPlainBackend(async () => {
      const model = await tfjs.loadGraphModel(reader(exported(run, 'tfjs', 0)));
      expectSame(await ask(model, run), run, 0);
    });
  });

  test('a kept model does where its checkpoint was deleted; without both one is told', () => {
    const run = join(folder, 'mlp');
    keepModel(run, 1);
    rmSync(paths.checkpoint(run, 1));
    expect(exported(run, 'savedmodel', 1)).toContain('savedmodel-1');
    rmSync(paths.kept(run, 1));
    expect(() => exported(run, 'savedmodel', 1)).toThrow(
      /no weights of epoch 1; choose another with --epoch, from 0, 2\./,
    );
  });

  test('weights of another network are refused', () => {
    const run = join(folder, 'theory');
    const other = readFileSync(paths.checkpoint(join(folder, 'lenet'), 1));
    writeFileSync(paths.checkpoint(run, 1), other);
    expect(() => exported(run, 'tfjs', 1)).toThrow(
      /is damaged: its content is not what was written/,
    );
    // A run of a version without checksums shows it by the names of its weights.
    const {
      sums: _sums,
      sha256: _sha,
      ...old
    } = JSON.parse(readFileSync(paths.config(run), 'utf8')) as Record<string, unknown>;
    writeFileSync(paths.config(run), JSON.stringify(old));
    expect(() => exported(run, 'tfjs', 1)).toThrow(/has no hidden\/kernel/);
  });
});

test('the README says input, range and classes', () => {
  const text = (run: string) =>
    readFileSync(join(exported(join(folder, run), 'tfjs'), 'README.txt'), 'utf8');
  expect(text('lenet')).toMatch(/batch x 28 x 28 x 1 .*pixels from 0 to 255/);
  expect(text('lenet')).toMatch(/batch x 10: a softmax/);
  expect(text('lenet')).toMatch(/Classes:\n {2}0: 0\n/);
  expect(text('theory')).toMatch(/batch x 1: fitted to -1/);
});
