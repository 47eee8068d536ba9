/** The command line writes audited labels to files, and trains on them as given. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditRun } from '../../core/audit/audit-run.ts';
import type { RunAudit } from '../../core/audit/audit-run.ts';
import { readNpy } from '../../core/data/formats/npy.ts';
import { beginRun } from '../../core/runs/begin.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { cloudConfig, labelsOf } from './cloud.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
let folder: string;
let run: string;
let whole: RunAudit;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-label-files-'));
  run = join(folder, 'run');
  await executeRun(await beginRun(run, cloudConfig(folder)));
  whole = await auditRun(run);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lab = (...args: string[]) => {
  const env = { ...process.env, LABEL_NOISE_LAB_RUNS: folder };
  const done = spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
};

test.each(['csv', 'json', 'parquet', 'npy'])('writes %s, which trains as given', (ending) => {
  const path = join(folder, `given.${ending}`);
  expect(lab('audit', 'run', '--out', path).code).toBe(0);
  const next = join(folder, `of ${ending}`);
  const fewer = ['--set', 'training.epochs=1', '--out', next];
  const { code, err } = lab('run', join(run, 'config.json'), '--labels', path, ...fewer);
  expect(err).not.toContain('cannot');
  expect(code).toBe(0);
  const [after, before] = [labelsOf(next), labelsOf(run)];
  const place = new Map([...before['train_index']!].map((at, i) => [at, i]));
  const rows = whole.rows.filter(({ part }) => part === 'train');
  let met = 0;
  after['train_index']!.forEach((at, i) => {
    const row = rows[place.get(at) ?? -1];
    if (!row) return;
    met++;
    expect(after['train_given']![i]).toBe(row.flagged ? row.suggested : row.given);
  });
  expect(met).toBeGreaterThan(300);
});

test('writes other formats by name, and says what it cannot write', () => {
  const soft = join(folder, 'soft.npy');
  expect(lab('audit', 'run', '--format', 'soft', '--out', soft).code).toBe(0);
  expect(readNpy(readFileSync(soft), soft).shape).toEqual([1500, 3]);
  for (const [args, said] of [
    [['--format', 'sorted', '--out', join(folder, 'sorted')], /are not pictures/],
    [['--format', 'csv'], /add --out/],
    [['--format', 'word', '--out', join(folder, 'x')], /"csv", "json"|csv, json/],
  ] as const) {
    const { code, err } = lab('audit', 'run', ...args);
    expect(code).toBe(2);
    expect(err).toMatch(said);
  }
});
