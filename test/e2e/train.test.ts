/** What a person does: train at one click, pause, stop, resume, keep, report; and a killed app. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';
import { violations } from '../window/violations.ts';

const savePath = join(mkdtempSync(join(tmpdir(), 'label-noise-lab-saved-')), 'report.html');
let lab: OpenLab;
beforeAll(async () => void (lab = await openLab({ LAB_SAVE_PATH: savePath })));
afterAll(() => lab.close());

const button = (name: string | RegExp) =>
  lab.page.getByRole('button', { name, exact: true }).first();
const lastEpoch = async (id: string): Promise<number> =>
  (await lab.request('run.open', { id })).row.lastEpoch;

describe('the ready experiment', () => {
  let id: string;

  it('trains at one click, and says where to stop', async () => {
    const started = lab.nextEvent('run.started');
    const ended = lab.nextEvent('run.ended');
    await button('Train').click();
    ({ id } = await started);
    const { row } = await ended;
    expect(row.status).toBe('finished');
    expect(row.config).toEqual((await lab.request('core.info', {})).presets[0]?.config);
    const heading = `Stop at epoch ${row.recommended}`;
    await lab.page.getByRole('heading', { name: heading }).waitFor();
    // The figures for this experiment.
    expect(row.testBest!).toBeGreaterThanOrEqual(0.93);
    expect(row.testLast!).toBeLessThanOrEqual(row.testBest! - 0.15);
    expect(row.testAtStop!).toBeGreaterThanOrEqual(row.testBest! - 0.02);
  }, 120_000);

  it('moves farther from its start every epoch', async () => {
    const { epochs } = await lab.request('run.open', { id });
    const distances = epochs.map(({ record }) => record.relativeDistance);
    expect(distances).toHaveLength(41);
    expect(distances).toEqual([...new Set(distances)].sort((a, b) => a! - b!));
  });

  it('has its charts drawn, and nothing that axe finds', async () => {
    const blank = await lab.page.evaluate(
      () =>
        [...document.querySelectorAll('canvas')].filter((canvas) => {
          const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
          return !data?.data.some((value) => value !== 0);
        }).length,
    );
    expect(await lab.page.locator('canvas').count()).toBeGreaterThanOrEqual(4);
    expect(blank).toBe(0);
    expect(await violations(lab.page)).toEqual([]);
  });

  it('keeps the model of the recommended epoch', async () => {
    await button('Keep this model').click();
    await button(/^Kept epoch/).waitFor();
    const { kept, row } = await lab.request('run.open', { id });
    expect(kept).toEqual([row.recommended]);
  });

  it('saves a report', async () => {
    await button('Report').click();
    await lab.page.getByRole('menuitem', { name: 'HTML page' }).click();
    await expect.poll(() => existsSync(savePath)).toBe(true);
    expect(readFileSync(savePath, 'utf8')).toContain('Stop at epoch');
  });

  it('prints a report: a tagged PDF with an outline, in the language of the window', async () => {
    const printed = join(dirname(savePath), 'report.pdf');
    await lab.app.evaluate((_, path) => void (process.env['LAB_SAVE_PATH'] = path), printed);
    await button('Report').click();
    await lab.page.getByRole('menuitem', { name: 'PDF for print' }).click();
    await expect.poll(() => existsSync(printed), { timeout: 20_000 }).toBe(true);
    const pdf = readFileSync(printed, 'latin1');
    expect(pdf).toMatch(/^%PDF-1\.\d/);
    for (const part of ['/StructTreeRoot', '/Outlines', '/Lang (en)', '/S /Table', '/S /TH']) {
      expect(pdf).toContain(part);
    }
    expect(pdf.trimEnd()).toMatch(/%%EOF$/);
  });

  it('prints the same on the command line without a display', () => {
    const { DISPLAY: _, ...env } = process.env;
    const { executable, args: given } = command(lab.runs);
    const LAB_ELECTRON_APP = JSON.stringify([executable, ...given.slice(0, -2)]);
    const path = join(dirname(savePath), 'hebrew.pdf');
    const run = join(lab.runs, id);
    const args = ['report', run, '--format', 'pdf', '--language', 'he', '--out', path];
    const line = [join('dist', 'core', 'cli.cjs'), ...args];
    execFileSync(process.execPath, line, { env: { ...env, LAB_ELECTRON_APP } });
    expect(readFileSync(path, 'latin1')).toContain('/Lang (he)');
    const alone = spawnSync(process.execPath, line, { env, encoding: 'utf8' });
    expect(alone.status).toBe(2);
    expect(alone.stderr).toMatch(/^[^\n]*npm run lab[^\n]*\n$/);
  });

  it('is listed among the runs, which axe finds nothing in either', async () => {
    await lab.page.getByRole('button', { name: 'Runs', exact: true }).click();
    await lab.page.getByRole('row', { name: /MNIST, 40% symmetric noise/ }).waitFor();
    expect(await violations(lab.page)).toEqual([]);
    await lab.page.getByRole('button', { name: 'Lab', exact: true }).click();
  });
});

describe('a run', () => {
  it('is paused, goes on, is stopped, and resumes', async () => {
    const started = lab.nextEvent('run.started');
    await button('Train again').click();
    const { id } = await started;
    await lab.nextEvent('run.epoch');
    await button('Pause').click();
    await button('Continue').waitFor();
    await lab.page.waitForTimeout(500);
    const paused = await lastEpoch(id);
    await lab.page.waitForTimeout(1500);
    expect(await lastEpoch(id)).toBe(paused);
    await button('Continue').click();
    await lab.nextEvent('run.epoch');
    const ended = lab.nextEvent('run.ended');
    await button('Stop').click();
    expect((await ended).row.status).toBe('stopped');
    const stopped = await lastEpoch(id);
    expect(stopped).toBeGreaterThan(paused);
    await button('Resume').click();
    await expect.poll(() => lastEpoch(id), { timeout: 30_000 }).toBeGreaterThan(stopped);
  }, 60_000);

  it('of an app that is killed is shown as interrupted, and resumes', async () => {
    const { rows } = await lab.request('runs.list', {});
    const running = rows.find((row) => row.status === 'running')!;
    const gone = new Promise((resolve) => lab.app.process().once('exit', resolve));
    lab.app.process().kill('SIGKILL');
    await gone;
    lab = await openLab({}, dirname(lab.runs));
    const find = async () =>
      (await lab.request('runs.list', {})).rows.find((row) => row.id === running.id)!;
    // The core notices that its main process is gone, and ends.
    await expect.poll(async () => (await find()).status, { timeout: 10_000 }).toBe('interrupted');
    const ended = lab.nextEvent('run.ended');
    await lab.request('run.resume', { id: running.id });
    expect((await ended).row.status).toBe('finished');
    expect((await find()).lastEpoch).toBe(40);
  }, 120_000);
});
