/** A real run, archived, imported elsewhere and gone on with: the same bits as if it had never left. */
import { spawn, spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../core/contract/config/schema.ts';
import { presets } from '../../core/kinds/presets.ts';
import { exportRun } from '../../core/export/index.ts';
import { importArchive } from '../../core/run-archive/import.ts';
import { writeArchive } from '../../core/run-archive/write.ts';
import { paths } from '../../core/run-folder/files.ts';
import { beginRun, reopenRun } from '../../core/runs/begin.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { ownConfig, readRunConfig } from '../../core/run-folder/stored.ts';
import { THREADS } from './run-graph.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
const [EPOCHS, STOPPED] = [4, 2];

let folder: string;
let runs: string;
let archive: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(join(tmpdir(), 'label-noise-lab-archive-'));
  runs = join(folder, 'runs');
  await train('whole', EPOCHS);
  await train('stopped', STOPPED);
  archive = join(folder, 'stopped.lnl');
  await writeArchive(join(folder, 'stopped'), archive, true);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Trains, and stops after an epoch as a person would. */
async function train(name: string, last: number, config = onMnist()): Promise<void> {
  let done = 0;
  await executeRun(await beginRun(join(folder, name), config), {
    stopped: () => done >= last && last < EPOCHS,
    epoch: ({ record }) => (done = record.epoch),
  });
}

function onMnist(): Config {
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { train: 1000, test: 500 });
  Object.assign(config.network, { preset: 'mlp', widths: [32] });
  Object.assign(config.training, { epochs: EPOCHS, threads: THREADS, stopChance: 0 });
  return config;
}

/** The rows of a run without what depends on the hour. */
const rowsOf = (run: string): unknown[] =>
  fs
    .readFileSync(paths.metrics(run), 'utf8')
    .trim()
    .split('\n')
    .map((line) => ({ ...(JSON.parse(line) as object), seconds: 0 }));

function lab(...args: string[]): { code: number | null; out: string; err: string } {
  const env = { ...process.env, LABEL_NOISE_LAB_RUNS: runs };
  const done = spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

test('a run that was stopped, sent and resumed ends with the bits of one that never left', async () => {
  const { run, weights } = await importArchive(archive, { runs: join(folder, 'elsewhere') });
  expect([weights, rowsOf(run)]).toEqual([true, rowsOf(join(folder, 'stopped'))]);
  const summary = await executeRun(await reopenRun(run));
  expect(summary).toMatchObject({ status: 'finished', epochs: EPOCHS, problem: null });
  const whole = join(folder, 'whole');
  expect(rowsOf(run)).toEqual(rowsOf(whole));
  for (const part of [paths.checkpoint, paths.dynamics, paths.probabilities]) {
    const [ours, theirs] = [run, whole].map((one) => fs.readFileSync(part(one, EPOCHS)));
    expect(ours!.equals(theirs!)).toBe(true);
  }
  const model = exportRun(run, 'savedmodel', EPOCHS, () => join(run, 'exports', 'model'));
  expect(fs.existsSync(join(model.folder, 'saved_model.pb'))).toBe(true);
});

test('a run whose own data lie elsewhere goes on by --data, to the same end, and keeps the place', async () => {
  const [data, moved, other] = ['own.csv', 'moved.csv', 'other.csv'].map((name) =>
    join(folder, name),
  );
  const table = (flipped: number) =>
    Array.from({ length: 300 }, (_, i) => {
      const label = Number(Math.sin(i) > 0) ^ Number(i === flipped);
      return `${Math.sin(i).toFixed(6)},${Math.cos(2 * i).toFixed(6)},${label ? 'yes' : 'no'}`;
    });
  fs.writeFileSync(data!, ['a,b,label', ...table(-1)].join('\n'));
  fs.writeFileSync(other!, ['a,b,label', ...table(7)].join('\n'));
  const [whole, run] = [join(folder, 'own-whole'), join(folder, 'elsewhere', 'own-stopped')];
  const set = ['network.preset=mlp', 'network.widths=8', `training.epochs=${EPOCHS}`];
  const trained = lab(
    'run',
    'mnist-quick',
    '--data',
    data!,
    '--out',
    whole,
    ...set.flatMap((one) => ['--set', one]),
  );
  expect(trained).toMatchObject({ code: 0 });
  await train('own-stopped', STOPPED, ownConfig(readRunConfig(whole)));
  const archived = join(folder, 'own.lnl');
  await writeArchive(join(folder, 'own-stopped'), archived, true);
  expect((await importArchive(archived, { runs: join(folder, 'elsewhere') })).run).toBe(run);
  fs.renameSync(data!, moved!);
  expect(lab('resume', run)).toMatchObject({
    code: 2,
    err: expect.stringContaining('own.csv does not exist'),
  });
  const wrong = lab('resume', run, '--data', other!);
  expect([wrong.code, rowsOf(run).length]).toEqual([2, STOPPED + 1]);
  expect(wrong.err).toContain('other.csv now gives different samples or labels');
  // The same labels, of samples that are not the same.
  fs.writeFileSync(other!, fs.readFileSync(moved!, 'utf8').replaceAll(/^(-?)0\./gm, '$11.'));
  expect(lab('resume', run, '--data', other!)).toMatchObject({ code: 2, err: wrong.err });
  expect(lab('resume', run, '--labels', join(folder, 'none.csv')).code).toBe(2);
  expect(lab('resume', run, '--data', moved!)).toMatchObject({ code: 0 });
  expect(rowsOf(run)).toEqual(rowsOf(whole));
  expect(ownConfig(readRunConfig(run)).data.source).toBe(moved);
  expect(lab('show', run).code).toBe(0);
}, 60_000);

describe('the command line', () => {
  test('packs and brings in, with one JSON object each', () => {
    const light = join(folder, 'light.lnl');
    const args = ['export', join(folder, 'whole'), '--format', 'lnl', '--out', light];
    const packed = lab(...args, '--without-checkpoints', '--json');
    expect([packed.code, JSON.parse(packed.out)]).toMatchObject([
      0,
      { path: light, weights: false },
    ]);
    expect(packed.err).toMatch(/Size: \S+ MB with checkpoints, \S+ kB without\./);
    const came = lab('import', light, '--json');
    const told = JSON.parse(came.out) as { run: string };
    expect([came.code, told]).toMatchObject([0, { id: 'whole', kind: 'new', weights: false }]);
    expect(lab('import', light).out).toContain('is there already');
    expect(lab('show', 'whole').out).toMatch(/Stop at epoch|No need to stop|better epoch|Keep/);
    const report = join(folder, 'report.html');
    expect(lab('report', 'whole', '--out', report).code).toBe(0);
    expect(fs.statSync(report).size).toBeGreaterThan(10_000);
  }, 60_000);

  test('says in one sentence what cannot be done', () => {
    const one = (...args: string[]) => {
      const { code, out, err } = lab(...args);
      expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1]);
      return err;
    };
    const without = 'was sent without its checkpoints';
    expect(one('export', 'whole', '--format', 'savedmodel')).toContain(without);
    expect(one('show', archive)).toContain('"import" brings its run in');
    expect(one('import', 'package.json')).toContain('is not a run archive');
    expect(one('import', join(folder, 'none.lnl'))).toContain('is not there');
    const lnl = ['export', 'whole', '--format', 'lnl'];
    expect(one(...lnl, '--epoch', '1')).toContain('does not go with');
    expect(one('export', 'whole', '--format', 'tfjs', '--without-checkpoints')).toContain(
      'does not go with',
    );
  }, 60_000);

  test('killed at any moment leaves a whole run or none', async () => {
    const heavy = join(folder, 'heavy');
    fs.cpSync(join(folder, 'whole'), heavy, { recursive: true });
    fs.mkdirSync(join(heavy, 'kept'));
    const noise = randomFillSync(Buffer.alloc(48 * 2 ** 20));
    fs.writeFileSync(join(heavy, 'kept', 'epoch-0003.safetensors'), noise);
    const path = join(folder, 'heavy.lnl');
    await writeArchive(heavy, path, true);
    const place = join(folder, 'killed');
    const env = { ...process.env, LABEL_NOISE_LAB_RUNS: place };
    const begin = performance.now();
    spawnSync(process.execPath, [CLI, 'import', path], { env });
    const takes = performance.now() - begin;
    const found = new Set<string>();
    for (let share = 0.2; share < 1; share += 0.08) {
      fs.rmSync(join(place, 'heavy'), { recursive: true, force: true });
      const child = spawn(process.execPath, [CLI, 'import', path], { env, stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await wait(share * takes);
      child.kill('SIGKILL');
      await ended;
      const names = fs.readdirSync(place);
      found.add(names.includes('heavy') ? 'whole' : names.length > 0 ? 'half' : 'none');
      if (names.includes('heavy')) {
        expect((await importArchive(path, { runs: place })).kind).toBe('there');
      }
    }
    // Killed while it was being filled, at least once: else nothing was shown.
    expect([...found]).toContain('half');
    expect(await importArchive(path, { runs: place })).toMatchObject({ damage: null });
    expect(fs.readdirSync(place)).toEqual(['heavy']);
  }, 120_000);
});
