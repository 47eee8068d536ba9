/** A sweep's folder in the window, on the fake core: sorted, selected, compared, told when it cannot be read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { asked, dropFile, goToRuns, serve } from './serve.ts';
import type { Opening, Served } from './serve.ts';
import { violations } from './violations.ts';

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

async function openSweep(opening: Opening = {}): Promise<Page> {
  const page = await served.open(opening);
  // In whichever language.
  await page.locator('nav .item').nth(1).click();
  await page.locator('header .sweep').click();
  await page.getByRole('heading', { name: 'noise-sweep' }).waitFor();
  return page;
}

async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

const folders = (page: Page) => page.locator('tbody td:nth-child(2)').allInnerTexts();

/** Waits for one look more than those that opening it took. */
const filled = (page: Page) =>
  page.locator('tbody input').nth(1).waitFor({ state: 'attached', timeout: 20_000 });

test('fills in by itself, and asks no queue', async () => {
  const page = await openSweep();
  await filled(page);
  const methods = new Set((await asked(page)).map(({ method }) => method));
  expect([...methods].filter((method) => method.startsWith('sweep'))).toEqual(['sweep.open']);
  await page.getByText(/\d of 6 finished/).waitFor();
  await page.getByText('1 running').waitFor();
  await page.getByText('1 failed').waitFor();
  await page.context().close();
});

test('sorts by what runs gave and by their settings; another click turns it', async () => {
  const page = await openSweep();
  await filled(page);
  expect((await folders(page))[0]).toBe('run-1');
  const values = () => page.locator('tbody tr:not(.why) td:nth-child(4)').allInnerTexts();
  const column = page.getByRole('button', { name: 'noise.rate' });
  await column.click();
  expect(await values()).toEqual(['0', '0', '0.2', '0.2', '0.4', '0.4']);
  await column.click();
  expect(await values()).toEqual(['0.4', '0.4', '0.2', '0.2', '0', '0']);
  await page.getByRole('button', { name: 'At stop' }).click();
  expect((await folders(page)).slice(0, 2)).toEqual(['run-1', 'run-2']);
  await page.context().close();
});

test('its finished runs are selected and compared; back leads to it, then to all runs', async () => {
  const page = await openSweep();
  await filled(page);
  await page.getByLabel('Select all finished runs').check();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('heading', { name: /Compare \d runs/ }).waitFor();
  await page.getByRole('button', { name: 'noise-sweep' }).click();
  await page.getByRole('heading', { name: 'noise-sweep' }).waitFor();
  await page.getByRole('button', { name: 'run-1', exact: true }).click();
  await page.getByRole('button', { name: 'Train again' }).waitFor();
  await goToRuns(page);
  await page.getByRole('button', { name: 'All runs' }).click();
  await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
  await page.context().close();
});

test('a dropped folder is one; another is none; one that is lost says so and comes back', async () => {
  const page = await served.open();
  await dropFile(page, 'lost-sweep');
  await page.getByRole('heading', { name: 'lost-sweep' }).waitFor();
  await page.getByText('The sweep’s folder cannot be read').waitFor();
  await page.getByText(/sweep\.json is damaged/).waitFor();
  expect(await violations(page)).toEqual([]);
  await shot(page, 'sweep-lost');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'All runs' }).click();
  await dropFile(page, 'broken-sweep');
  await page.getByText(/broken-sweep\/sweep\.json is damaged/).waitFor();
  await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
  await page.context().close();
});

test.each([
  ['light', 'en', [1280, 800]],
  ['dark', 'en', [1024, 700]],
  ['light', 'he', [1280, 800]],
  ['dark', 'he', [1024, 700]],
] as const)('axe finds nothing, and nothing is cut: %s, %s, %j', async (theme, language, size) => {
  const page = await openSweep({ theme, language, size: [...size] });
  expect(await violations(page)).toEqual([]);
  await filled(page);
  await page.locator('tbody input').first().check();
  expect(await violations(page)).toEqual([]);
  await shot(page, `sweep-${theme}-${language}-${size[0]}`);
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('main, main .scroll, body')].map(
      (element) => element.scrollWidth - element.clientWidth,
    ),
  );
  expect(Math.max(...wide)).toBeLessThanOrEqual(0);
  await page.context().close();
});
