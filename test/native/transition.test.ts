/** Forward correction's matrix, estimated from another run: near the true one, blind to true labels, and kept. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transitionFrom } from '../../core/audit/transition.ts';
import type { TransitionEstimate } from '../../core/audit/transition.ts';
import { inferAll } from '../../core/contract/config/schema.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import { randomOf } from '../../core/random.ts';
import { readMetrics } from '../../core/run-folder/check.ts';
import { ownConfig, readRunConfig } from '../../core/run-folder/stored.ts';
import { beginRun } from '../../core/runs/begin.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { cloudConfig } from './cloud.ts';
import { hearingLab } from './hearing.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
/** As they are sorted. */
const CLASSES = ['blue', 'green', 'red'];
/** True class down, given class across. */
const PAIR = [
  [0.7, 0.3, 0],
  [0, 0.7, 0.3],
  [0.3, 0, 0.7],
];
const SYMMETRIC = [
  [0.6, 0.2, 0.2],
  [0.2, 0.6, 0.2],
  [0.2, 0.2, 0.6],
];

let folder: string;
let runs: string;
let pair: Config;
let found: TransitionEstimate;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-transition-'));
  runs = join(folder, 'runs');
  pair = await trained('pair', wrongBy('pair', PAIR, true));
  found = await transitionFrom(join(runs, 'pair'), pair);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An experiment on labels that are wrong on disk already. @param isTold whether the true ones lie beside them */
function wrongBy(name: string, matrix: readonly number[][], isTold: boolean): Config {
  const config = cloudConfig(folder);
  const random = randomOf(7, 'given labels');
  const [, ...rows] = readFileSync(config.data.source, 'utf8').trim().split('\n');
  const lines = rows.map((row) => {
    const [a, b, truth] = row.split(',') as [string, string, string];
    const chances = matrix[CLASSES.indexOf(truth)]!;
    const at = random.real();
    const given = at < chances[0]! ? 0 : at < chances[0]! + chances[1]! ? 1 : 2;
    return [a, b, CLASSES[given]!, ...(isTold ? [truth] : [])].join(',');
  });
  const source = join(folder, `${name}.csv`);
  writeFileSync(source, `a,b,label${isTold ? ',truth' : ''}\n${lines.join('\n')}\n`);
  const reading = { ...inferAll, labels: 'label', truth: isTold ? 'truth' : '' };
  Object.assign(config.data, { source, reading, labelsAreTrue: false });
  Object.assign(config.noise, { kind: 'none' });
  return config;
}

async function trained(name: string, config: Config, stopAfter = Infinity): Promise<Config> {
  let last = 0;
  await executeRun(await beginRun(join(runs, name), config), {
    stopped: () => last >= stopAfter,
    epoch: ({ record }) => (last = record.epoch),
  });
  return config;
}

function lab(...args: string[]): { code: number | null; err: string } {
  const env = { ...process.env, LABEL_NOISE_LAB_RUNS: runs };
  const done = spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
  return { code: done.status, err: done.stderr };
}

/** How far one matrix is from another, by the mean of all cells. */
function apart(one: readonly number[][], other: readonly number[][]): number {
  const cells = one.flatMap((row, i) => row.map((share, j) => Math.abs(share - other[i]![j]!)));
  return cells.reduce((a, b) => a + b, 0) / cells.length;
}

const numbersOf = (run: string) => readMetrics(run).map(({ seconds: _seconds, ...row }) => row);

describe('the estimate', () => {
  test('is near the true matrix of pair and of symmetric noise, and says where it is from', async () => {
    const symmetric = await trained('symmetric', wrongBy('symmetric', SYMMETRIC, false));
    const other = await transitionFrom(join(runs, 'symmetric'), symmetric);
    expect(apart(found.matrix, PAIR)).toBeLessThan(0.03);
    expect(apart(other.matrix, SYMMETRIC)).toBeLessThan(0.03);
    for (const { matrix, rate, told } of [found, other]) {
      for (const row of matrix) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
      expect(rate.low).toBeLessThan(rate.estimate);
      expect(told[0]!.code).toBe('audit.transition');
    }
  });

  test('is the same where nobody knows the true labels', async () => {
    const blind = await trained('blind', wrongBy('blind', PAIR, false));
    expect(readRunConfig(join(runs, 'pair')).noise?.matrix).toBeDefined();
    const again = await transitionFrom(join(runs, 'blind'), blind);
    expect(again.matrix).toEqual(found.matrix);
    expect(again.rate).toEqual(found.rate);
  });

  test('of labels that are others than those of the experiment says so', async () => {
    const noise = { ...pair.noise, kind: 'pair' as const, rate: 0.1 };
    const { told } = await transitionFrom(join(runs, 'pair'), { ...pair, noise });
    expect(told[1]).toMatchObject({ code: 'audit.notes.otherLabels' });
    expect(found.told).toHaveLength(1);
  });
});

describe('refused in one sentence are', () => {
  test('a run that has not finished', async () => {
    await trained('stopped', pair, 2);
    await expect(transitionFrom(join(runs, 'stopped'), pair)).rejects.toThrow('has not finished');
  });

  test('a run that is too short to be judged', async () => {
    await trained('short', { ...pair, training: { ...pair.training, epochs: 1 } });
    await expect(transitionFrom(join(runs, 'short'), pair)).rejects.toThrow('too few epochs');
  });

  test('a run of a class that no sample was found of, by its name', async () => {
    const lost = [PAIR[0]!.map((_, c) => Number(c === 0)), [1, 0, 0], [0, 0, 1]];
    const own = cloudConfig(folder);
    Object.assign(own.noise, { kind: 'matrix', matrix: lost });
    await trained('lost', own);
    const classes = readRunConfig(join(runs, 'lost')).classes;
    await expect(transitionFrom(join(runs, 'lost'), own)).rejects.toThrow(
      `truly of the class "${classes[1]!}"`,
    );
  });

  test('a run of other classes', async () => {
    const other = structuredClone(pair);
    other.data.source = join(folder, 'other.csv');
    const text = readFileSync(pair.data.source, 'utf8');
    writeFileSync(other.data.source, text.replaceAll('red', 'rose'));
    await expect(transitionFrom(join(runs, 'pair'), other)).rejects.toThrow(/"red".*"rose"|"rose"/);
    const digits = { ...other.data, source: 'mnist', reading: inferAll };
    const asked = transitionFrom(join(runs, 'pair'), { ...other, data: digits });
    await expect(asked).rejects.toThrow('was trained on 3 classes, and the data have 10');
  });

  test('all of that by the command line, which leaves no folder', () => {
    const out = join(folder, 'none');
    const run = (from: string, ...more: string[]) =>
      lab('run', 'mnist-quick', '--transition-from', from, '--out', out, ...more);
    const answers = [
      run('nothing'),
      run('pair'),
      run('pair', '--set', 'training.loss=gce'),
      lab('sweep', 'mnist-quick', '--transition-from', 'pair', '--out', out),
    ];
    const said = [
      /nothing/,
      /3 classes/,
      /--set training\.loss=gce.*--transition-from/,
      /3 classes/,
    ];
    answers.forEach(({ code, err }, i) => {
      expect(code).toBe(2);
      expect(err.trim()).toMatch(said[i]!);
      expect(
        err
          .trim()
          .split('\n')
          .filter((line) => !/^WARNING|^I0000/.test(line)),
      ).toHaveLength(1);
    });
    expect(existsSync(out)).toBe(false);
  });
});

test('a run keeps the matrix, and repeats itself without the other run', () => {
  const from = join(runs, 'from');
  cpSync(join(runs, 'pair'), from, { recursive: true });
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify({ ...pair, training: { ...pair.training, epochs: 3 } }));
  const [one, two] = ['one', 'two'].map((name) => join(folder, name)) as [string, string];
  const { code, err } = lab('run', path, '--transition-from', 'from', '--out', one);
  expect(code).toBe(0);
  expect(err).toMatch(
    /The transition matrix is an estimate from .*about \d\d% .*\n(?:.*\n)?.*, in /,
  );
  expect(ownConfig(readRunConfig(one)).training).toMatchObject({
    loss: 'forward',
    transition: found.matrix,
  });
  rmSync(from, { recursive: true });
  expect(lab('run', join(one, 'config.json'), '--out', two).code).toBe(0);
  expect(numbersOf(two)).toEqual(numbersOf(one));
});

test('the window asks for the same, and is refused while something else goes on', async () => {
  const { lab: handlers, heard } = hearingLab(runs);
  const { data, noise } = pair;
  const { matrix, told } = await handlers['labels.transition']({ id: 'pair', data, noise });
  expect(matrix).toEqual(found.matrix);
  expect(told).toEqual(found.told);
  const ended = heard('labels.ended');
  await handlers['labels.audit']({ id: 'pair', folds: null });
  await expect(
    (async () => handlers['labels.transition']({ id: 'pair', data, noise }))(),
  ).rejects.toThrow('being audited');
  await ended;
});
