/** A folder has one owner: however many processes want it, and whatever happens to it meanwhile. */
import { said } from '../../unit/said.ts';
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginRun, reopenRun } from '../../../core/runs/begin.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import { checkWhole, readMetrics } from '../../../core/run-folder/check.ts';
import { paths } from '../../../core/run-folder/files.ts';
import { runName } from '../../../core/run-folder/stored.ts';
import { isClaim } from '../../../core/run-folder/lock.ts';
import { endOf, IS_WHOLE, smallConfig, temporaryFolder } from './small-run.ts';

const CLI = join(__dirname, '../../../dist/core/cli.cjs');
const EPOCHS = 8;

const { path: folder, remove } = temporaryFolder();
const configPath = (seed: number) => join(folder, `config-${seed}.json`);
beforeAll(() => {
  for (let seed = 0; seed < 10; seed++) {
    const config = smallConfig(EPOCHS);
    Object.assign(config, { name: `seed ${seed}` });
    Object.assign(config.training, { seed });
    writeFileSync(configPath(seed), JSON.stringify(config));
  }
});
afterAll(remove);

interface Ended {
  code: number | null;
  errors: string;
}

const lab = (...args: string[]): Promise<Ended> => end(process.execPath, [CLI, ...args]);

function end(program: string, args: string[]): Promise<Ended> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, errors })));
}

const last = (text: string): string => text.trim().split('\n').at(-1)!;

describe('processes that want the same folder', () => {
  test.each(IS_WHOLE ? [2, 3, 10] : [2, 4])(
    '%i at once: one trains, the others are refused',
    async (many) => {
      const run = join(folder, `together-${many}`);
      const ended = await Promise.all(
        Array.from({ length: many }, (_, seed) => lab('run', configPath(seed), '--out', run)),
      );
      const winners = ended.flatMap(({ code }, seed) => (code === 0 ? [seed] : []));
      expect(winners, ended.map(({ errors }) => last(errors)).join('\n')).toHaveLength(1);
      for (const { code, errors } of ended.filter(({ code }) => code !== 0)) {
        expect(code).toBe(2);
        expect(last(errors)).toMatch(/being trained by another process|already holds a run/);
      }
      const { stored, damage, rows } = checkWhole(run);
      expect(damage).toBeNull();
      expect(rows).toHaveLength(EPOCHS + 1);
      expect(runName(stored)).toBe(`seed ${winners[0]}`);
      expect(readdirSync(run).filter(isClaim)).toEqual([]);
      // The winner's numbers are those of its own config, trained alone.
      const alone = join(folder, `alone-${many}`);
      const config = { ...smallConfig(EPOCHS), name: runName(stored) };
      config.training.seed = winners[0]!;
      await executeRun(await beginRun(alone, config));
      expect(endOf(run)).toEqual(endOf(alone));
    },
    240_000,
  );
});

/** Runs a program where processes are counted anew, as in a container of its own. */
const CONTAINER = ['--user', '--map-root-user', '--pid', '--fork', '--mount-proc'];
const hasContainers = spawnSync('unshare', [...CONTAINER, 'true']).status === 0;

describe.runIf(hasContainers)('containers of one machine that want the same folder', () => {
  const contained = (...args: string[]) =>
    end('unshare', [...CONTAINER, process.execPath, CLI, ...args]);

  test('two at once: one trains, the other is refused', async () => {
    const run = join(folder, 'contained');
    const ended = await Promise.all(
      [0, 1].map((seed) => contained('run', configPath(seed), '--out', run)),
    );
    const told = ended.map(({ errors }) => last(errors)).join('\n');
    expect(ended.map(({ code }) => code).sort(), told).toEqual([0, 2]);
    expect(told).toMatch(/being trained by another process|already holds a run/);
    expect(checkWhole(run).rows).toHaveLength(EPOCHS + 1);
    expect(readdirSync(run).filter(isClaim)).toEqual([]);
  }, 240_000);

  test('one that trains keeps another out, though both are process 1', async () => {
    const run = join(folder, 'contained-long');
    writeFileSync(join(folder, 'longer.json'), JSON.stringify(smallConfig(2000)));
    const first = spawn('unshare', [
      ...['--kill-child', ...CONTAINER, process.execPath, CLI],
      ...['run', join(folder, 'longer.json'), '--out', run],
    ]);
    await expect.poll(() => readMetrics(run).length, { timeout: 60_000 }).toBeGreaterThan(2);
    for (const other of [await contained('resume', run), await lab('resume', run)]) {
      expect(other.code).toBe(2);
      expect(last(other.errors)).toMatch(/being trained by another process/);
    }
    const gone = new Promise((resolve) => first.once('close', resolve));
    first.kill('SIGKILL');
    await gone;
    expect(checkWhole(run).damage).toBeNull();
  }, 240_000);
});

test('a folder with other things in it is refused, and they stay', async () => {
  const run = join(folder, 'documents');
  mkdirSync(join(run, 'checkpoints'), { recursive: true });
  writeFileSync(join(run, 'checkpoints', 'mine.bin'), 'precious');
  await expect(beginRun(run, smallConfig(1))).rejects.toThrow(/is not empty: it holds checkpoints/);
  expect(readFileSync(join(run, 'checkpoints', 'mine.bin'), 'utf8')).toBe('precious');
  expect(readdirSync(run)).toEqual(['checkpoints']);
});

test('a run that cannot begin leaves nothing behind', async () => {
  const config = smallConfig(1);
  config.data.train = 1e7;
  const run = join(folder, 'never');
  await expect(beginRun(run, config)).rejects.toThrow(/data\.train/);
  expect(existsSync(run)).toBe(false);
});

/** Trains, and does something to the folder after an epoch. */
async function disturbed(name: string, disturb: (run: string) => void, at = 3) {
  const run = join(folder, name);
  return executeRun(await beginRun(run, smallConfig(EPOCHS)), {
    epoch: ({ record }) => {
      if (record.epoch === at) disturb(run);
    },
  });
}

describe('a folder that changes under its run ends it', () => {
  test('deleted', async () => {
    const end = await disturbed('deleted', (run) => rmSync(run, { recursive: true }));
    expect(end).toMatchObject({ status: 'interrupted', epochs: 3 });
    expect(said([end.problem!]).join()).toMatch(
      /deleted was moved, deleted or replaced while its run was being trained/,
    );
    expect(existsSync(join(folder, 'deleted'))).toBe(false);
  });

  test('deleted, on the command line: exit 1 and one sentence', async () => {
    const run = join(folder, 'deleted-there');
    const config = { ...smallConfig(2000), name: 'long' };
    writeFileSync(join(folder, 'long.json'), JSON.stringify(config));
    const ended = lab('run', join(folder, 'long.json'), '--out', run);
    const watch = setInterval(() => {
      try {
        if (readMetrics(run).length > 5) rmSync(run, { recursive: true, force: true });
      } catch {
        // A file may be made between reading the folder and removing it.
      }
    }, 50);
    const { code, errors } = await ended;
    clearInterval(watch);
    expect(code).toBe(1);
    expect(last(errors)).toMatch(/was moved, deleted or replaced/);
  });

  test('moved: it can be resumed where it is now', async () => {
    const moved = join(folder, 'moved-here');
    const end = await disturbed('moved', (run) => renameSync(run, moved));
    expect(said([end.problem!]).join()).toMatch(/If the folder was moved, "resume" continues it/);
    for (const claim of readdirSync(moved).filter(isClaim)) rmSync(join(moved, claim));
    await executeRun(await reopenRun(moved));
    await executeRun(await beginRun(join(folder, 'still'), smallConfig(EPOCHS)));
    expect(endOf(moved)).toEqual(endOf(join(folder, 'still')));
  });

  test.each<[string, (run: string) => void]>([
    ['rows added', (run) => writeFileSync(paths.metrics(run), '{}\n', { flag: 'a' })],
    ['rows removed', (run) => rmSync(paths.metrics(run))],
    ['checksums cut', (run) => writeFileSync(paths.sums(run), '')],
    ['dynamics changed', (run) => writeFileSync(paths.dynamics(run, 1), 'x')],
    ['labels changed', (run) => writeFileSync(paths.labels(run), 'x')],
  ])('%s: told, and resumed from the last whole epoch', async (name, disturb) => {
    const end = await disturbed(name, disturb);
    expect(end.status).toBe('interrupted');
    expect(said([end.problem!]).join()).toMatch(
      /Another program wrote to the run|was moved, deleted or replaced/,
    );
    const run = join(folder, name);
    await executeRun(await reopenRun(run));
    expect(endOf(run)).toEqual(endOf(join(folder, 'still')));
  });
});
