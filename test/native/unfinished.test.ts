/** Runs stopped inside an epoch: they go on between the same two steps, and end bit for bit as undisturbed. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import { beginRun, reopenRun } from '../../core/runs/begin.ts';
import type { OpenTraining } from '../../core/runs/begin.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { checkRun } from '../../core/run-folder/check.ts';
import { paths } from '../../core/run-folder/files.ts';
import type { Summary } from '../../core/run-folder/summary.ts';
import { numbersOf, temporaryFolder } from './proofs/small-run.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
  // On this clock training breathes after every call, however fast the machine is.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 25));
});
afterAll(() => {
  vi.restoreAllMocks();
  folder.remove();
});

/** MNIST: an epoch takes three calls of 16 steps, and twelve of one. */
function experiment(
  training: object = {},
  network: object = { preset: 'mlp', widths: [32] },
): Config {
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { train: 1920, test: 500 });
  Object.assign(config.network, network);
  Object.assign(config.training, { epochs: 3, batch: 32, threads: 1, ...training });
  return config;
}

/** Trains until so many breaths are drawn in an epoch: the first one comes before its first step. */
async function stopIn(open: OpenTraining, epoch: number, breaths: number): Promise<Summary> {
  let now = open.rows.length;
  let drawn = 0;
  return executeRun(open, {
    stopped: () => now === epoch && ++drawn >= breaths,
    epoch: ({ record }) => (now = record.epoch + 1),
  });
}

interface Head {
  epoch: number;
  steps: number;
  seconds: number;
}
const headOf = (run: string): Head =>
  JSON.parse(readFileSync(join(paths.unfinished(run), 'epoch.json'), 'utf8')) as Head;

/** Everything that training writes, without its times. */
function writtenIn(run: string): object {
  const files = ['dynamics', 'checkpoints', 'probabilities'].flatMap((name) =>
    readdirSync(join(run, name)).map((file) => join(name, file)),
  );
  const bytes = files.map((file) => [file, readFileSync(join(run, file)).toString('base64')]);
  return { rows: numbersOf(run), ...Object.fromEntries(bytes) } as object;
}

const place = (name: string): string => join(folder.path, name);

async function whole(name: string, config: Config): Promise<object> {
  const summary = await executeRun(await beginRun(place(name), config));
  expect(summary.status).toBe('finished');
  return writtenIn(place(name));
}

const STEPS = 1920 / 32;
const CASES: [string, Config][] = [
  ['LeNet, momentum', experiment({}, {})],
  ['adam, cosine, warm-up', experiment({ optimizer: 'adam', schedule: 'cosine', warmup: 1 })],
  ['augmented', experiment({ augment: 'flip-crop' })],
  [
    'two networks',
    experiment({ scheme: 'co-teaching', forgetRate: 0.4, forgetEpochs: 2, measure: 'during' }),
  ],
  ['measured during the epoch', experiment({ measure: 'during', optimizer: 'adadelta' })],
];

describe.each(CASES)('%s', (name, config) => {
  test('stopped twice in one epoch and again in the last, it ends as undisturbed', async () => {
    const undisturbed = await whole(`${name}-whole`, config);
    const run = place(name);
    expect((await stopIn(await beginRun(run, config), 2, 3)).status).toBe('stopped');
    const first = headOf(run);
    expect(first.epoch).toBe(2);
    expect(checkRun(run)).toMatchObject({
      damage: null,
      summary: { status: 'stopped', epochs: 1 },
    });
    await stopIn(await reopenRun(run), 2, 3);
    const second = headOf(run);
    expect(second.epoch).toBe(2);
    expect(second.steps).toBeGreaterThan(first.steps);
    expect(second.steps).toBeLessThan(STEPS);
    expect(second.seconds).toBeGreaterThan(first.seconds);
    await stopIn(await reopenRun(run), 3, 2);
    expect(headOf(run).epoch).toBe(3);
    const taken = headOf(run).seconds;
    expect((await executeRun(await reopenRun(run))).status).toBe('finished');
    expect(writtenIn(run)).toEqual(undisturbed);
    expect(checkRun(run).rows[3]!.seconds).toBeGreaterThan(taken);
    expect(existsSync(paths.unfinished(run))).toBe(false);
  }, 300_000);
});

test('stopped after the last step of an epoch, and while it is evaluated, it ends as undisturbed', async () => {
  const config = experiment({ batch: 4000, measure: 'during' });
  const undisturbed = await whole('large-whole', config);
  const run = place('large');
  await stopIn(await beginRun(run, config), 2, 2);
  expect(headOf(run)).toMatchObject({ epoch: 2, steps: 1 });
  // One breath at the beginning, and one after some of the samples are evaluated.
  await stopIn(await reopenRun(run), 2, 2);
  expect(headOf(run)).toMatchObject({ epoch: 2, steps: 1 });
  await executeRun(await reopenRun(run));
  expect(writtenIn(run)).toEqual(undisturbed);
}, 120_000);

describe('what is kept of an epoch', () => {
  const config = experiment({ measure: 'during' });
  let undisturbed: object;
  beforeAll(async () => {
    undisturbed = await whole('kept-whole', config);
    await stopIn(await beginRun(place('kept'), config), 2, 3);
  }, 120_000);

  /** A copy of the stopped run, changed. */
  function changed(name: string, change: (unfinished: string) => void): string {
    const run = place(name);
    cpSync(place('kept'), run, { recursive: true });
    change(paths.unfinished(run));
    return run;
  }
  const flip = (file: string) => (unfinished: string) => {
    const path = join(unfinished, file);
    const bytes = readFileSync(path);
    bytes[bytes.length - 40]! ^= 1;
    writeFileSync(path, bytes);
  };

  test.each<[string, (unfinished: string) => void]>([
    ['flipped weights', flip('weights.safetensors')],
    ['flipped samples', flip('measured.npz')],
    ['flipped head', flip('epoch.json')],
    ['no head', (unfinished) => rmSync(join(unfinished, 'epoch.json'))],
    ['no samples', (unfinished) => rmSync(join(unfinished, 'measured.npz'))],
  ])(
    '%s: the epoch is trained from its first step, to the same end',
    async (name, change) => {
      const run = changed(name, change);
      expect(checkRun(run).damage).toBe(null);
      expect((await executeRun(await reopenRun(run))).status).toBe('finished');
      expect(writtenIn(run)).toEqual(undisturbed);
    },
    60_000,
  );

  test('that of another run is not taken', async () => {
    const other = experiment({ measure: 'during', seed: 5 });
    await stopIn(await beginRun(place('other'), other), 2, 3);
    const run = changed('foreign', (unfinished) => {
      rmSync(unfinished, { recursive: true });
      cpSync(paths.unfinished(place('other')), unfinished, { recursive: true });
    });
    await executeRun(await reopenRun(run));
    expect(writtenIn(run)).toEqual(undisturbed);
  }, 60_000);

  test('is there still where the run is stopped before its next step', async () => {
    const run = changed('at-once', () => undefined);
    const before = headOf(run);
    await executeRun(await reopenRun(run), { stopped: () => true });
    expect(headOf(run)).toEqual(before);
    await executeRun(await reopenRun(run));
    expect(writtenIn(run)).toEqual(undisturbed);
  }, 60_000);
});
