/** The built command line as a person runs it: exit codes, what goes to stdout, and what is said. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function lab(...args: string[]): { code: number | null; out: string; err: string } {
  const env = { ...process.env, LABEL_NOISE_LAB_RUNS: join(folder, 'runs') };
  const done = spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

const SMALL = ['data.train=500', 'data.test=200', 'network.preset=softmax'].flatMap((setting) => [
  '--set',
  setting,
]);

describe('run, and what is made of it', () => {
  let run: string;

  test('prints one JSON object, and a line an epoch on stderr', () => {
    run = join(folder, 'one');
    const { code, out, err } = lab(
      'run',
      'mnist-quick',
      ...SMALL,
      '--set',
      'training.epochs=3',
      '--out',
      run,
      '--json',
    );
    expect(code).toBe(0);
    const summary = JSON.parse(out) as Record<string, unknown>;
    expect(summary).toMatchObject({ run, status: 'finished', epochs: 3, problem: null });
    expect(err).toMatch(/Epoch 3 of 3 {2}as given \d+\.\d%/);
    expect(existsSync(join(run, 'summary.json'))).toBe(true);
  }, 60_000);

  test("a run's own config.json repeats it", () => {
    const again = lab('run', join(run, 'config.json'), '--out', join(folder, 'two'), '--json');
    const figures = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => {
          const { seconds: _seconds, ...row } = JSON.parse(line) as Record<string, unknown>;
          return row;
        });
    expect(again.code).toBe(0);
    const metrics = (name: string) => readFileSync(join(folder, name, 'metrics.jsonl'), 'utf8');
    expect(figures(metrics('two'))).toEqual(figures(metrics('one')));
  }, 60_000);

  test('show, report and analyze read it', () => {
    expect(lab('show', run).out).toMatch(
      /Stop at epoch \d|No need to stop|A better epoch|Keep training/,
    );
    const shown = JSON.parse(lab('show', run, '--json').out) as { epochs: unknown[] };
    expect(shown.epochs).toHaveLength(4);
    const csv = join(folder, 'metrics.csv');
    expect(lab('report', run, '--format', 'csv', '--out', csv).code).toBe(0);
    const rows = parse(readFileSync(csv), { columns: true, cast: true }) as object[];
    expect(rows).toHaveLength(4);
    const verdict = lab('analyze', csv, '--holdout', '100', '--json');
    const keys = 'epoch low high confidence method reasons candidates format columns notes'.split(
      ' ',
    );
    expect(Object.keys(JSON.parse(verdict.out) as object)).toEqual(expect.arrayContaining(keys));
    // The run's folder is a log as well, and says the same.
    const own = lab('analyze', run, '--holdout', '100', '--json');
    const epochOf = (out: string) => (JSON.parse(out) as { epoch: number }).epoch;
    expect(epochOf(own.out)).toBe(epochOf(verdict.out));
    expect(lab('report', run, '--out', join(folder, 'r.html')).code).toBe(0);
    expect(readFileSync(join(folder, 'r.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  test('a run in the runs folder is listed and found by its id', () => {
    expect(lab('runs').out).toMatch(/There are no runs/);
    const made = lab('run', 'mnist-quick', ...SMALL, '--set', 'training.epochs=1', '--json');
    const { runs } = JSON.parse(lab('runs', '--json').out) as { runs: { id: string }[] };
    expect(runs).toHaveLength(1);
    expect((JSON.parse(made.out) as { run: string }).run).toContain(runs[0]!.id);
    expect(lab('show', runs[0]!.id).code).toBe(0);
  }, 60_000);
});

const LOGS = join(__dirname, '../fixtures/logs');

test('analyze tells the stop of any log, and which columns it took', () => {
  const { out } = lab('analyze', join(LOGS, 'keras.csv'));
  expect(out).toMatch(
    /^Stop at epoch \d+ \(\d+ to \d+\)\.\n\d+% sure that the best epoch so far is one of/,
  );
  expect(out).toContain('holdoutAccuracy=val_accuracy');
  const named = ['--columns', 'holdoutAccuracy=train/acc,epoch=_step', '--json'];
  const answer = JSON.parse(lab('analyze', join(LOGS, 'wandb.csv'), ...named).out) as object;
  expect(answer).toMatchObject({
    by: 'epoch',
    columns: { holdoutAccuracy: ['train/acc'], epoch: ['_step'] },
  });
});

test('analyze --follow tells each epoch and ends when training may', () => {
  const log = join(folder, 'follow.csv');
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${i + 1},${0.6 - 0.002 * Math.abs(i - 7) ** 1.5}`,
  );
  writeFileSync(log, `epoch,val_acc\n${rows.join('\n')}\n`);
  const { code, out } = lab('analyze', log, '--follow', '--holdout', '2000', '--json');
  expect(code).toBe(0);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ epoch }) => epoch)).toEqual(lines.map((_, i) => i + 1));
  expect(lines.at(-1)).toMatchObject({ phase: 'past', stop: true });
  expect(lab('analyze', log, '--follow', '--holdout', '2000').out).toMatch(
    /^epoch 1: too early.*\nepoch 2: .*[^]*\nepoch \d+: stop; the best was epoch \d+/,
  );
});

test('a transition matrix comes from a file, and what came of it is kept', () => {
  const path = join(folder, 'matrix.csv');
  const rows = Array.from({ length: 10 }, (_, i) =>
    Array.from({ length: 10 }, (_, j) => (i === j ? 0.8 : j === (i + 5) % 10 ? 0.2 : 0)),
  );
  writeFileSync(path, rows.map((row) => row.join(',')).join('\n'));
  const run = join(folder, 'matrix');
  const options = ['--set', 'training.epochs=1', '--noise-matrix', path, '--out', run];
  expect(lab('run', 'mnist-quick', ...SMALL, ...options).code).toBe(0);
  const { config, noise } = JSON.parse(readFileSync(join(run, 'config.json'), 'utf8')) as {
    config: { noise: { kind: string; matrix: number[][] } };
    noise: { matrix: number[][]; asked: number[][]; askedRate: number; realizedRate: number };
  };
  expect(config.noise).toMatchObject({ kind: 'matrix', matrix: rows });
  expect(noise.asked).toEqual(rows);
  expect(noise.askedRate).toBeCloseTo(0.2, 12);
  expect(Math.abs(noise.realizedRate - 0.2)).toBeLessThan(0.06);
  noise.matrix.forEach((row, i) =>
    row.forEach((count, j) => expect(count > 0).toBe(rows[i]![j]! > 0)),
  );
}, 60_000);

describe('data says what', () => {
  test('MNIST holds', () => {
    const data = JSON.parse(lab('data', 'mnist', '--json').out) as Record<string, unknown>;
    expect(data).toMatchObject({ name: 'MNIST', format: 'MNIST-style IDX', shape: [28, 28, 1] });
    expect([data['trainAvailable'], data['testAvailable']]).toEqual([60_000, 10_000]);
    // As published for MNIST's training and test sets.
    expect(data['classCounts']).toEqual([
      5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
    ]);
    expect(data['testCounts']).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect([data['trueCounts'], data['wrongLabels']]).toEqual([null, null]);
    expect(data['duplicates']).toEqual({ exact: 0, disagreeing: 0 });
  });

  test('CIFAR holds with labels from a file, given beside true', () => {
    const cifar = join(__dirname, '../fixtures/data/cifar-10-python.tar.gz');
    const labels = join(folder, 'labels.csv');
    // The fixture's own labels are 0 to 3 in each of its five batches.
    const given = Array.from({ length: 20 }, (_, i) => (i < 3 ? 9 : i % 4));
    writeFileSync(labels, ['a,b', ...given.map((label) => `${label},${label}`)].join('\n'));
    const data = JSON.parse(
      lab('data', cifar, '--labels', labels, '--labels-field', 'b', '--json').out,
    ) as Record<string, unknown>;
    expect(data['wrongLabels']).toBe(3);
    expect(data['classCounts']).toEqual([4, 4, 4, 5, 0, 0, 0, 0, 0, 3]);
    expect(data['trueCounts']).toEqual([5, 5, 5, 5, 0, 0, 0, 0, 0, 0]);
    const { out } = lab('data', cifar, '--labels', labels, '--set', 'reading.labelsField=b');
    expect(out).toMatch(/^CIFAR-10 \(CIFAR-10, Python\): 20 training and 3 test samples/);
    expect(out).toMatch(/Wrong labels: 3, 15\.0%/);
    expect(out).toMatch(/truck +3 +0 +0/);
  });

  test('a table repeats, and how its missing values are to be read', () => {
    const path = join(folder, 'repeats.csv');
    const rows = ['1,a', '2,b', '1,a', '1,b', ',a'];
    writeFileSync(path, ['x,label', ...rows, ...rows].join('\n'));
    const set = ['--set', 'reading.missing=drop'];
    const data = JSON.parse(lab('data', path, ...set, '--json').out) as Record<string, unknown>;
    // The first 1 is an a: five more are 1, of which two are b; and 2 comes once again.
    expect(data).toMatchObject({ trainAvailable: 8, duplicates: { exact: 6, disagreeing: 2 } });
    expect(lab('data', path, ...set).out).toMatch(/repeat an earlier one: 6, 2 of them with/);
  });
});

describe('wrong usage and input exit with 2 and one plain sentence', () => {
  test.each([
    [['bogus'], /unknown command 'bogus'/],
    [['run'], /missing required argument/],
    [['run', 'nowhere.json'], /nowhere\.json is neither a file nor a preset; .*mnist-quick/],
    [['run', 'mnist-quick', '--set', 'training.epochs=0'], /training\.epochs is 0; .*1 to 50,000/],
    [['run', 'mnist-quick', '--noise-matrix', '/nowhere.csv'], /\/nowhere\.csv/],
    [['run', 'mnist-quick', '--set', 'noise.kind=block'], /noise\.groups is empty/],
    [['show', 'nothing'], /There is no run nothing/],
    [['data', '/nowhere'], /\/nowhere does not exist/],
    [['data', 'mnist', '--labels', 'nowhere.npy'], /nowhere\.npy does not exist/],
    [['data', 'mnist', '--set', 'reading.missing=no'], /missing is "no"; it must be/],
    [['data', 'mnist', '--set', 'reading.no=1'], /there is no field no; the fields are labels/],
    [['analyze', '/nowhere.csv'], /does not exist/],
    [['analyze', '/nowhere.csv', '--columns', 'accuracy=x'], /give SIGNAL=COLUMN/],
    [['analyze', 'x.csv', '--follow', '--report', 'x.md'], /--report does not go with --follow/],
    [['analyze', 'x.csv', '--report', 'x.doc'], /x\.doc: a report ends in one of \.html, \.pdf/],
    [['analyze', '/nowhere.csv', '--chance', '2'], /between 0 and 1/],
    [
      ['report', 'nothing', '--format', 'doc'],
      /--format doc: give one of html, pdf, md, latex, csv, json/,
    ],
    [['export', 'nothing', '--format', 'tfjs'], /There is no run nothing/],
    [['export', 'nothing', '--format', 'onnx'], /--format onnx: give one of savedmodel/],
    [['sweep', 'mnist-quick'], /--over is missing/],
  ])('%j', (args, message) => {
    const { code, out, err } = lab(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(message);
  });

  test('a config file that is not JSON, or has an unknown field', () => {
    const path = join(folder, 'bad.json');
    writeFileSync(path, '{"name": ');
    expect(lab('run', path)).toMatchObject({
      code: 2,
      err: expect.stringContaining('not valid JSON') as string,
    });
    writeFileSync(path, '{"name": "x", "colour": "red"}');
    expect(lab('run', path)).toMatchObject({
      code: 2,
      err: expect.stringContaining(path) as string,
    });
  });
});
