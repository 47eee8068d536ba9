/** A run's labels are audited: by the command line, after damage, and as a run of an older version. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditRun } from '../../core/audit/audit-run.ts';
import type { RunAudit } from '../../core/audit/audit-run.ts';
import { readNpy } from '../../core/data/formats/npy.ts';
import { sha256 } from '../../core/disk/sealed.ts';
import { everyNth, nearest } from '../../core/labels/neighbours.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { randomOf } from '../../core/random.ts';
import { probabilityEpochs, readProbabilities } from '../../core/run-folder/probabilities.ts';
import { probabilitiesIn, paths } from '../../core/run-folder/files.ts';
import { writeNpz } from '../../core/run-folder/npz.ts';
import { readSums } from '../../core/run-folder/sums.ts';
import { ownConfig, readRunConfig, writeRunConfig } from '../../core/run-folder/stored.ts';
import { beginRun, reopenRun } from '../../core/runs/begin.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { nearestPlain } from '../unit/labels/plain.ts';
import { cloudConfig, labelsOf } from './cloud.ts';
import { THREADS } from './run-graph.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
let folder: string;
let run: string;
let whole: RunAudit;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-audit-'));
  const config = cloudConfig(folder);
  run = join(folder, 'run');
  let stopped = false;
  const stop = {
    stopped: () => stopped,
    epoch: (at: { record: { epoch: number } }) => (stopped = at.record.epoch === 5),
  };
  await executeRun(await beginRun(run, config), stop);
  await executeRun(await reopenRun(run));
  cpSync(run, join(folder, 'copy'), { recursive: true });
  await executeRun(await beginRun(join(folder, 'straight'), config));
  whole = await auditRun(run, { test: true });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The experiment with other data settings, trained anew. */
async function trained(name: string, data: object): Promise<string> {
  const config = ownConfig(readRunConfig(run));
  const other = join(folder, name);
  await executeRun(await beginRun(other, { ...config, data: { ...config.data, ...data } }));
  return other;
}

describe('an audit', () => {
  test('finds the wrong labels, and what they should be', () => {
    const labels = labelsOf(run);
    const rows = whole.rows.filter(({ part }) => part === 'train');
    const truth = labels['train_true']!;
    const flagged = rows.filter((row) => row.flagged);
    const right = flagged.filter((row) => row.suggested === truth[row.index]);
    const wrong = rows.filter((row) => row.given !== truth[row.index]);
    expect(right.length / flagged.length).toBeGreaterThan(0.95);
    expect(right.length / wrong.length).toBeGreaterThan(0.9);
    expect(Math.abs(whole.found.noiseRate.estimate - 0.3)).toBeLessThan(0.05);
    expect(whole).toMatchObject({ weak: false, method: 'features', notes: [] });
  });

  test('scores the test samples too, whose labels are right', () => {
    const tested = whole.rows.filter(({ part }) => part === 'test');
    expect(tested).toHaveLength(200);
    expect(tested.filter((row) => row.flagged).length).toBeLessThan(4);
  });

  test('does not read true labels, nor those of test samples', async () => {
    const copy = join(folder, 'copy');
    const { train_true: _a, holdout_true: _b, test_labels: _c, ...rest } = labelsOf(copy);
    const content = writeNpz(rest);
    writeFileSync(paths.labels(copy), content);
    const stored = readRunConfig(copy);
    writeRunConfig(copy, { ...stored, sums: { ...stored.sums!, labels: sha256(content) } });
    const found = await auditRun(copy);
    expect(found.found.train).toEqual(whole.found.train);
    expect(found.rows).toEqual(whole.rows.filter(({ part }) => part !== 'test'));
  });

  test('of a run without what was believed goes by votes and losses, and says so', async () => {
    const old = join(folder, 'old');
    cpSync(run, old, { recursive: true });
    rmSync(probabilitiesIn(old), { recursive: true });
    const found = await auditRun(old);
    expect(found.notes.map(({ code }) => code)).toEqual(['audit.notes.votes']);
    expect(Math.abs(found.found.noiseRate.estimate - 0.3)).toBeLessThan(0.08);
  });

  test('without the data goes by what the run holds, and says so', async () => {
    const moved = join(folder, 'moved');
    cpSync(run, moved, { recursive: true });
    const stored = readRunConfig(moved);
    const config = ownConfig(stored);
    const data = { ...config.data, source: join(folder, 'gone.csv') };
    writeRunConfig(moved, { ...stored, config: { ...config, data } });
    const found = await auditRun(moved);
    expect(found.notes.map(({ code }) => code)).toEqual(['audit.notes.noData']);
    expect(found.method).toBe('probabilities');
    await expect(auditRun(moved, { test: true })).rejects.toThrow('cannot be audited');
  });
});

describe('what was believed', () => {
  test('is the same after a stop and going on as without', () => {
    const other = join(folder, 'straight');
    expect(probabilityEpochs(run)).toEqual(probabilityEpochs(other));
    const files = [run, other].map((at) => readFileSync(paths.probabilities(at, 12)));
    expect(files[0]!.equals(files[1]!)).toBe(true);
    const { train } = readProbabilities(run, 12, readSums(run))!.means();
    for (let at = 0; at < train.length; at += 3) {
      expect(train[at]! + train[at + 1]! + train[at + 2]!).toBeCloseTo(1, 4);
    }
  });

  test.each([
    ['a hold-out', { holdoutShare: 0 }, ['noHoldout', 'testAlone']],
    ['test samples', { test: 0 }, ['noTestSamples']],
  ])('says that test samples are left out of a run without %s', async (name, data, codes) => {
    const { rows, notes } = await auditRun(await trained(`without ${name}`, data), { test: true });
    expect(rows.filter(({ part }) => part === 'test')).toEqual([]);
    expect(notes.map(({ code }) => code.replace('audit.notes.', ''))).toEqual(codes);
  });

  test('is not taken where its file is damaged', async () => {
    const damaged = join(folder, 'damaged');
    cpSync(run, damaged, { recursive: true });
    for (const epoch of probabilityEpochs(damaged))
      appendFileSync(paths.probabilities(damaged, epoch), 'x');
    expect(() => readProbabilities(damaged, 12, readSums(damaged))).toThrow('damaged');
    expect((await auditRun(damaged)).notes.map(({ code }) => code)).toEqual(['audit.notes.votes']);
  });
});

test('neighbours are those of comparing every pair', async () => {
  const random = randomOf(1, 'points');
  const values = Float32Array.from({ length: 300 * 7 }, () => random.real());
  const others = Float32Array.from({ length: 80 * 7 }, () => random.real());
  const tf = await loadTensorFlow(THREADS);
  const own = Int32Array.from({ length: 300 }, (_, i) => i);
  const pairs = [
    [
      await nearest(tf, { values, size: 7 }, { values, size: 7 }, own, 9),
      nearestPlain(values, values, 7, true, 9),
    ],
    [
      await nearest(tf, { values: others, size: 7 }, { values, size: 7 }, null, 9),
      nearestPlain(others, values, 7, false, 9),
    ],
  ] as const;
  for (const [found, plain] of pairs) {
    expect(found.count).toBe(9);
    found.likeness.forEach((like, i) => expect(like).toBeCloseTo(plain.likeness[i]!, 5));
    const same = found.places.filter((place, i) => place === plain.places[i]).length;
    expect(same / found.places.length).toBeGreaterThan(0.999);
  }
});

test('every third point is the first, the fourth and so on', () => {
  const { values, size } = everyNth(
    { values: Float32Array.from({ length: 14 }, (_, i) => i), size: 2 },
    3,
  );
  expect([...values]).toEqual([0, 1, 6, 7, 12, 13]);
  expect(size).toBe(2);
});

describe('the command audit', () => {
  const lab = (...args: string[]) => {
    const env = { ...process.env, LABEL_NOISE_LAB_RUNS: folder };
    const done = spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
    return { code: done.status, out: done.stdout, err: done.stderr };
  };

  test('prints one JSON object and writes its table', () => {
    const path = join(folder, 'audit.csv');
    const { code, out } = lab('audit', 'run', '--part', 'all', '--json', '--out', path);
    expect(code).toBe(0);
    const found = JSON.parse(out) as Record<string, unknown>;
    expect(found).toMatchObject({
      noiseRate: JSON.parse(JSON.stringify(whole.found.noiseRate)) as object,
      flagged: whole.rows.filter((row) => row.flagged).length,
      samples: 800 + 400 + 200,
      weak: false,
      method: 'features',
    });
    expect(found['matrix']).toHaveLength(3);
    const rows = parse(readFileSync(path), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(1400);
    expect(Object.keys(rows[0]!)).toEqual(
      'part index id given probability suggested suggestedProbability flagged label decision disagreeing outlier'.split(
        ' ',
      ),
    );
    const labels = labelsOf(run);
    const names = readRunConfig(run).classes;
    for (const row of rows.filter(({ part }) => part === 'train')) {
      const at = Number(row['index']);
      expect(row['given']).toBe(names[labels['train_given']![at]!]);
      expect(row['id']).toBe(String(labels['train_index']![at]));
      if (row['flagged'] === 'true') expect(row['suggested']).not.toBe(row['given']);
    }
  });

  test('says in words what it found, in either language', () => {
    expect(lab('audit', 'run').out).toMatch(/^About \d+% of the training labels are wrong/);
    expect(lab('audit', 'run', '--language', 'he').out).toContain('מתוויות האימון שגויות');
  });

  test('refuses a place that cannot be before it begins, and makes a folder that is missing', () => {
    const file = join(folder, 'rows.csv');
    const refused = lab('audit', 'run', '--folds', '2', '--out', join(file, 'audit.csv'));
    expect(refused.code).toBe(2);
    expect(refused.err).not.toContain('times more');
    const path = join(folder, 'new', 'audit.csv');
    expect(lab('audit', 'run', '--out', path).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('suggestedProbability');
  });

  test('writes corrected labels as an array in the order of the data', () => {
    const path = join(folder, 'labels.npy');
    expect(lab('audit', 'run', '--out', path).code).toBe(0);
    const { shape, values } = readNpy(readFileSync(path), path);
    expect(shape).toEqual([1500]);
    const labels = labelsOf(run);
    for (const { part, index, flagged, suggested, given } of whole.rows) {
      if (part === 'test') continue;
      const place = labels[`${part}_index`]![index]!;
      expect(values[place]).toBe(flagged ? suggested : given);
    }
  });

  test('trains folds where asked, and says how long it takes', () => {
    const { code, out, err } = lab('audit', 'run', '--folds', '2', '--json');
    expect(code).toBe(0);
    expect(err).toMatch(/^Training 2 times more, which takes about/m);
    const found = JSON.parse(out) as { method: string; noiseRate: { estimate: number } };
    expect(found.method).toBe('folds');
    expect(Math.abs(found.noiseRate.estimate - 0.3)).toBeLessThan(0.05);
    expect(lab('audit', 'run', '--folds', '1').code).toBe(2);
  });

  test('corrects the labels of a new run', () => {
    const table = join(folder, 'audit.csv');
    const config = join(run, 'config.json');
    const next = join(folder, 'corrected');
    const { code, err } = lab('run', config, '--corrections', table, '--out', next);
    expect(code).toBe(0);
    const flagged = whole.rows.filter((row) => row.flagged && row.part !== 'test');
    expect(err).toContain(`Corrections from audit.csv: ${flagged.length} labels changed`);
    const [before, after] = [labelsOf(run), labelsOf(next)];
    const names = ['train', 'holdout'] as const;
    for (const part of names) {
      const expected = before[`${part}_given`]!.slice();
      for (const row of flagged) if (row.part === part) expected[row.index] = row.suggested;
      expect(after[`${part}_given`]).toEqual(expected);
      expect(after[`${part}_true`]).toEqual(before[`${part}_true`]);
    }
  });

  test('leaves out the samples that a correction removes', () => {
    const path = join(folder, 'removed.csv');
    const places = labelsOf(run)['train_index']!;
    writeFileSync(path, `id,label\n${places[3]!},\n${places[7]!},red\n`);
    const next = join(folder, 'fewer');
    expect(lab('run', join(run, 'config.json'), '--corrections', path, '--out', next).code).toBe(0);
    const after = labelsOf(next);
    expect([...after['train_index']!]).toEqual([...places].filter((_, i) => i !== 3));
    expect(after['train_given']![6]).toBe(readRunConfig(run).classes.indexOf('red'));
  });

  test.each([
    ['id,label\n99999,red\n', /row 2: there is no sample 99999/],
    ['id,label\n1,pink\n', /row 2: the label pink is none of the classes/],
    ['id,label\n1,red\n1,blue\n', /row 3: the sample 1 is named a second time/],
    ['name,value\n1,red\n', /has the columns name, value|has the columns/],
    ['id,label\n1,"red\n', /a quote is opened but not closed/],
  ])('refuses corrections that do not fit: %j', (text, said) => {
    const path = join(folder, 'bad.csv');
    writeFileSync(path, text);
    const { code, err } = lab('run', join(run, 'config.json'), '--corrections', path);
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(said);
  });

  test('writes the labels of the whole data set, which are read as given labels', () => {
    const out = join(folder, 'exported');
    expect(lab('export', 'run', '--format', 'labels', '--out', out).code).toBe(0);
    const path = join(out, 'labels.csv');
    const rows = parse(readFileSync(path), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(1500);
    const read = lab('data', join(folder, 'rows.csv'), '--labels', path);
    expect(read.code).toBe(0);
  });

  test('refuses what it does not know in one sentence', () => {
    for (const [args, said] of [
      [['--out', 'x.doc'], /must end with/],
      [['--part', 'half'], /give one of/],
    ] as const) {
      const { code, err } = lab('audit', 'run', ...args);
      expect(code).toBe(2);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).toMatch(said);
    }
  });
});
