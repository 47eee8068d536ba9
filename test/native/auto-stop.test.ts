/** A run that ends by itself once past the best: what it saves, what it keeps, and under kills. */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import { exportRun } from '../../core/export/index.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { beginRun, reopenRun } from '../../core/runs/begin.ts';
import { reportText } from '../../core/report/index.ts';
import { paths } from '../../core/run-folder/files.ts';
import { rowOf } from '../../core/run-folder/list.ts';
import { checkRun, readMetrics } from '../../core/run-folder/check.ts';
import type { Summary } from '../../core/run-folder/summary.ts';

const CORE = join(__dirname, '../../dist/core/process.cjs');
const EPOCHS = 40;

let folder: string;
let whole: string;
let summary: Summary;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-auto-'));
  whole = join(folder, 'whole');
  summary = await executeRun(await beginRun(whole, config()));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The ready experiment that stops by itself, made to take two seconds. */
function config(): Config {
  const found = structuredClone(presets().find(({ id }) => id === 'mnist-auto')!.config);
  Object.assign(found.data, { train: 1000, test: 500 });
  found.network.preset = 'mlp';
  return found;
}

/** Starts or resumes in a process of its own, killed once so many epochs are on disk. */
async function killedAt(epoch: number, runs: string, request: object): Promise<string> {
  const child = fork(CORE, [runs], { silent: true });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const id = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { event?: string; id?: unknown; error?: string }) => {
      if (message.error) reject(new Error(message.error));
      if (message.event !== 'run.epoch') return;
      const run = String(message.id);
      if (readMetrics(join(runs, run)).length <= epoch) return;
      child.kill('SIGKILL');
      resolve(run);
    });
    child.send({ id: 1, ...request });
  });
  await gone;
  return id;
}

test('it ends early and says how many epochs that saved', () => {
  const { epochs, savedEpochs, status, verdict } = summary;
  expect(status).toBe('finished');
  expect(epochs).toBeLessThan(EPOCHS);
  expect(savedEpochs).toBe(EPOCHS - epochs);
  expect(readMetrics(whole)).toHaveLength(epochs + 1);
  expect(verdict!.chanceAhead).toBeLessThan(0.2);
  expect(rowOf(whole)).toMatchObject({ status: 'finished', lastEpoch: epochs, savedEpochs });
  const words = `Stopped automatically after epoch ${epochs} of ${EPOCHS}; the other ${savedEpochs} were not needed.`;
  expect(reportText(whole, 'html')).toContain(words);
});

test("the recommended epoch's weights are on disk and can be exported", () => {
  const { epoch } = summary.verdict!;
  expect(epoch).toBeLessThan(summary.epochs);
  expect(existsSync(paths.checkpoint(whole, epoch))).toBe(true);
  const made = exportRun(whole, 'savedmodel', null, (at) => join(folder, `export-${at}`));
  expect(made.epoch).toBe(epoch);
  expect(existsSync(join(made.folder, 'saved_model.pb'))).toBe(true);
});

test('it is complete: resuming says so, and how to train on', async () => {
  await expect(reopenRun(whole)).rejects.toThrow(
    /stopped automatically after epoch \d+; .*\n?.*stopChance=0/,
  );
});

test('killed in the middle and resumed, it stops at the same epoch with the same verdict', async () => {
  expect(existsSync(CORE)).toBe(true);
  const runs = join(folder, 'runs');
  const start = { method: 'run.start', params: { config: config() } };
  const id = await killedAt(3, runs, start);
  expect(rowOf(join(runs, id))).toMatchObject({ status: 'interrupted', savedEpochs: 0 });
  await killedAt(summary.epochs - 2, runs, { method: 'run.resume', params: { id } });
  const end = await executeRun(await reopenRun(join(runs, id)));
  expect({ ...end, seconds: 0 }).toEqual({ ...summary, seconds: 0 });
}, 60_000);

test('killed after its last epoch, before its summary, it trains no further', async () => {
  const { seconds: _seconds, ...first } = checkRun(whole).summary!;
  rmSync(paths.summary(whole));
  const { seconds: _again, ...end } = await executeRun(await reopenRun(whole));
  expect(end).toEqual(first);
}, 60_000);

test('it ends once it has fitted its labels for five epochs, where that is wished, and not before', async () => {
  const fitting = config();
  fitting.noise.kind = 'none';
  Object.assign(fitting.training, { stopChance: 0, stopFitted: 0.95 });
  const run = join(folder, 'fitted');
  const { status, epochs, savedEpochs } = await executeRun(await beginRun(run, fitting));
  const fitted = readMetrics(run).map(({ trainAccuracy }) => trainAccuracy >= 0.95);
  expect(status).toBe('finished');
  expect(savedEpochs).toBe(EPOCHS - epochs);
  expect(fitted.slice(-5)).toEqual([true, true, true, true, true]);
  expect(fitted[epochs - 5]).toBe(false);
}, 60_000);
