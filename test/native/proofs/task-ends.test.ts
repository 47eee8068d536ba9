/** The task of a queue that is told to end inside an epoch, and killed while it ends, loses no whole epoch. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { presets } from '../../../core/kinds/presets.ts';
import { readMetrics } from '../../../core/run-folder/check.ts';
import { paths } from '../../../core/run-folder/files.ts';
import { count, endOf, IS_WHOLE, temporaryFolder } from './small-run.ts';

const CLI = join(__dirname, '../../../dist/core/cli.cjs');
/** How long after SIGTERM it is killed, in ms. */
const KILLS = IS_WHOLE ? [0, 5, 10, 15, 20, 30, 40, 60] : [0, 10, 30];

const { path: folder, remove } = temporaryFolder();
afterAll(remove);

function call(program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}
const lab = (...args: string[]) => call(process.execPath, CLI, ...args);

test('SIGTERM ends it within its epoch, and a kill while it ends loses no whole one', async () => {
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { train: count(20_000, 30_000), test: 500 });
  Object.assign(config.training, { epochs: 2, threads: 1, batch: 16, measure: 'during' });
  const path = join(folder, 'long.json');
  writeFileSync(path, JSON.stringify({ ...config, name: 'long' }));
  const sweep = join(folder, 'long');
  const args = ['sweep', path, '--over', 'training.seed=0', '--json'];
  lab(...args, '--out', sweep, '--on', 'script');
  const script = join(sweep, 'task.sh');
  const run = join(sweep, 'run-1');
  const unfinished = join(paths.unfinished(run), 'epoch.json');
  /** Starts it, ends it once an epoch has begun, and kills it so many ms later. */
  const cut = async (after: number | null): Promise<number | null> => {
    const child = spawn(script, ['1'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    let isOpen = false;
    child.stderr.on('data', (text: Buffer) => (isOpen ||= text.includes('run-1')));
    await expect.poll(() => isOpen, { timeout: 60_000 }).toBe(true);
    await expect.poll(() => readMetrics(run).length, { timeout: 60_000 }).toBeGreaterThan(0);
    await wait(400);
    child.kill('SIGTERM');
    if (after !== null) setTimeout(() => child.kill('SIGKILL'), after);
    return ended;
  };
  const steps = (): number =>
    (JSON.parse(readFileSync(unfinished, 'utf8')) as { steps: number }).steps;
  expect(await cut(null)).toBe(75);
  expect(steps()).toBeGreaterThan(0);
  for (const after of KILLS) {
    await cut(after);
    expect(lab('sweep', '--status', sweep).code).toBe(0);
    expect(readMetrics(run).length).toBeGreaterThan(0);
  }
  const again = call(script, '1');
  expect(again.code, again.err).toBe(0);
  lab(...args, '--out', join(folder, 'long-undisturbed'));
  expect(endOf(run)).toEqual(endOf(join(folder, 'long-undisturbed', 'run-1')));
  expect(existsSync(paths.unfinished(run))).toBe(false);
}, 300_000);
