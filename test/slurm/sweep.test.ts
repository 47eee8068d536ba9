/** Sweeps on a real Slurm: the numbers of a sweep on this machine, whatever happens to tasks and nodes. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { readMetrics } from '../../core/run-folder/check.ts';
import { paths } from '../../core/run-folder/files.ts';
import { isClaim, isLocked } from '../../core/run-folder/lock.ts';
import { readPlan } from '../../core/sweep/plan-file.ts';
import { standingOf } from '../../core/sweep/standing.ts';
import type { SweepResult } from '../../core/sweep/sweep.ts';
import { endOf, smallConfig } from '../native/proofs/small-run.ts';
import { startCluster, until } from './cluster.ts';
import type { Cluster } from './cluster.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
/** How many runs the array has that is compared with a sweep on this machine. */
const RUNS = Number(process.env['LAB_SLURM_RUNS'] ?? 10);
/** Milliseconds that all of them take at most, one way, on a machine that is busy with others. */
const TIME = 120_000 + RUNS * 15_000;
/** Epochs of a run that something happens to: ten seconds on a machine that is busy with others. */
const LONG = 500;

const user = userInfo().username;

let folder: string;
let cluster: Cluster;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-slurm-'));
  mkdirSync(join(folder, 'slurm'));
  cluster = await startCluster(join(folder, 'slurm'));
});
afterEach(async () => {
  for (const state of ['PENDING', 'RUNNING'])
    cluster.call('scancel', `--state=${state}`, '--user', user);
  await cluster.mend();
});
afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}, 180_000);

interface Done {
  code: number | null;
  out: string;
  err: string;
}

function lab(...args: string[]): Done {
  const done = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', env: cluster.env });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

function configFile(name: string, epochs: number): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ ...smallConfig(epochs), name }));
  return path;
}

const resultsIn = ({ out }: Done) => (JSON.parse(out) as { runs: SweepResult[] }).runs;
/** Without what differs from time to time and from folder to folder. */
const comparable = (results: readonly SweepResult[]) =>
  results.map(({ run: _run, seconds: _seconds, ...rest }) => rest);
const seeds = (count: number) =>
  `training.seed=${Array.from({ length: count }, (_, i) => i).join(',')}`;

/** A sweep of one long run by a queue, and the same undisturbed. */
function longRun(name: string) {
  const config = configFile(name, LONG);
  const sweep = join(folder, name);
  const args = ['sweep', config, '--over', 'training.seed=3', '--out', sweep];
  const run = join(sweep, 'run-1');
  return {
    run,
    sweep,
    submit: (...more: string[]) => lab(...args, '--on', 'slurm', '--json', ...more),
    /** Until some of it is trained. */
    begun: (rows = 30) => until(`${name} trains`, () => readMetrics(run).length > rows),
    /** Ends as if nothing had happened. */
    async endsWell() {
      await until(`${name} is finished`, () => statusOf(sweep) === 'finished', 200_000);
      const alone = join(folder, `${name}-alone`);
      if (!existsSync(alone)) lab('sweep', config, '--over', 'training.seed=3', '--out', alone);
      expect(endOf(run)).toEqual(endOf(join(alone, 'run-1')));
    },
  };
}

const statusOf = (sweep: string) => standingOf(readPlan(sweep)[0]!).status;
const logOfTask = (sweep: string, task: number) =>
  readFileSync(join(sweep, 'logs', `${task}.log`), 'utf8');

test(
  `${RUNS} runs by an array, two at a time, have the numbers of a sweep here`,
  async () => {
    const config = configFile('array', 200);
    const args = ['sweep', config, '--over', seeds(RUNS), '--json'];
    const before = performance.now();
    const here = lab(...args, '--jobs', '2', '--out', join(folder, 'here'));
    const alone = (performance.now() - before) / 1000;
    const sweep = join(folder, 'array');
    const there = ['--out', sweep, '--on', 'slurm', '--at-once', '2'];
    const begun = performance.now();
    const { out, err, code } = lab(...args, ...there);
    expect(code, err).toBe(0);
    const { job, numbers } = JSON.parse(out) as { job: string; numbers: number[] };
    expect(numbers).toHaveLength(RUNS);
    let most = 0;
    await until(
      'the array is done',
      () => {
        const queue = cluster.queue();
        most = Math.max(most, queue.filter(({ state }) => state === 'RUNNING').length);
        expect(queue.every((task) => task.job === job)).toBe(true);
        return queue.length === 0;
      },
      TIME,
    );
    const queued = (performance.now() - begun) / 1000;
    process.stdout.write(
      `${RUNS} runs: ${alone.toFixed(1)} s here, ${queued.toFixed(1)} s by Slurm\n`,
    );
    expect(most).toBe(2);
    const collected = lab('sweep', '--collect', sweep, '--json');
    expect(collected.code).toBe(0);
    expect(comparable(resultsIn(collected))).toEqual(comparable(resultsIn(here)));
    const name = (i: number) => `run-${String(i + 1).padStart(String(RUNS).length, '0')}`;
    for (let i = 0; i < RUNS; i++) {
      expect(endOf(join(sweep, name(i)))).toEqual(endOf(join(folder, 'here', name(i))));
    }
    // Again: nothing is missing.
    expect(JSON.parse(lab(...args, ...there).out)).toMatchObject({ job: null, numbers: [] });
    // One run gone: it alone is submitted, and waited for.
    rmSync(join(sweep, name(1)), { recursive: true });
    const again = lab(...args, ...there, '--wait');
    expect(again.err).toMatch(/1 run submitted/);
    expect(comparable(resultsIn(again))).toEqual(comparable(resultsIn(here)));
  },
  3 * TIME,
);

test('a run that is queued again in its middle ends bit for bit as one undisturbed', async () => {
  const long = longRun('requeued');
  const { job } = JSON.parse(long.submit().out) as { job: string };
  for (const rows of [30, 150]) {
    await long.begun(rows);
    cluster.call('scontrol', 'requeue', `${job}_1`);
    await until('it has let go', () => !isLocked(long.run));
  }
  // While it waits, the same command submits nothing.
  expect(JSON.parse(long.submit().out)).toMatchObject({ job: null });
  await long.endsWell();
  expect(logOfTask(long.sweep, 1)).toMatch(/was stopped after a step, which is kept/);
  expect(logOfTask(long.sweep, 1)).toMatch(/was continued and is trained/);
});

test('a run that is queued again inside an epoch goes on inside it, to the same end', async () => {
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { train: 30_000, test: 500 });
  Object.assign(config.training, { epochs: 2, threads: 1, batch: 16 });
  const path = join(folder, 'slow.json');
  writeFileSync(path, JSON.stringify({ ...config, name: 'slow' }));
  const sweep = join(folder, 'slow');
  const args = ['sweep', path, '--over', 'training.seed=3', '--out'];
  const { job } = JSON.parse(lab(...args, sweep, '--on', 'slurm', '--json').out) as { job: string };
  const run = join(sweep, 'run-1');
  await until('it trains', () => readMetrics(run).length > 0);
  await new Promise((resolve) => setTimeout(resolve, 300));
  cluster.call('scontrol', 'requeue', `${job}_1`);
  await until('it has let go', () => !isLocked(run));
  const head = readFileSync(join(paths.unfinished(run), 'epoch.json'), 'utf8');
  expect((JSON.parse(head) as { steps: number }).steps).toBeGreaterThan(0);
  await until('it is finished', () => statusOf(sweep) === 'finished', 200_000);
  lab(...args, join(folder, 'slow-alone'));
  expect(endOf(run)).toEqual(endOf(join(folder, 'slow-alone', 'run-1')));
});

test('a figure whose runs an array trains is the one drawn here', () => {
  const settings = { train: 200, levels: '[0,0.4]', seeds: 2, network: 'softmax', epochs: 3 };
  const set = Object.entries(settings).flatMap(([field, value]) => ['--set', `${field}=${value}`]);
  const figure = (runs: string, ...more: string[]): Done => {
    const env = { ...cluster.env, LABEL_NOISE_LAB_RUNS: join(folder, runs) };
    const args = [CLI, 'figure', '3', ...set, '--json', ...more];
    const done = spawnSync(process.execPath, args, { encoding: 'utf8', env });
    return { code: done.status, out: done.stdout, err: done.stderr };
  };
  const first = figure('queued', '--on', 'slurm', '--at-once', '2');
  expect(first.code, first.err).toBe(0);
  expect(JSON.parse(first.out)).toMatchObject({ numbers: [1, 2, 3, 4] });
  expect(first.err).toMatch(/\d of 4 runs of the figure are finished/);
  const there = figure('queued', '--on', 'slurm', '--wait');
  expect(there.err).toMatch(/4 runs are in the queue already/);
  expect(there.code).toBe(0);
  const drawn = ({ out }: Done): object => ({ ...(JSON.parse(out) as object), folder: null });
  expect(drawn(there)).toEqual(drawn(figure('here')));
});

test('a run that gives way to more urgent work goes on behind it', async () => {
  const long = longRun('preempted');
  long.submit();
  await long.begun();
  const urgent = ['--partition=high', '--nodes=2', '--exclusive', '--output=/dev/null'];
  cluster.call('sbatch', ...urgent, '--wrap', 'sleep 3');
  await until('it has let go', () => !isLocked(long.run));
  await long.endsWell();
});

test('a task that is told to end asks to be called again by its exit code', async () => {
  const long = longRun('signalled');
  const { job } = JSON.parse(long.submit().out) as { job: string };
  await long.begun();
  cluster.call('scancel', '--batch', '--signal=TERM', `${job}_1`);
  await until('it has let go', () => !isLocked(long.run));
  // The cluster has RequeueExit=75.
  await until('it waits again', () => cluster.queue().length === 1);
  await long.endsWell();
});

test('a task that fails is told with its reason, stops no other, and alone is submitted again', () => {
  const config = ['mnist-quick', '--set', 'data.train=300', '--set', 'data.test=100'];
  const widths = ['--set', 'training.epochs=2', '--over', 'network.widths=[4],[]'];
  const sweep = join(folder, 'failing');
  const args = ['sweep', ...config, ...widths, '--out', sweep, '--on', 'slurm'];
  const first = lab(...args, '--wait');
  expect(first.code).toBe(1);
  expect(first.out).toMatch(/run-1 +\[4\] +failed/);
  expect(first.out).toMatch(/run-2 +\[\] +finished +\d/);
  const status = lab('sweep', '--status', sweep);
  expect(status.out).toMatch(/^1 of 2 finished/);
  expect(status.out).toMatch(/network\.widths has 1 number; lenet takes 4/);
  expect(logOfTask(sweep, 1)).toMatch(/network\.widths has 1 number; lenet takes 4/);
  expect(JSON.parse(lab(...args, '--json').out)).toMatchObject({ numbers: [1] });
});

test('a node that dies takes no run with it', async () => {
  const long = longRun('orphaned');
  const { job } = JSON.parse(long.submit().out) as { job: string };
  await long.begun();
  const { node } = cluster.queue().find((task) => task.job === job)!;
  cluster.killNode(node);
  await long.endsWell();
  expect(logOfTask(long.sweep, 1)).toMatch(/was continued and is trained/);
});

/** A sweep of one long run, as a script that nothing submits. */
function writeScript(name: string, sweep: string): void {
  const over = ['--over', 'training.seed=3', '--out', sweep];
  lab('sweep', configFile(name, LONG), ...over, '--on', 'script');
}

/** A task in a container of its own on a node of its own, as on two machines. */
function containedTask(sweep: string, node: string): string {
  const contained = 'unshare --pid --fork --kill-child --mount-proc';
  const log = join(sweep, `${node}.log`);
  const command = `exec ${contained} ${process.execPath} ${CLI} task ${sweep} 1`;
  const options = ['--parsable', `--nodelist=${node}`, `--output=${log}`, '--no-requeue'];
  return cluster.call('sbatch', ...options, '--wrap', command).trim();
}

test('two machines on one folder: one trains, the other finds it trained', async () => {
  const long = longRun('shared');
  writeScript('shared', long.sweep);
  for (const node of ['n1', 'n2']) containedTask(long.sweep, node);
  await long.endsWell();
  await until('both are over', () => cluster.queue().length === 0);
  const logs = ['n1', 'n2'].map((node) => readFileSync(join(long.sweep, `${node}.log`), 'utf8'));
  expect(logs.filter((log) => log.includes('is trained.'))).toHaveLength(1);
  expect(logs.filter((log) => log.includes('is trained already.'))).toHaveLength(1);
});

test('a run whose machine died in silence is taken over by another one', async () => {
  const long = longRun('silent');
  writeScript('silent', long.sweep);
  containedTask(long.sweep, 'n1');
  await long.begun();
  cluster.killNode('n1');
  const cut = readMetrics(long.run).length;
  expect(cut).toBeLessThan(LONG);
  // Its claim stands, and nobody here knows whether process 1 of there lives.
  expect(isLocked(long.run)).toBe(true);
  containedTask(long.sweep, 'n2');
  await long.endsWell();
  expect(readFileSync(join(long.sweep, 'n2.log'), 'utf8')).toMatch(/was continued and is trained/);
});

test('what Slurm refuses is told in its words', () => {
  const args = ['sweep', configFile('refused', 2), '--over', 'training.seed=0', '--on', 'slurm'];
  const out = ['--out', join(folder, 'refused')];
  const refused = lab(...args, ...out, '--sbatch', '--partition=none');
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/Slurm’s sbatch refused: .*invalid partition specified/);
  expect(existsSync(join(folder, 'refused', 'jobs.json'))).toBe(false);
});

test('nothing of it is left claimed', () => {
  const claims = spawnSync('find', [folder, '-name', 'running-*'], { encoding: 'utf8' }).stdout;
  expect(claims.split('\n').filter((path) => isClaim(path.split('/').at(-1)!))).toEqual([]);
});
