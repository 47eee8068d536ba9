/** What becomes of a second start, and of a core that dies. */
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, environment, openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

let lab: OpenLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

/** The core's process, found by the name that the main process gave it. */
async function corePid(): Promise<number> {
  const find = (): Promise<number | undefined> =>
    lab.app.evaluate(
      ({ app }) => app.getAppMetrics().find((one) => one.name === 'Label Noise Lab core')?.pid,
    );
  await expect.poll(find, { timeout: 20_000 }).toBeTypeOf('number');
  return (await find()) as number;
}

describe('a second start on the same runs folder', () => {
  it('says so, ends well, and leaves the first alone', async () => {
    const { executable, args } = command(lab.runs);
    const second = spawnSync(executable, args, {
      env: environment(dirname(lab.runs)),
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(second.status).toBe(0);
    expect(second.stderr).toContain('is open on');
    expect(lab.app.windows()).toHaveLength(1);
  });
});

describe('a core that has trained and rests', () => {
  it('is exchanged for one without TensorFlow, and the window goes on as if it were the same', async () => {
    const { presets } = await lab.request('core.info', {});
    const config = structuredClone(presets[0]!.config);
    config.training.epochs = 1;
    const before = await corePid();
    const ended = lab.nextEvent('run.ended');
    const { id } = await lab.request('run.start', { config });
    expect(await ended).toMatchObject({ id });
    await expect.poll(corePid).not.toBe(before);
    const { rows } = await lab.request('runs.list', {});
    expect(rows.find((row) => row.id === id)?.status).toBe('finished');
    // It trains again, as it would have before.
    const again = lab.nextEvent('run.ended');
    await lab.request('run.start', { config });
    expect(await again).toMatchObject({ row: { status: 'finished' } });
  });
});

describe('a core that dies', () => {
  it('is started again, and the window hears of it', async () => {
    await lab.request('core.info', {});
    const crashed = lab.nextEvent('core.crashed');
    process.kill(await corePid(), 'SIGKILL');
    expect(await crashed).toMatchObject({ id: null, message: { code: 'errors.core.died' } });
    expect((await lab.request('core.info', {})).runsFolder).toBe(lab.runs);
  });

  it('while training, names the run, which is kept as interrupted', async () => {
    const { presets } = await lab.request('core.info', {});
    const config = presets[0]?.config;
    if (!config) throw new Error('There is no preset.');
    const first = lab.nextEvent('run.epoch');
    const { id } = await lab.request('run.start', { config });
    await first;
    const crashed = lab.nextEvent('core.crashed');
    process.kill(await corePid(), 'SIGKILL');
    expect(await crashed).toMatchObject({ id, message: { code: 'errors.core.diedTraining' } });
    const { rows } = await lab.request('runs.list', {});
    expect(rows.find((row) => row.id === id)?.status).toBe('interrupted');
  });

  it('again and again is not started any more, and whatever is asked is told so', async () => {
    const ask = () =>
      lab.request('core.info', {}).then(
        () => null,
        (error: Error) => error.message,
      );
    // Three times within a minute; one of those before may be longer ago.
    for (let times = 0; times < 3 && (await ask()) === null; times++) {
      const crashed = lab.nextEvent('core.crashed');
      process.kill(await corePid(), 'SIGKILL');
      await crashed;
    }
    expect(await ask()).toContain('The core keeps stopping');
    expect(await ask()).toContain('The core keeps stopping');
  });
});
