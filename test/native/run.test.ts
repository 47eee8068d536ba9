/** Real runs on real MNIST: reproducible, resumable, killable; and what a verdict may not read. */
import { said } from '../unit/said.ts';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { beginRun, reopenRun } from '../../core/runs/begin.ts';
import type { Follower } from '../../core/runs/execute.ts';
import { reportText } from '../../core/report/index.ts';
import { paths } from '../../core/run-folder/files.ts';
import { readMetrics } from '../../core/run-folder/check.ts';
import type { Summary } from '../../core/run-folder/summary.ts';
import { detailsOf, Prover } from '../../core/run-folder/pages.ts';
import { runView } from '../../core/run-folder/views.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-runs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A run that takes a few seconds. */
function small(changes: (config: Config) => void = () => undefined): Config {
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { train: 1000, test: 1000 });
  Object.assign(config.training, { epochs: 6, threads: 2 });
  changes(config);
  return config;
}

async function trainIn(name: string, config: Config, follower: Follower = {}): Promise<Summary> {
  return executeRun(await beginRun(join(folder, name), config), follower);
}

/** The rows without the time they took. */
function numbers(name: string): object[] {
  return readMetrics(join(folder, name)).map(({ seconds: _seconds, ...row }) => row);
}

const bytes = (name: string, epoch: number) =>
  readFileSync(paths.checkpoint(join(folder, name), epoch));

describe('one config and seed', () => {
  beforeAll(() => trainIn('whole', small()), 60_000);

  test('gives the same numbers and weights, bit for bit', async () => {
    await trainIn('again', small());
    expect(numbers('again')).toEqual(numbers('whole'));
    expect(bytes('again', 6).equals(bytes('whole', 6))).toBe(true);
  }, 60_000);

  test('another seed gives others', async () => {
    await trainIn(
      'other',
      small((config) => (config.training.seed = 1)),
    );
    expect(numbers('other')[3]).not.toEqual(numbers('whole')[3]);
  }, 60_000);

  test('stopped and resumed, it ends the same', async () => {
    let stopped = false;
    const follower: Follower = {
      stopped: () => stopped,
      epoch: ({ record }) => (stopped = record.epoch === 3),
    };
    const summary = await trainIn('stopped', small(), follower);
    expect(summary.status).toBe('stopped');
    const end = await executeRun(await reopenRun(join(folder, 'stopped')));
    expect(end.status).toBe('finished');
    expect(numbers('stopped')).toEqual(numbers('whole'));
    expect(bytes('stopped', 6).equals(bytes('whole', 6))).toBe(true);
  }, 60_000);

  test('every other optimizer resumes the same too', async () => {
    for (const optimizer of ['adam', 'adadelta', 'nesterov', 'sgd'] as const) {
      const config = small((c) => {
        Object.assign(c.training, { optimizer, epochs: 3, learningRate: 0.005 });
        c.network.preset = 'softmax';
      });
      await trainIn(`${optimizer}-whole`, config);
      let stopped = false;
      await trainIn(`${optimizer}-cut`, config, {
        stopped: () => stopped,
        epoch: ({ record }) => (stopped = record.epoch === 1),
      });
      await executeRun(await reopenRun(join(folder, `${optimizer}-cut`)));
      expect(numbers(`${optimizer}-cut`)).toEqual(numbers(`${optimizer}-whole`));
    }
  }, 120_000);

  test('measured during the epoch, it resumes the same too, and only training curves differ', async () => {
    const during = small((c) => (c.training.measure = 'during'));
    await trainIn('during', during);
    let stopped = false;
    await trainIn('during-cut', during, {
      stopped: () => stopped,
      epoch: ({ record }) => (stopped = record.epoch === 2),
    });
    await executeRun(await reopenRun(join(folder, 'during-cut')));
    expect(numbers('during-cut')).toEqual(numbers('during'));
    const [after, now] = ['whole', 'during'].map((run) => readMetrics(join(folder, run)));
    expect(now!.map((row) => row.testLoss)).toEqual(after!.map((row) => row.testLoss));
    // A sample is measured before the epoch has taught it: the network was worse then.
    expect(now![1]!.trainLoss).toBeGreaterThan(after![1]!.trainLoss);
  }, 60_000);

  test('a complete run is not resumed', async () => {
    await expect(reopenRun(join(folder, 'whole'))).rejects.toThrow(/complete/);
  });

  test('its view and report hold what was measured', () => {
    const view = runView(join(folder, 'whole'));
    expect(view.epochs).toHaveLength(7);
    expect(view.epochs.map((epoch) => epoch.record)).toEqual(readMetrics(join(folder, 'whole')));
    for (const { outcomes } of view.epochs) {
      expect(outcomes!.recovered + outcomes!.memorized + outcomes!.other).toBe(view.wrongLabels);
    }
    const whole = join(folder, 'whole');
    const details = detailsOf(whole, new Prover().prove(whole), 0, 100);
    expect(details).toHaveLength(7);
    // As it was kept while it was trained, and as it is computed from the dynamics.
    rmSync(paths.views(whole));
    expect(runView(whole)).toEqual(view);
    expect(detailsOf(whole, new Prover().prove(whole), 0, 100)).toEqual(details);
    for (const { histogram } of details) {
      const counted = [...histogram.right, ...histogram.wrong].reduce((a, b) => a + b, 0);
      expect(counted).toBe(1000);
    }
    const html = reportText(join(folder, 'whole'), 'html');
    expect(html).toContain('MNIST, 40% symmetric noise');
    expect(html).not.toMatch(/<script|src=|href=|url\(/);
  });
});

describe('test data and true labels', () => {
  test('are not read for the verdict: without them it is the same', async () => {
    const epochs = (config: Config) => (config.training.epochs = 12);
    const seen = await trainIn('seen', small(epochs));
    const blind = await trainIn(
      'blind',
      small((config) => {
        epochs(config);
        config.data.test = 0;
        config.data.labelsAreTrue = false;
      }),
    );
    expect(seen.verdict).not.toBeNull();
    expect(blind.verdict).toEqual(seen.verdict);
    expect(blind.testBest).toBeNull();
    const last = readMetrics(join(folder, 'blind')).at(-1)!;
    expect(last).not.toHaveProperty('testAccuracy');
    expect(last).not.toHaveProperty('trainAccuracyTrue');
    expect(last).not.toHaveProperty('lossWrongLabels');
  }, 120_000);
});

describe('the paper', () => {
  test('right labels are fitted first, near the start; wrong ones later, far from it', async () => {
    await trainIn(
      'paper',
      small((config) => {
        config.training.epochs = 60;
        config.training.learningRate = 0.02;
      }),
    );
    const rows = readMetrics(join(folder, 'paper'));
    const best = rows.reduce((a, b) => (b.testAccuracy! > a.testAccuracy! ? b : a));
    const last = rows.at(-1)!;
    expect(best.testAccuracy!).toBeGreaterThan(0.8);
    expect(last.testAccuracy!).toBeLessThan(best.testAccuracy! - 0.1);
    expect(last.trainAccuracy).toBeGreaterThan(0.9);
    expect(last.relativeDistance).toBeGreaterThan(2 * best.relativeDistance!);
    rows.slice(1).forEach((row, i) => expect(row.distance).toBeGreaterThan(rows[i]!.distance!));
  }, 120_000);
});

describe('what goes wrong', () => {
  test('a loss that is not a number ends the run with one sentence and keeps the epochs', async () => {
    const summary = await trainIn(
      'diverged',
      small((config) => {
        Object.assign(config.training, { optimizer: 'momentum', learningRate: 100 });
        config.network.preset = 'mlp';
      }),
    );
    const status = [summary.status, said([summary.problem!]).join()];
    expect(status[0]).toBe('failed');
    expect(status[1]).toMatch(/^training\.learningRate: with 100 .*train with a lower one/);
    expect(readMetrics(join(folder, 'diverged')).length).toBeGreaterThan(0);
  }, 60_000);

  test('a run that is being trained is not trained twice', async () => {
    const open = await beginRun(join(folder, 'locked'), small());
    await expect(reopenRun(join(folder, 'locked'))).rejects.toThrow(/being trained/);
    open.lock.release();
  });

  test('a folder with a run is not written over', async () => {
    await expect(beginRun(join(folder, 'locked'), small())).rejects.toThrow(/already holds a run/);
  });
});
