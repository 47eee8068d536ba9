/** A run of a thousand epochs: what is of one epoch is asked for a page at a time, and once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { asked, goToRuns, serve } from './serve.ts';
import type { Served } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

const shown = (page: Page, epoch: number): Promise<void> =>
  page.getByRole('heading', { name: `Loss at epoch ${epoch}`, exact: true }).waitFor();

async function pages(page: Page): Promise<number[]> {
  const calls = (await asked(page)).filter(({ method }) => method === 'run.epochs');
  return calls.map(({ params }) => (params as { from: number }).from);
}

test('losses and wall follow the epoch that is looked at', async () => {
  const page = await served.open({ scenario: 'epochs' });
  await goToRuns(page);
  await page.getByRole('button', { name: 'A thousand epochs', exact: true }).click();
  await shown(page, 6);
  expect(await pages(page)).toEqual([0]);
  await page.keyboard.press('End');
  await shown(page, 1000);
  await page.getByText('Mislabelled samples at epoch 1000').waitFor();
  expect(await pages(page)).toEqual([0, 1000]);
  await page.keyboard.press('ArrowLeft');
  await shown(page, 999);
  expect(await pages(page)).toEqual([0, 1000, 900]);
  await page.keyboard.press('ArrowLeft');
  await shown(page, 998);
  await page.keyboard.press('Home');
  await shown(page, 6);
  expect(await pages(page)).toEqual([0, 1000, 900]);
  await page.context().close();
});

test('a sample shows its course over all of them', async () => {
  const page = await served.open({ scenario: 'epochs' });
  await goToRuns(page);
  await page.getByRole('button', { name: 'A thousand epochs', exact: true }).click();
  await page.locator('.wall button').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('epoch 1000', { exact: true }).waitFor();
  const rects = dialog.locator('.strip rect');
  const widths = await rects.evaluateAll((all) =>
    all.map((rect) => Number(rect.getAttribute('width'))),
  );
  expect(widths.reduce((a, b) => a + b, 0)).toBeCloseTo(400, 6);
  expect(widths.length).toBeLessThan(50);
  await page.context().close();
});
