/** The task of a queue and the folder of a sweep, by the built command line; Slurm itself is proved apart. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMetrics } from '../../core/run-folder/check.ts';
import { paths } from '../../core/run-folder/files.ts';
import { isLocked, STALE } from '../../core/run-folder/lock.ts';
import type { SweepResult } from '../../core/sweep/sweep.ts';
import { endOf, smallConfig } from './proofs/small-run.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-task-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Done {
  code: number | null;
  out: string;
  err: string;
}

function call(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Done {
  const all = { ...process.env, ...env };
  const done = spawnSync(program, args, { encoding: 'utf8', env: all });
  return { code: done.status, out: done.stdout, err: done.stderr };
}
const lab = (...args: string[]): Done => call(process.execPath, [CLI, ...args]);

/** Writes the folder of a sweep over seeds 0, 1 and 2. */
function plan(name: string, epochs: number): { sweep: string; args: string[]; script: string } {
  const config = join(folder, `${name}.json`);
  writeFileSync(config, JSON.stringify({ ...smallConfig(epochs), name }));
  const sweep = join(folder, name);
  const args = ['sweep', config, '--over', 'training.seed=0,1,2', '--json'];
  const { code, err } = lab(...args, '--out', sweep, '--on', 'script');
  expect(code, err).toBe(0);
  return { sweep, args, script: join(sweep, 'task.sh') };
}

const comparable = ({ out }: Done) =>
  (JSON.parse(out) as { runs: SweepResult[] }).runs.map(
    ({ run: _run, seconds: _seconds, ...rest }) => rest,
  );

test('its script trains by argument or number in an array; together they are a sweep here', () => {
  const { sweep, args, script } = plan("it's a % sweep", 3);
  expect(call(script, ['1']).out).toMatch(/run-1 is trained\./);
  expect(call(script, [], { SLURM_ARRAY_TASK_ID: '2' }).code).toBe(0);
  expect(lab('sweep', '--status', sweep).out).toMatch(/^2 of 3 finished/);
  const still = lab('sweep', '--collect', sweep);
  expect(still.err).toMatch(/1 run is not finished/);
  expect(still.out).toMatch(/run-3 +2 +not started/);
  expect(call(script, [], { SGE_TASK_ID: '3' }).code).toBe(0);
  const here = lab(...args, '--out', join(folder, 'here'));
  expect(comparable(lab('sweep', '--collect', sweep, '--json'))).toEqual(comparable(here));
  for (const run of ['run-1', 'run-2', 'run-3']) {
    expect(endOf(join(sweep, run))).toEqual(endOf(join(folder, 'here', run)));
  }
  const files = readFileSync(paths.metrics(join(sweep, 'run-1')));
  const again = call(script, ['1']);
  expect(again.out).toMatch(/run-1 is trained already\./);
  expect(again.code).toBe(0);
  expect(readFileSync(paths.metrics(join(sweep, 'run-1')))).toEqual(files);
  expect(JSON.parse(lab(...args, '--out', sweep, '--on', 'script').out)).toMatchObject({
    numbers: [],
  });
});

test('SIGTERM ends it with exit code 75; called again it goes on to the same end', async () => {
  const { sweep, script } = plan('ended', 120);
  const run = join(sweep, 'run-1');
  const child = spawn(script, ['1'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await expect.poll(() => readMetrics(run).length, { timeout: 60_000 }).toBeGreaterThan(5);
  child.kill('SIGTERM');
  expect(await ended).toBe(75);
  expect(isLocked(run)).toBe(false);
  const cut = readMetrics(run).length;
  expect(cut).toBeLessThan(121);
  expect(existsSync(paths.checkpoint(run, cut - 1))).toBe(true);
  expect(lab('sweep', '--status', sweep).out).toMatch(/run-1 +0 +stopped +\d+\/120/);
  const again = call(script, ['1']);
  expect(again.code).toBe(0);
  expect(again.out).toMatch(/was continued and is trained/);
  const undisturbed = join(folder, 'undisturbed');
  const first = ['--over', 'training.seed=0', '--out', undisturbed];
  expect(lab('sweep', join(folder, 'ended.json'), ...first).code).toBe(0);
  expect(endOf(run)).toEqual(endOf(join(undisturbed, 'run-1')));
});

test('a run of another machine is left alone while that lives, and taken over behind its silence', async () => {
  const { sweep, script } = plan('claimed', 2);
  const run = join(sweep, 'run-2');
  expect(call(script, ['2']).code).toBe(0);
  rmSync(paths.summary(run));
  const claim = join(run, 'running-1-1-0badcafe.lock');
  writeFileSync(claim, '');
  const child = spawn(script, ['2'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(existsSync(claim)).toBe(true);
  expect(lab('sweep', '--status', sweep).out).toMatch(/run-2 +1 +running/);
  const long = new Date(Date.now() - STALE - 1000);
  utimesSync(claim, long, long);
  expect(await ended).toBe(0);
  expect(out).toMatch(/was continued and is trained/);
  expect(existsSync(claim)).toBe(false);
});

test('while another machine holds it, SIGTERM ends the waiting: exit code 75', async () => {
  const { sweep, script } = plan('waited', 2);
  const run = join(sweep, 'run-1');
  call(script, ['1']);
  rmSync(paths.summary(run));
  writeFileSync(join(run, 'running-1-1-0badcafe.lock'), '');
  const child = spawn(script, ['1'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve) => setTimeout(resolve, 3000));
  child.kill('SIGTERM');
  expect(await ended).toBe(75);
});

test('why a run could not begin stands in the folder of the sweep until it could', () => {
  const sweep = join(folder, 'failing');
  const args = ['sweep', 'mnist-quick', '--set', 'data.train=300', '--set', 'training.epochs=1'];
  lab(...args, '--over', 'network.widths=[4],[]', '--out', sweep, '--on', 'script');
  const failed = lab('task', sweep, '1');
  expect(failed.code).toBe(2);
  expect(failed.err).toMatch(/network\.widths has 1 number; lenet takes 4/);
  const status = lab('sweep', '--status', sweep);
  expect(status.out).toMatch(/run-1 +\[4\] +failed/);
  expect(status.out).toMatch(/run-1: network\.widths has 1 number/);
  expect(lab('sweep', '--collect', sweep).code).toBe(1);
});

test('the runs of a figure are tasks too; the same command draws it once all are there', () => {
  const runs = join(folder, 'figures');
  const set = ['train=200', 'levels=[0,0.4]', 'seeds=1', 'network=softmax', 'epochs=3'];
  const options = set.flatMap((setting) => ['--set', setting]);
  const figure = (...more: string[]): Done =>
    call(process.execPath, [CLI, 'figure', '3', ...options, '--json', ...more], {
      LABEL_NOISE_LAB_RUNS: runs,
    });
  const first = figure('--on', 'script');
  expect(first.code, first.err).toBe(0);
  const { script, numbers, folder: sweep } = JSON.parse(first.out) as Record<string, string>;
  expect(numbers).toEqual([1, 2]);
  expect(first.err).toMatch(/0 of 2 runs of the figure are finished; the same command draws it/);
  expect(call(script!, ['2']).code).toBe(0);
  const half = figure('--on', 'script');
  expect(JSON.parse(half.out)).toMatchObject({ numbers: [1] });
  expect(half.err).toMatch(/1 of 2 runs/);
  expect(existsSync(join(sweep!, 'figure-3.svg'))).toBe(false);
  expect(call(script!, ['1']).code).toBe(0);
  expect(lab('sweep', '--status', sweep!).out).toMatch(/noise-0\.4-seed-0 +0\.4 +0 +finished/);
  const drawn = figure('--on', 'script');
  expect(JSON.parse(drawn.out)).toMatchObject({ id: '3', state: 'complete' });
  expect(existsSync(join(sweep!, 'figure-3.svg'))).toBe(true);
  const none = lab('figure', 'synthetic', '--on', 'script');
  expect(none.err).toMatch(/is made of no runs that a queue could train; 1, 3, losses, .* are/);
  expect(none.code).toBe(2);
  expect(lab('figure', '3', '--wait').err).toMatch(/--wait needs --on slurm/);
});

const [config, over, at] = ['mnist-quick', '--over', 'training.seed=0,1'];
test.each([
  [['task', '.', '1'], /is not the folder of a sweep/],
  [['sweep'], /Name a preset or a config/],
  [['sweep', config, over, at, '--on', 'slurm'], /--on slurm needs --out/],
  [['sweep', config, over, at, '--on', 'script', '--jobs', '2'], /--jobs does not go with --on/],
  [['sweep', config, over, at, '--at-once', '2'], /--at-once needs --on slurm\./],
  [['sweep', '--status', '.', '--over', 'a=1'], /--over does not go with --status/],
  [
    ['sweep', config, over, at, '--on', 'script', '--out', 'never', '--sbatch', 'a\nb'],
    /write options of sbatch in one line/,
  ],
])('%j is wrong input: exit code 2', (args, message) => {
  const { code, err, out } = call(process.execPath, [CLI, ...args]);
  expect(err).toMatch(message);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(existsSync('never')).toBe(false);
});

test('a number that is none of the sweep is refused, and none at all', () => {
  const { sweep } = plan('numbered', 2);
  expect(lab('task', sweep, '4').err).toMatch(/4 is not a run of .*; its runs are 1 to 3/);
  expect(lab('task', sweep, '0').code).toBe(2);
  const none = call(process.execPath, [CLI, 'task', sweep], { SGE_TASK_ID: 'undefined' });
  expect(none.err).toMatch(/Name the number of the run, 1 to 3/);
  expect(none.code).toBe(2);
});

test('another sweep is not written over the folder of one; a damaged plan is told', () => {
  const { sweep, args } = plan('kept', 2);
  const other = lab(...args, '--set', 'training.epochs=3', '--out', sweep, '--on', 'script');
  expect(other.code).toBe(2);
  expect(other.err).toMatch(/kept holds another sweep/);
  const path = join(sweep, 'sweep.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"epochs": 2', '"epochs": 3'));
  const damaged = lab('sweep', '--status', sweep);
  expect(damaged.code).toBe(2);
  expect(damaged.err).toMatch(/sweep\.json is damaged/);
});

test('without Slurm --on slurm is refused in one sentence, and writes nothing', () => {
  const out = join(folder, 'nowhere');
  const args = ['sweep', config, over, at, '--on', 'slurm', '--out', out];
  const { code, err } = call(process.execPath, [CLI, ...args], { PATH: folder });
  expect(code).toBe(2);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err).toMatch(/There is no sbatch on this machine/);
  expect(existsSync(out)).toBe(false);
});
