/** Sweeps through the built command line: the numbers of single runs, whatever else happens. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '../../core/contract/config/schema.ts';
import { presets } from '../../core/kinds/presets.ts';
import { readMetrics } from '../../core/run-folder/check.ts';
import { ownConfig, readRunConfig } from '../../core/run-folder/stored.ts';
import { beginRun } from '../../core/runs/begin.ts';
import { executeRun } from '../../core/runs/execute.ts';
import type { SweepResult } from '../../core/sweep/sweep.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-sweep-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const setting = (...settings: string[]) => settings.flatMap((text) => ['--set', text]);
const SMALL = setting('data.train=500', 'data.test=200', 'training.epochs=2');

function lab(...args: string[]): { code: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

const resultsIn = (out: string) => (JSON.parse(out) as { runs: SweepResult[] }).runs;

/** The rows without the time they took. */
const numbers = (run: string) => readMetrics(run).map(({ seconds: _seconds, ...row }) => row);

/** A run of the first sweep as a config of its own. */
function single(settings: SweepResult['settings']): Config {
  const config = structuredClone(presets().find(({ id }) => id === 'mnist-quick')!.config);
  Object.assign(config.data, { train: 500, test: 200 });
  Object.assign(config.noise, { rate: settings['noise.rate'] });
  config.network.preset = 'softmax';
  Object.assign(config.training, { epochs: 2, threads: 1, seed: settings['training.seed'] });
  return config;
}

test('four runs give the numbers of the single ones on one thread', async () => {
  const overs = ['--over', 'noise.rate=0,0.4', '--over', 'training.seed=0,1'];
  const small = [...SMALL, ...setting('network.preset=softmax')];
  const out = join(folder, 'four');
  const swept = lab('sweep', 'mnist-quick', ...small, ...overs, '--out', out, '--json');
  expect(swept.code).toBe(0);
  expect(swept.err).toMatch(/4 of 4 finished {2}\(/);
  const results = resultsIn(swept.out);
  expect(lab('sweep', '--status', out).out).toMatch(/^4 of 4 finished/);
  expect(results.map(({ run }) => run)).toEqual([1, 2, 3, 4].map((i) => join(out, `run-${i}`)));
  for (const { run, settings, status, recommended, testBest } of results) {
    expect(status).toBe('finished');
    const alone = join(folder, `alone-${settings['noise.rate']}-${settings['training.seed']}`);
    await executeRun(await beginRun(alone, single(settings)));
    expect(numbers(run)).toHaveLength(3);
    expect(numbers(run)).toEqual(numbers(alone));
    expect([1, 2]).toContain(recommended);
    expect(testBest).toBe(Math.max(...readMetrics(run).map((row) => row.testAccuracy!)));
    expect(ownConfig(readRunConfig(run)).training.threads).toBe(1);
  }
});

test('a run that fails stops no other, and is told', () => {
  const overs = ['--over', 'network.widths=[4],[]'];
  const out = join(folder, 'failing');
  const args = ['sweep', 'mnist-quick', ...SMALL, ...overs, '--jobs', '1', '--out', out];
  const { code, out: text, err } = lab(...args);
  expect(code).toBe(1);
  expect(err).toMatch(/network\.widths has 1 number; lenet takes 4/);
  expect(text).toMatch(/run-1 +\[4\] +failed/);
  expect(text).toMatch(/run-2 +\[\] +finished +\d/);
  // Another sweep does not write over it.
  const other = lab(...args, '--set', 'training.seed=5');
  expect(other.code).toBe(2);
  expect(other.err).toMatch(/run-2 already holds another run; give another folder/);
});

test('a sweep that was killed goes on where it was, with the same numbers', async () => {
  const out = join(folder, 'killed');
  const many = setting('data.train=500', 'data.test=200', 'training.epochs=12');
  const args = ['sweep', 'mnist-quick', ...many, '--over', 'training.seed=0,1', '--jobs', '2'];
  const child = spawn(process.execPath, [CLI, ...args, '--out', out], { stdio: 'ignore' });
  const first = join(out, 'run-1');
  const waiting = setInterval(() => {
    if (readMetrics(first).length < 4) return;
    clearInterval(waiting);
    child.kill('SIGKILL');
  }, 20);
  await new Promise((resolve) => child.on('close', resolve));
  // Its workers notice that it is gone and end by themselves.
  await expect.poll(() => existsSync(join(first, 'running.json')), { timeout: 20_000 }).toBe(false);
  const cut = readMetrics(first).length;
  expect(cut).toBeLessThan(13);
  const again = lab(...args, '--out', out, '--json');
  expect(again.code).toBe(0);
  const whole = lab(...args, '--out', join(folder, 'whole'), '--json');
  const runs = resultsIn(again.out).map(({ run }) => run);
  expect(runs.map(numbers)).toEqual(resultsIn(whole.out).map(({ run }) => numbers(run)));
});

test('Ctrl+C ends it in order and keeps what is done', async () => {
  const out = join(folder, 'stopped');
  const sizes = ['data.train=500', 'data.test=200', 'training.epochs=2000'];
  const many = setting(...sizes, 'network.preset=softmax');
  const args = [...many, '--over', 'training.seed=0,1,2', '--jobs', '2', '--out', out, '--json'];
  const child = spawn(process.execPath, [CLI, 'sweep', 'mnist-quick', ...args]);
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  const running = [1, 2].map((i) => join(out, `run-${i}`));
  const waiting = setInterval(() => {
    if (!running.every((run) => readMetrics(run).length > 2)) return;
    clearInterval(waiting);
    child.kill('SIGINT');
  }, 50);
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(0);
  const results = resultsIn(text);
  expect(results.map(({ status }) => status)).toEqual(['stopped', 'stopped', 'not started']);
  for (const { run, epochs } of results.slice(0, 2))
    expect(readMetrics(run)).toHaveLength(epochs + 1);
});
