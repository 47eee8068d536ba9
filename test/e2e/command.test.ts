/** The command line by the app's own executable: no display, streams and exit codes of a command. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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

it('a report is printed by another of it, without a display', () => {
  const { status, stderr } = lab('report', 'one', '--format', 'pdf', '--out', 'one.pdf');
  expect([status, stderr]).toEqual([0, '']);
  expect(readFileSync(join(folder, 'one.pdf'), 'latin1')).toMatch(/^%PDF-/);
  expect(readdirSync(folder).filter((name) => name.includes('print'))).toEqual([]);
});

it('a queue calls it again for each run of a sweep', () => {
  const over = ['--over', 'noise.rate=0.1,0.2', '--set', 'training.epochs=2', '--out', 'queue'];
  expect(lab('sweep', 'synthetic', ...over, '--on', 'script').status).toBe(0);
  const script = join(folder, 'queue', 'task.sh');
  const task = spawnSync('sh', [script, '2'], { cwd: '/', env: bare(), encoding: 'utf8' });
  expect([task.status, task.stdout]).toEqual([0, expect.stringContaining('run-2')]);
  const { stdout } = lab('sweep', '--status', 'queue', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ finished: 1, of: 2 });
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

/** Starts a long run in a process group of its own, and waits until it trains. */
async function training(out: string) {
  const asked = ['run', 'mnist-auto', '--out', out, '--json'];
  const child = spawn(executable, [...app, ...asked], {
    cwd: folder,
    env: bare(),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { out: '', told: '' };
  child.stdout.on('data', (part: Buffer) => (heard.out += String(part)));
  child.stderr.on('data', (part: Buffer) => (heard.told += String(part)));
  while (!heard.told.includes('Epoch 2')) await setTimeout(100);
  const ended = new Promise((resolve) => child.once('close', resolve));
  return { pid: child.pid!, heard, ended };
}

it('Ctrl+C ends a run in order', async () => {
  const { pid, heard, ended } = await training('three');
  // A terminal tells every process of the group.
  process.kill(-pid, 'SIGINT');
  expect(await ended).toBe(0);
  expect(JSON.parse(heard.out)).toMatchObject({ status: 'stopped' });
  expect(existsSync(join(folder, 'three', 'summary.json'))).toBe(true);
});

it('a run that is killed is told from one that came to its end', async () => {
  const { pid, heard, ended } = await training('five');
  process.kill(pid, 'SIGTERM');
  expect(await ended).not.toBe(0);
  expect(heard.out).toBe('');
});
