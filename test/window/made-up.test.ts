/** "One file and one line" in the window: made-up kinds are in its pick lists and forms, which were not touched. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogueForVite } from '../../build/catalogue.mjs';
import { madeUpForEsbuild, madeUpForVite } from '../fixtures/made-up/index.mjs';
import { asked, serve, trainToTheEnd } from './serve.ts';
import type { Served } from './serve.ts';

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];

let served: Served;
beforeAll(async () => {
  // Before the one that sends the catalogue as it is.
  const catalogue = { ...catalogueForVite([madeUpForEsbuild]), enforce: 'pre' as const };
  served = await serve([catalogue, madeUpForVite]);
}, 120_000);
afterAll(() => served.close());

async function unfold(page: Page, name: RegExp): Promise<void> {
  const card = page.getByRole('button', { name }).first();
  if ((await card.getAttribute('aria-expanded')) === 'false') await card.click();
}
const train = (page: Page) => page.getByRole('button', { name: 'Train', exact: true });
const lastOf = async (page: Page, method: string) =>
  (await asked(page)).filter((one) => one.method === method).at(-1)?.params;

test('kinds that a config names, with fields of their own', async () => {
  const page = await served.open({ size: [1280, 1100] });
  await page.getByText(/labels will be wrong/).waitFor();
  await page.getByLabel('Kind').selectOption('made-up-noise');
  const strength = page.getByLabel('strength');
  expect(await strength.inputValue()).toBe('25');
  await strength.fill('120');
  await page.getByText('Needs 0 to 100%').waitFor();
  expect(await train(page).isDisabled()).toBe(true);
  await strength.fill('50');
  await expect
    .poll(() => lastOf(page, 'noise.preview'))
    .toMatchObject({ noise: { kind: 'made-up-noise', strength: 0.5 } });
  await unfold(page, /^Network/);
  await page.getByLabel('Network', { exact: true }).selectOption('made-up-network');
  await page.getByLabel('Dropout').waitFor();
  expect(await page.getByLabel('Widths').count()).toBe(0);
  await page.getByLabel('Optimizer').selectOption('made-up-optimizer');
  await page.getByRole('button', { name: 'More…' }).click();
  await page.getByLabel('Loss').selectOption('made-up-loss');
  await page.getByLabel('Training scheme').selectOption('made-up-scheme');
  await page.getByLabel('patience').fill('2.5');
  await page.getByText('Needs a whole number from 1 to 9', { exact: true }).waitFor();
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/made-up-forms.png` });
  await page.getByLabel('patience').fill('7');
  await expect.poll(() => train(page).isEnabled()).toBe(true);
  await page.getByLabel('Optimizer').selectOption('sgd');
  expect(await page.getByLabel('patience').count()).toBe(0);
  await page.getByLabel('Optimizer').selectOption('made-up-optimizer');
  await train(page).click();
  await expect
    .poll(() => lastOf(page, 'run.start'))
    .toMatchObject({
      config: {
        noise: { kind: 'made-up-noise', strength: 0.5 },
        network: { preset: 'made-up-network' },
        training: {
          optimizer: 'made-up-optimizer',
          loss: 'made-up-loss',
          scheme: 'made-up-scheme',
          patience: 7,
        },
      },
    });
  await page.context().close();
});

test('a figure with its form, and a format of its file', async () => {
  const page = await served.open();
  await page.getByRole('navigation').getByRole('button', { name: 'Paper' }).click();
  await page
    .getByRole('navigation', { name: 'Figures and theorems' })
    .getByRole('button', { name: 'made-up-figure' })
    .click();
  const bends = page.getByRole('spinbutton', { name: 'bends' });
  expect(await bends.inputValue()).toBe('3');
  await bends.fill('9');
  await page.getByText('Needs a whole number from 2 to 8').waitFor();
  await bends.fill('6');
  await expect
    .poll(() => lastOf(page, 'paper.open'))
    .toMatchObject({ id: 'made-up-figure', settings: { bends: 6 } });
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/made-up-figure.png` });
  await page
    .getByRole('navigation', { name: 'Figures and theorems' })
    .getByRole('button', { name: 'Clusterable data' })
    .click();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'made-up-file' }).click();
  await expect
    .poll(() => lastOf(page, 'host.saveFigure'))
    .toMatchObject({ format: 'made-up-file' });
  await page.context().close();
});

test('a format of reports, and a language', async () => {
  const page = await served.open();
  await trainToTheEnd(page);
  await page.getByRole('button', { name: 'Report' }).click();
  await page.getByRole('menuitem', { name: 'made-up-report' }).click();
  await expect
    .poll(() => lastOf(page, 'host.saveReport'))
    .toMatchObject({ format: 'made-up-report' });
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: 'Made-up language' }).click();
  await page.getByText('Training').first().waitFor();
  await page.getByRole('button', { name: 'New experiment' }).first().click();
  await expect
    .poll(() => page.getByLabel('Kind').locator('option').first().innerText())
    .toBe('Nichts');
  await page.context().close();
});

test('nothing was complained about', () => {
  expect(served.complaints).toEqual([]);
});
