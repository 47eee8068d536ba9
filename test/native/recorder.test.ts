/** The recorder in Python: what it writes is what the training said, whatever order, processes or kills. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditRun } from '../../core/audit/audit-run.ts';
import { recordPaths, rowsOfRecord } from '../../core/recorded/files.ts';
import { readNames } from '../../core/recorded/labels.ts';
import { openRecord } from '../../core/runs/open-record.ts';
import { checkWhole } from '../../core/run-folder/check.ts';
import { readDynamics, readLabels } from '../../core/run-folder/read.ts';
import { readRunConfig } from '../../core/run-folder/stored.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { recorderPython } from '../bench/python.ts';

const run = promisify(execFile);
let folder = '';
let python = '';
beforeAll(async () => {
  python = await recorderPython();
  folder = mkdtempSync(join(tmpdir(), 'lab-recorder-'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  epochs: Record<string, [number, number]>[];
  given: Record<string, number>;
  train: string[];
  holdout: string[];
}

/** How one process of the training goes. */
interface Training {
  epochs?: number;
  workers?: number;
  worker?: number;
  dieIn?: number;
  first?: number;
}

/** Trains, and records. @returns what the record must say */
async function train(record: string, training: Training = {}): Promise<Said> {
  const { epochs = 12, workers = 1, worker = 0, dieIn = 0, first = 1 } = training;
  const { stdout } = await run(
    python,
    [
      resolve('test/native/recorder.py'),
      record,
      ...[epochs, workers, worker, dieIn, first].map(String),
    ],
    { env: { ...process.env, PYTHONPATH: resolve('assets/recorder') }, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout) as Said;
}

/** Takes a record in, and compares every number of it with what the training said. */
async function compare(record: string, said: Said): Promise<string> {
  const open = openRecord(record, join(folder, 'runs'));
  expect(await executeRun(open)).toMatchObject({ problem: null, status: 'finished' });
  const checked = checkWhole(open.run);
  const names = readNames(open.run, checked.stored)!;
  expect(names).toEqual({ train: said.train, holdout: said.holdout });
  const labels = readLabels(open.run);
  expect([...labels.given]).toEqual(names.train.map((name) => said.given[name]));
  expect(checked.rows).toHaveLength(said.epochs.length);
  said.epochs.forEach((own, i) => {
    const dynamics = readDynamics(open.run, i + 1);
    for (const part of ['train', 'holdout'] as const) {
      const { predicted, loss } = part === 'train' ? dynamics : dynamics.holdout!;
      expect([...predicted]).toEqual(names[part].map((name) => own[name]![0]));
      names[part].forEach((name, at) => expect(loss[at]).toBeCloseTo(own[name]![1], 4));
    }
  });
  return open.run;
}

describe('a recorded training', () => {
  test('says what it said, sample by sample, in any order', async () => {
    const record = join(folder, 'plain');
    const said = await train(record);
    const made = await compare(record, said);
    expect(readRunConfig(made).recorded).toMatchObject({
      framework: 'NumPy',
      epochs: 12,
      holdout: 100,
    });
    const { rows } = checkWhole(made);
    expect(rows[0]!.testAccuracy).toBeGreaterThan(0.5);
    const audit = await auditRun(made);
    expect(audit.method).toBe('features');
    expect(audit.rows[0]!.id).toBe(said.train[0]);
    expect(audit.found.noiseRate.low).toBeLessThan(0.3);
    expect(audit.found.noiseRate.high).toBeGreaterThan(0.3);
  }, 120_000);

  test('of two processes is one, their padding once', async () => {
    const record = join(folder, 'two');
    const [said] = await Promise.all([
      train(record, { workers: 2, worker: 0 }),
      train(record, { workers: 2, worker: 1 }),
    ]);
    await compare(record, said!);
  }, 120_000);

  test('that was killed in an epoch goes on from the last whole one', async () => {
    const record = join(folder, 'killed');
    await expect(train(record, { dieIn: 6 })).rejects.toMatchObject({ code: 9 });
    expect(rowsOfRecord(record).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    const open = openRecord(record, join(folder, 'runs'));
    expect(await executeRun(open)).toMatchObject({ problem: null, status: 'stopped', epochs: 5 });
    // From a checkpoint of epoch 3: two epochs are trained once more.
    const rest = await train(record, { first: 4 });
    const whole = await train(join(folder, 'whole'));
    expect(rest.epochs).toEqual(whole.epochs.slice(3));
    expect(await compare(record, whole)).toBe(open.run);
  }, 120_000);

  test('leaves nothing but what the format names', async () => {
    const record = join(folder, 'plain');
    const head = JSON.parse(readFileSync(recordPaths.head(record), 'utf8')) as object;
    expect(Object.keys(head).sort()).toEqual(
      [
        ...['format', 'version', 'token', 'name', 'framework', 'classes', 'during', 'epochs'],
        ...['workers', 'created', 'ended'],
      ].sort(),
    );
  });

  test.each([
    ['labels that are no class', '[0, 3], [[1, 2, 3], [4, 5, 6]]', 'from 0 to 2'],
    ['a negative label', '[0, -1], [[1, 2, 3], [4, 5, 6]]', 'from 0 to 2'],
    ['outputs of other classes', '[0, 1], [[1, 2], [4, 5]]', 'of 2 classes, and there are 3'],
    ['outputs of other samples', '[0, 1], [[1, 2, 3]]', 'of the same samples'],
    ['a mean loss', '[0, 1], [[1, 2, 3], [4, 5, 6]], loss=0.5', 'one number a sample'],
  ])('refuses %s at once', async (name, told, why) => {
    const code = `import label_noise_lab as l; l.Recorder(${JSON.stringify(join(folder, name))}, 3).add("train", [0, 1], ${told})`;
    const env = { ...process.env, PYTHONPATH: resolve('assets/recorder') };
    await expect(run(python, ['-c', code], { env })).rejects.toThrow(why);
  });
});
