/** A sweep's folder in the real window: it fills in while tasks train elsewhere; finished runs open and compare. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPlan } from '../../core/sweep/plan-file.ts';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];
const CLI = resolve('dist/core/cli.cjs');
const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-sweep-'));
const sweep = join(folder, 'noise and widths');
let lab: OpenLab;

function cli(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  // A task that fails is part of the sweep.
  if (args[0] !== 'task') expect(status, stderr).toBe(0);
}

beforeAll(async () => {
  const set = ['data.train=400', 'data.test=300', 'training.epochs=4'];
  const settings = set.flatMap((setting) => ['--set', setting]);
  const over = ['--over', 'network.widths=[],[4]', '--over', 'noise.rate=0.2,0.4'];
  cli('sweep', 'mnist-quick', ...settings, ...over, '--out', sweep, '--on', 'script');
  lab = await openLab({ LAB_OPEN_PATH: sweep });
}, 60_000);
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

const shot = async (name: string): Promise<void> => {
  if (SHOTS) await lab.page.screenshot({ path: `${SHOTS}/sweep-${name}.png` });
};
const row = (name: string) => lab.page.getByRole('row').filter({ hasText: name });

it('shows what waits, and fills in as results arrive', async () => {
  const { page } = lab;
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click();
  await page.getByRole('button', { name: 'Open a sweep…' }).click();
  await page.getByRole('heading', { name: 'noise and widths' }).waitFor();
  await page.getByText('0 of 4 finished').waitFor();
  await page.getByText(/No run has begun yet/).waitFor();
  expect(await row('run-1').innerText()).toMatch(/0\.2\s+Not started\s+0\/4/);
  await shot('empty');
  cli('task', sweep, '1');
  await page.getByText('1 of 4 finished').waitFor();
  expect(await row('run-1').innerText()).toMatch(/Finished\s+4/);
  expect(await row('run-2').innerText()).toMatch(/Not started/);
  await shot('one');
  cli('task', sweep, '2');
  await page.getByText('2 of 4 finished').waitFor();
  expect(await row('run-2').innerText()).toMatch(/0\.4\s+Finished\s+4\s+\d.*%/);
});

it('tells why a run failed', async () => {
  const { page } = lab;
  cli('task', sweep, '3');
  await page.getByText('1 failed').waitFor();
  expect(await row('run-3').innerText()).toMatch(/\[4\]\s+0\.2\s+Failed/);
  await page.getByText(/has 1 number; LeNet takes 4|lenet takes 4/i).waitFor();
  await shot('failed');
});

it('opens a finished run in Lab, and all of them side by side', async () => {
  const { page } = lab;
  await page.getByRole('button', { name: 'run-2', exact: true }).click();
  await page.getByRole('button', { name: 'Train again' }).waitFor();
  await shot('lab');
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click();
  await page.getByRole('button', { name: 'Compare all finished' }).click();
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
  await page.getByText('noise.rate', { exact: true }).waitFor();
  await shot('compare');
  await page.getByRole('button', { name: 'noise and widths' }).click();
  await page.getByRole('heading', { name: 'noise and widths' }).waitFor();
});

it('answers for its runs by their ids, and for no others', async () => {
  const { runs } = (await lab.request('sweep.open', { path: sweep, asked: true })).sweep!;
  const id = runs[0]!.id!;
  expect(id).toMatch(/^sweep-[0-9a-f]{16}-1$/);
  expect((await lab.request('run.open', { id })).row).toMatchObject({ id, status: 'finished' });
  expect((await lab.request('run.epochs', { id, from: 0, count: 9 })).details).toHaveLength(5);
  expect((await lab.request('run.keepModel', { id, epoch: 1 })).path).toContain(
    readPlan(sweep)[0]!.folder,
  );
  await expect(lab.request('run.open', { id: id.replace(/1$/, '4') })).rejects.toThrow(/run-4/);
  await expect(lab.request('run.open', { id: id.replace(/1$/, '9') })).rejects.toThrow(/sweep/);
  await expect(lab.request('run.open', { id: `sweep-${'0'.repeat(16)}-1` })).rejects.toThrow();
  // What would change the plan of the sweep, or its results, is not for the window.
  await expect(lab.request('runs.delete', { id })).rejects.toThrow();
  await expect(lab.request('runs.rename', { id, name: 'other' })).rejects.toThrow();
  await expect(lab.request('run.resume', { id })).rejects.toThrow();
  // A folder that nobody opened is not read.
  const other = join(folder, 'other');
  cpSync(sweep, other, { recursive: true });
  await expect(lab.request('sweep.open', { path: other, asked: true })).rejects.toThrow(/open/i);
});

it('is there again after the window is loaded anew, and left for all runs', async () => {
  const { page } = lab;
  await page.reload();
  await page.getByText('2 of 4 finished').waitFor();
  if (SHOTS) {
    await lab.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.setContentSize(1024, 700),
    );
    await page.getByLabel('Select run-1').check();
    await shot('small');
    await page.locator('nav .looks .item').last().click();
    await page.locator('nav .looks .item').last().click();
    await shot('dark');
    await lab.request('host.setLanguage', { language: 'he' });
  }
  await page.getByRole('button', { name: 'All runs' }).click();
  await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
});
