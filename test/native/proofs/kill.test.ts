/** A run whose process is killed again and again, at random instants, ends as if left alone. */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { presets } from '../../../core/kinds/presets.ts';
import type { Config } from '../../../core/contract/config/schema.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import { beginRun, reopenRun } from '../../../core/runs/begin.ts';
import { paths } from '../../../core/run-folder/files.ts';
import { isClaim } from '../../../core/run-folder/lock.ts';
import { listRuns } from '../../../core/run-folder/list.ts';
import { readMetrics } from '../../../core/run-folder/check.ts';
import { runView } from '../../../core/run-folder/views.ts';
import { count } from './small-run.ts';

const CORE = join(__dirname, '../../../dist/core/process.cjs');
const KILLS = count(5, 200);
const EPOCHS = 60;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function config(): Config {
  const found = structuredClone(presets()[0]!.config);
  Object.assign(found.data, { train: 1000, test: 500 });
  Object.assign(found.training, { epochs: EPOCHS, threads: 2 });
  Object.assign(found.network, { preset: 'mlp', widths: [32], dropout: 0.2 });
  return found;
}

/** Asks a new core to begin or resume, and kills it some time after it has begun to train. */
async function trainAndKill(runs: string, request: object): Promise<string> {
  const child = fork(CORE, [runs], { silent: true });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const id = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { event?: string; id?: unknown; error?: string }) => {
      if (message.error) reject(new Error(message.error));
      if (message.event !== 'run.started') return;
      setTimeout(() => {
        child.kill('SIGKILL');
        resolve(String(message.id));
      }, Math.random() * 400);
    });
    child.send({ id: 1, ...request });
  });
  await gone;
  return id;
}

const numbers = (run: string): object[] =>
  readMetrics(run).map(({ seconds: _seconds, ...row }) => row);

test(`${KILLS} kills leave runs that open, are interrupted, and end the same`, async () => {
  expect(existsSync(CORE)).toBe(true);
  const whole = join(folder, 'whole');
  await executeRun(await beginRun(whole, config()));
  const runs = join(folder, 'runs');
  let id = await trainAndKill(runs, { method: 'run.start', params: { config: config() } });
  for (let kill = 1; kill < KILLS; kill++) {
    const row = listRuns(runs).rows.find((found) => found.id === id)!;
    expect(row.status).toBe('interrupted');
    const view = runView(join(runs, id));
    expect(view.epochs.length).toBe(row.lastEpoch + 1);
    rmSync(paths.views(join(runs, id)), { force: true });
    expect(runView(join(runs, id))).toEqual(view);
    // A run that got to its end between kills is followed by a new one.
    const over = row.lastEpoch === EPOCHS;
    const request = over
      ? { method: 'run.start', params: { config: config() } }
      : { method: 'run.resume', params: { id } };
    id = await trainAndKill(runs, request);
  }
  const run = join(runs, id);
  if (readMetrics(run).length <= EPOCHS) await executeRun(await reopenRun(run));
  expect(numbers(run)).toEqual(numbers(whole));
  const weights = (of: string) => readFileSync(paths.checkpoint(of, EPOCHS));
  expect(weights(run).equals(weights(whole))).toBe(true);
  const files = readdirSync(runs, { recursive: true }).map(String);
  expect(files.filter((name) => isClaim(name))).toEqual([]);
}, 600_000);
