/** Figures of the paper in the real app: their runs train in processes that Electron starts. */
import { said } from '../unit/said.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FigureSettings } from '../../core/contract/messages/figures.ts';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

/** What the person opens, and where figures are saved: dialogs answer so here. */
const MISSING = '/no/such/data';
const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-figures-'));
const saved = join(folder, 'figure');
let lab: OpenLab;
beforeAll(async () => void (lab = await openLab({ LAB_OPEN_PATH: MISSING, LAB_SAVE_PATH: saved })));
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

/** The first settings of a figure, with changes. */
async function settingsOf(id: string, changes: FigureSettings): Promise<FigureSettings> {
  const { figures } = (await lab.request('core.info', {})).catalogue;
  return { ...figures.find((figure) => figure.id === id)!.sizes[0]!.settings, ...changes };
}

it('figure 3 is made run by run, can be stopped and goes on', async () => {
  const settings = await settingsOf('3', { train: 400, levels: [0, 0.5], epochs: 80 });
  const figure = { id: '3', settings };
  const ended = lab.nextEvent('paper.ended');
  await lab.request('paper.start', figure);
  const panels = async () => (await lab.request('paper.open', figure)).view.panels.length;
  await expect.poll(panels, { timeout: 60_000 }).toBeGreaterThan(0);
  const { presets } = await lab.request('core.info', {});
  await expect(lab.request('run.start', { config: presets[0]!.config })).rejects.toThrow(
    'A figure is being computed; stop it or wait until it ends.',
  );
  await lab.request('paper.stop', {});
  expect((await ended).problem).toBeNull();
  const { view } = await lab.request('paper.open', figure);
  expect(view.state).toBe('partial');

  const again = lab.nextEvent('paper.ended');
  await lab.request('paper.start', figure);
  expect((await again).problem).toBeNull();
  const whole = (await lab.request('paper.open', figure)).view;
  expect(whole.state).toBe('complete');
  const runs = readdirSync(whole.folder!).filter((name) => name.startsWith('noise-'));
  expect(runs).toHaveLength(2);
  for (const run of runs) {
    const summary = readFileSync(join(whole.folder!, run, 'summary.json'), 'utf8');
    expect(JSON.parse(summary)).toMatchObject({ status: 'finished', epochs: 80 });
  }
});

it('a figure that cannot be made says why in one sentence', async () => {
  const settings = await settingsOf('3', { data: MISSING });
  await expect(lab.request('paper.start', { id: '3', settings })).rejects.toThrow(/Open file/);
  await lab.request('host.openData', { what: 'folder' });
  const ended = lab.nextEvent('paper.ended');
  await lab.request('paper.start', { id: '3', settings });
  expect(said([(await ended).problem!]).join()).toMatch(/\/no\/such\/data/);
});

it('Play on the page makes a figure, and its files are written', async () => {
  const { page } = lab;
  await page.getByRole('button', { name: 'Paper' }).click();
  await page.getByRole('button', { name: /Synthetic/ }).click();
  const ended = lab.nextEvent('paper.ended');
  await page.getByRole('button', { name: 'Play' }).first().click();
  expect((await ended).problem).toBeNull();
  await page.getByText('Losses at iteration 80').first().waitFor();
  const settings = await settingsOf('synthetic', {});
  const looks = { language: 'he', dark: true } as const;
  const begins = {
    svg: /^<svg/,
    png: /^.PNG/,
    latex: /\\begin\{axis\}/,
    csv: /^panel,/,
    json: /^\{/,
  };
  for (const format of ['svg', 'png', 'latex', 'csv', 'json'] as const) {
    await lab.request('host.saveFigure', { id: 'synthetic', settings, format, ...looks });
    expect(readFileSync(saved, 'latin1')).toMatch(begins[format]);
  }
});

it('the Jacobian of LeNet fits into the memory of its process', async () => {
  const settings = await settingsOf('spectrum', { moments: [0] });
  const end = await Promise.race([
    Promise.all([
      lab.nextEvent('paper.ended'),
      lab.request('paper.start', { id: 'spectrum', settings }),
    ]).then(([ended]) => ended),
    lab.nextEvent('core.crashed'),
  ]);
  expect(end).toMatchObject({ event: 'paper.ended', problem: null });
});
