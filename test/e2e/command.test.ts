/** The command line by the app's own executable: no display, streams and exit codes of a command. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { command, environment } from './lab.ts';

const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { executable, args } = command(folder);
/** Executable and app; what the window is told is no part of a command. */
const app = args.slice(0, args.indexOf('--runs'));

/** A machine without a display, whose temporary folder is ours to look into. */
const bare = (): NodeJS.ProcessEnv => {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = environment(folder);
  return { ...env, TMPDIR: folder };
};

const lab = (...asked: string[]) =>
  spawnSync(executable, [...app, ...asked], { cwd: folder, env: bare(), encoding: 'utf8' });

it('trains, prints one JSON object, and leaves nothing behind', () => {
  const quick = ['--set', 'training.epochs=3', '--set', 'data.seed=3', '--out', 'one'];
  const { status, stdout, stderr } = lab('run', 'synthetic', ...quick, '--json');
  expect([status, stderr]).toEqual([0, expect.stringContaining('Epoch 3 of 3')]);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'finished', epochs: 3 });
  expect(stderr).not.toContain('ERROR');
  expect(readdirSync(folder).filter((name) => name.includes('command'))).toEqual([]);
});

it('a sweep has its runs trained in processes of their own', () => {
  const over = ['--over', 'noise.rate=0.1,0.2', '--set', 'training.epochs=2', '--out', 'two'];
  const { status, stdout } = lab('sweep', 'synthetic', ...over, '--json');
  const { runs } = JSON.parse(stdout) as { runs: { status: string }[] };
  expect([status, runs.map((run) => run.status)]).toEqual([0, ['finished', 'finished']]);
});

it('a figure does as well', () => {
  const small = ['train=300', 'holdout=100', 'test=200', 'levels=[0.2]', 'epochs=3'];
  const set = small.flatMap((setting) => ['--set', setting]);
  const asked = ['--size', 'quick', ...set, '--out', 'four', '--json'];
  const { status, stdout, stderr } = lab('figure', '1', ...asked);
  expect([status, stderr]).toEqual([0, expect.stringContaining('figure-1.svg')]);
  expect(JSON.parse(stdout)).toMatchObject({ state: 'complete' });
});

it('wrong usage is exit code 2 and one sentence', () => {
  const { status, stdout, stderr } = lab('run', 'no-such-preset');
  expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
});

it('Ctrl+C ends a run in order', async () => {
  const asked = ['run', 'mnist-auto', '--out', 'three', '--json'];
  // A terminal tells every process of the group.
  const child = spawn(executable, [...app, ...asked], {
    cwd: folder,
    env: bare(),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let told = '';
  child.stdout.on('data', (part: Buffer) => (out += String(part)));
  child.stderr.on('data', (part: Buffer) => (told += String(part)));
  while (!told.includes('Epoch 2')) await setTimeout(100);
  process.kill(-child.pid!, 'SIGINT');
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ status: 'stopped' })]);
  expect(existsSync(join(folder, 'three', 'summary.json'))).toBe(true);
});
