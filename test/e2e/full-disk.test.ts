/** A disk that fills up while the window trains: it says so, loses nothing, and goes on with room. */
import { said } from '../unit/said.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { canMount, smallDisk } from '../small-disk.ts';
import type { SmallDisk } from '../small-disk.ts';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

const ROOM = 64 * 1024;
/** Enough for some epochs of the ready experiment, in kB. */
const LITTLE = 5 * 1024;

let disk: SmallDisk;
let lab: OpenLab;
const settings = mkdtempSync(join(tmpdir(), 'label-noise-lab-settings-'));
beforeAll(async () => {
  if (!canMount) return;
  disk = smallDisk(ROOM);
  lab = await openLab({ XDG_CONFIG_HOME: settings }, disk.path);
});
afterAll(async () => {
  rmSync(settings, { recursive: true, force: true });
  if (!canMount) return;
  await lab.app.close();
  disk.end();
});

it.runIf(canMount)(
  'is told in the window, and resuming ends the run as if nothing had been',
  async () => {
    disk.leave(LITTLE);
    const ended = lab.nextEvent('run.ended');
    await lab.page.getByRole('button', { name: 'Train', exact: true }).first().click();
    const { row } = await ended;
    expect(row).toMatchObject({ status: 'interrupted' });
    expect(said([row.problem!]).join()).toMatch(
      /was not written .*the disk is full.*Then resume the run/,
    );
    await lab.page.getByRole('heading', { name: 'This run was interrupted' }).waitFor();
    await lab.page.getByText('the disk is full').first().waitFor();
    disk.leave(ROOM);
    const again = lab.nextEvent('run.ended');
    await lab.page.getByRole('button', { name: 'Resume' }).first().click();
    const end = (await again).row;
    expect(end).toMatchObject({ status: 'finished', problem: null, lastEpoch: 40 });
    await lab.page.getByRole('heading', { name: `Stop at epoch ${end.recommended}` }).waitFor();
  },
  180_000,
);
