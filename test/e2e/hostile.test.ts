/**
 * A page in wrong hands, in the real app, through the real preload: whatever it asks for, nothing
 * outside the runs folder and the profile changes, and nothing crashes. More of the same is
 * `npm run fuzz -- ipc`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN_METHODS } from '../../core/contract/messages/messages.ts';
import { openAttacked } from './hostile/attack.ts';
import type { Attacked } from './hostile/attack.ts';

let attacked: Attacked;
beforeAll(async () => void (attacked = await openAttacked()));
afterAll(() => attacked.close());

/** Asks as a script of the page could, whatever the types say. */
const ask = (method: string, params: unknown): Promise<unknown> =>
  attacked.lab.request(method as never, params as never);

const harmless = { written: [], crashes: [], faults: [] };

describe('the page may not', () => {
  it.each(Object.keys(MAIN_METHODS))('ask for %s', async (method) => {
    await expect(ask(method, {})).rejects.toThrow(`The window may not ask for "${method}".`);
  });

  it('read a file that no one opened, nor make predictProbabilities that one was dropped', async () => {
    const path = join(attacked.sandbox.home, 'Documents', 'taxes.csv');
    const open = () => ask('log.open', { path, columns: {}, holdout: 0, asked: true });
    await expect(open()).rejects.toThrow(
      'choose it with Open file or Open folder, or drop it on the window',
    );
    const told = await attacked.lab.page.evaluate(async (name) => {
      const file = new File(['x'], name);
      const forged = Object.assign(Object.create(File.prototype) as File, { path: name });
      const ask = window.lab.pathForFile as (file: unknown) => Promise<string>;
      return Promise.all(
        [file, forged, name, { path: name }].map((one) => ask(one).catch(() => '')),
      );
    }, path);
    expect(told).toEqual(['', '', '', '']);
    await expect(open()).rejects.toThrow('choose it with Open file');
  });

  it('delete a folder that is no run', async () => {
    await expect(ask('runs.delete', { id: 'figures' })).rejects.toThrow(/no run|not a run/);
    await expect(ask('runs.delete', { id: '../../home' })).rejects.toThrow('a run id');
  });

  it('write where it likes, or crash anything, with 200 hostile messages', async () => {
    expect(await attacked.hostile(200, 16)).toMatchObject({ sent: 200, ...harmless });
  });

  it('nor with 200 random ones', async () => {
    const { answered, ...found } = await attacked.random(200, 16);
    expect(found).toMatchObject({ sent: 200, ...harmless });
    // Messages that are all refused would show nothing.
    expect(answered).toBeGreaterThan(40);
  });

  it('nor with what would take all memory', async () => {
    expect(await attacked.heavy()).toMatchObject(harmless);
  });

  it('which would be seen if it did', async () => {
    const outcome = attacked.random(1, 17);
    writeFileSync(join(attacked.sandbox.home, '.bashrc'), 'touched');
    expect((await outcome).written.length).toBeGreaterThan(0);
  });
});
