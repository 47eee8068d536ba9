/** Real disks of every small size, at everything that writes: what was there stays, and all goes on with room. */
import type { Phrase } from '../../../core/contract/words/phrase.ts';
import { inEnglish } from '../../../core/contract/words/texts.ts';
import { inWords } from '../../../core/contract/words/phrase.ts';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportRun } from '../../../core/export/index.ts';
import { exportFigure } from '../../../core/figures/export.ts';
import { viewOf } from '../../../core/figures/view.ts';
import { figureOf } from '../../../core/figures/index.ts';
import { settingsOf } from '../../../core/figures/settings.ts';
import { sentence } from '../../unit/said.ts';
import { beginRun, reopenRun } from '../../../core/runs/begin.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import { createLab } from '../../../core/api/lab.ts';
import { writeReport } from '../../../core/report/index.ts';
import { checkWhole } from '../../../core/run-folder/check.ts';
import { keepModel, keptEpochs } from '../../../core/run-folder/checkpoints.ts';
import { rowOf } from '../../../core/run-folder/list.ts';
import { readWeights } from '../../../core/run-folder/read.ts';
import { isRun } from '../../../core/run-folder/stored.ts';
import { forkWorkers } from '../../../core/sweep/launch.ts';
import { runSweep } from '../../../core/sweep/sweep.ts';
import { canMount, smallDisk } from '../../small-disk.ts';
import type { SmallDisk } from '../../small-disk.ts';
import { endOf, goOn, smallConfig, temporaryFolder, IS_WHOLE } from './small-run.ts';

const ROOM = 64 * 1024;
/** In KiB: 4 to 512 in steps of 4. The tests take some. */
const EVERY = Array.from({ length: 128 }, (_, i) => 4 * (i + 1));
const SIZES = IS_WHOLE ? EVERY : [4, 60, 200, 380];
const config = smallConfig(5);

const { path: folder, remove } = temporaryFolder();
const whole = join(folder, 'whole');
const stopped = join(folder, 'stopped');
beforeAll(async () => {
  await executeRun(await beginRun(whole, config));
  let epochs = 0;
  await executeRun(await beginRun(stopped, config), {
    epoch: () => epochs++,
    stopped: () => epochs > 2,
  });
});
afterAll(remove);

/** The sentence of what went wrong, or null. */
const said = (problem: Phrase | null): string | null => problem && inWords(problem, inEnglish);

async function problemOf(work: () => unknown): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return sentence(error);
  }
}

const FULL = /was not written .*the disk is full\. Make room on it\./;

/** Tries something on a disk with each amount of room, and counts how often it did not fit. */
async function onSmallDisks(
  name: string,
  prepare: (disk: SmallDisk) => void,
  work: (disk: SmallDisk) => Promise<string | null>,
  after: (disk: SmallDisk, problem: string | null, kib: number) => unknown,
  sizes = SIZES,
): Promise<void> {
  let refused = 0;
  for (const kib of sizes) {
    const disk = smallDisk(ROOM);
    try {
      prepare(disk);
      disk.leave(kib);
      const problem = await work(disk);
      if (problem !== null) {
        refused++;
        expect(problem, `${name}, ${kib} KiB`).toMatch(FULL);
        expect(problem).not.toMatch(/\.part|undefined/);
      }
      disk.leave(ROOM);
      await after(disk, problem, kib);
      const parts = readdirSync(disk.path, { recursive: true }).map(String);
      expect(parts.filter((file) => file.endsWith('.part'))).toEqual([]);
    } finally {
      disk.end();
    }
  }
  process.stdout.write(`${name}: ${sizes.length} disks, ${refused} were full, 0 lost anything\n`);
}

describe.runIf(canMount)('on a full disk', () => {
  const run = (disk: SmallDisk) => join(disk.path, 'run');
  const copy = (from: string) => (disk: SmallDisk) => cpSync(from, run(disk), { recursive: true });

  test('run', async () => {
    await onSmallDisks(
      'run',
      () => undefined,
      async (disk) => {
        let problem: string | null = null;
        const thrown = await problemOf(async () => {
          problem = said((await executeRun(await beginRun(run(disk), config))).problem);
        });
        return thrown ?? problem;
      },
      async (disk) => {
        await goOn(run(disk), config);
        expect(endOf(run(disk))).toEqual(endOf(whole));
      },
    );
  }, 600_000);

  test('resume', async () => {
    await onSmallDisks(
      'resume',
      copy(stopped),
      async (disk) => {
        let problem: string | null = null;
        const thrown = await problemOf(async () => {
          problem = said((await executeRun(await reopenRun(run(disk)))).problem);
        });
        return thrown ?? problem;
      },
      async (disk) => {
        expect(isRun(run(disk))).toBe(true);
        await goOn(run(disk), config);
        expect(endOf(run(disk))).toEqual(endOf(whole));
      },
    );
  }, 600_000);

  test('rename', async () => {
    await onSmallDisks(
      'rename',
      copy(whole),
      (disk) =>
        problemOf(() =>
          createLab(disk.path, () => undefined)['runs.rename']({ id: 'run', name: 'n'.repeat(99) }),
        ),
      (disk, problem) => {
        const { name } = rowOf(run(disk));
        expect(name).toBe(problem === null ? 'n'.repeat(99) : config.name);
        expect(checkWhole(run(disk)).damage).toBeNull();
      },
      // What matters lies below one KiB too.
      [0, ...SIZES],
    );
  }, 300_000);

  test('keep a model', async () => {
    await onSmallDisks(
      'keep',
      copy(whole),
      (disk) => problemOf(() => keepModel(run(disk), 3)),
      (disk, problem) => {
        expect(keptEpochs(run(disk))).toEqual(problem === null ? [3] : []);
        keepModel(run(disk), 3);
        rmSync(join(run(disk), 'checkpoints'), { recursive: true });
        expect(readWeights(run(disk), 3).path).toContain('kept');
      },
    );
  }, 300_000);

  test('report', async () => {
    await onSmallDisks(
      'report',
      () => undefined,
      (disk) =>
        problemOf(async () => {
          for (const format of ['html', 'csv'] as const) {
            await writeReport([whole], format, join(disk.path, `report.${format}`));
          }
        }),
      (disk, problem) => {
        const files = readdirSync(disk.path);
        if (problem === null) expect(files).toHaveLength(2);
        if (files.includes('report.html')) {
          expect(readFileSync(join(disk.path, 'report.html'), 'utf8')).toMatch(/<\/html>\n$/);
        }
      },
    );
  }, 300_000);

  test('export', async () => {
    await onSmallDisks(
      'export',
      () => undefined,
      (disk) => problemOf(() => exportRun(whole, 'savedmodel', 3, () => join(disk.path, 'out'))),
      (disk, problem) => {
        const out = join(disk.path, 'out');
        expect(existsSync(out)).toBe(problem === null);
        // The same command does it once there is room.
        exportRun(whole, 'savedmodel', 3, () => out);
        expect(readdirSync(out).sort()).toEqual(['README.txt', 'saved_model.pb']);
      },
    );
  }, 300_000);

  test('figure', async () => {
    const settings = settingsOf(figureOf('sigma').info, undefined, {});
    const view = await viewOf(join(folder, 'runs'), 'sigma', settings);
    const file = { language: 'en', dark: false } as const;
    await onSmallDisks(
      'figure',
      () => undefined,
      (disk) =>
        problemOf(async () => {
          for (const format of ['csv', 'json', 'svg', 'png'] as const) {
            await exportFigure(view, join(disk.path, `figure.${format}`), { format, ...file });
          }
        }),
      async (disk) => {
        for (const name of readdirSync(disk.path)) {
          const format = name.split('.').at(-1) as 'csv' | 'json' | 'svg' | 'png';
          const found = readFileSync(join(disk.path, name));
          await exportFigure(view, join(disk.path, 'again'), { format, ...file });
          expect(readFileSync(join(disk.path, 'again')).equals(found)).toBe(true);
        }
      },
    );
  }, 300_000);

  test('sweep', async () => {
    const launch = forkWorkers(join(__dirname, '../../../dist/core/sweep-worker.cjs'));
    const plan = [0, 1].map((seed) => ({
      settings: { seed },
      config: { ...config, training: { ...config.training, seed } },
    }));
    const sweep = (place: string) =>
      runSweep(plan, {
        launch,
        jobs: 2,
        folderOf: (i) => join(place, `run-${i}`),
        signal: new AbortController().signal,
      });
    const figures = (results: Awaited<ReturnType<typeof sweep>>) =>
      results.map(({ seconds: _seconds, run: _run, ...figure }) => figure);
    const good = figures(await sweep(join(folder, 'sweep')));
    await onSmallDisks(
      'sweep',
      () => undefined,
      async (disk) => {
        const problems = (await sweep(disk.path)).map(({ problem }) => problem);
        return said(problems.find((problem) => problem !== null) ?? null);
      },
      async (disk) => expect(figures(await sweep(disk.path))).toEqual(good),
      IS_WHOLE ? EVERY : [200],
    );
  }, 600_000);
});
