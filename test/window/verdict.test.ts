import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asked, goToRuns, serve, trainToTheEnd } from './serve.ts';
import type { Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

const headline = (page: Page) => page.locator('.verdict h2').innerText();
const cellsOf = (page: Page, rule: string) =>
  page.getByRole('row', { name: rule }).getByRole('cell').allInnerTexts();

/** Opens the training card, whatever was folded. */
async function openTraining(page: Page): Promise<void> {
  const card = page.getByRole('button', { name: /^Training/ }).first();
  if ((await card.getAttribute('aria-expanded')) === 'false') await card.click();
}

test('Why tells what each rule would have cost, and its best in hindsight as such', async () => {
  const page = await served.open({ scenario: 'empty' });
  await trainToTheEnd(page);
  await page.getByRole('button', { name: 'Why?' }).click();
  const heads = page.locator('.why').getByRole('columnheader');
  expect(await heads.allInnerTexts()).toEqual(['Rule', 'Epoch', 'Test accuracy', 'Cost']);
  expect((await cellsOf(page, 'This recommendation')).slice(0, 2)).toEqual([
    'This recommendation',
    '6',
  ]);
  const [, , test, cost] = await cellsOf(page, 'Last epoch');
  const best = await cellsOf(page, 'Best on test, in hindsight');
  expect(best.at(-1)).toBe('0.0');
  expect(Number(cost)).toBeCloseTo(parseFloat(best[2]!) - parseFloat(test!), 0);
  await page.context().close();
});

test('without test data there is nothing to cost', async () => {
  const page = await served.open({ scenario: 'notest' });
  await trainToTheEnd(page);
  await page.getByRole('button', { name: 'Why?' }).click();
  const heads = page.locator('.why').getByRole('columnheader');
  expect(await heads.allInnerTexts()).toEqual(['Rule', 'Epoch']);
  expect(await page.getByText('in hindsight').count()).toBe(0);
  await page.context().close();
});

test('rules stand on the chart while Why is open or Rules is on, named under pointer and focus', async () => {
  const page = await served.open();
  await trainToTheEnd(page);
  const marks = page.getByRole('group', { name: 'Epochs picked by other rules' });
  const rules = page.getByRole('button', { name: 'Rules', exact: true });
  expect(await marks.count()).toBe(0);
  await page.getByRole('button', { name: 'Why?' }).click();
  await marks.getByRole('button').first().waitFor();
  expect(await rules.getAttribute('aria-pressed')).toBe('true');
  await page.getByRole('button', { name: 'Why?' }).click();
  await expect.poll(() => marks.count()).toBe(0);
  await rules.click();
  const wave = marks.getByRole('button', { name: 'Epoch 21: Label Wave' });
  await wave.hover();
  await page.locator('.names', { hasText: 'Label Wave' }).waitFor();
  await marks.getByRole('button', { name: /Epoch 40: Last epoch/ }).focus();
  await page.locator('.names', { hasText: 'Last epoch' }).waitFor();
  await wave.click();
  await page.mouse.move(5, 5);
  await page.getByRole('heading', { name: 'Mislabelled samples at epoch 21' }).waitFor();
  // By distance from start the marks stand elsewhere, and are the same.
  await page.getByRole('radio', { name: 'Distance from init.' }).check({ force: true });
  await wave.waitFor();
  await page.context().close();
});

test('a run that stops by itself is set up, said while it trains, and says what it saved', async () => {
  const page = await served.open({ scenario: 'empty', speed: 30 });
  await openTraining(page);
  const box = page.getByRole('checkbox', { name: 'Stop automatically after the best epoch' });
  expect(await box.isChecked()).toBe(false);
  await box.check();
  await page.getByRole('button', { name: 'More…' }).last().click();
  const chance = page.getByLabel('Stop when the chance of a better epoch is below (0 = off)');
  expect(await chance.inputValue()).toBe('0.1');
  await chance.fill('0');
  expect(await box.isChecked()).toBe(false);
  await chance.fill('0.15');
  expect(await box.isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page
    .getByText(/at most .* left\. Training stops automatically once the best epoch has passed/)
    .waitFor();
  await page
    .getByText('Stopped automatically after epoch 16 of 40; the other 24 were not needed.')
    .waitFor();
  expect(await headline(page)).toBe('Stop at epoch 6');
  const start = (await asked(page)).find((one) => one.method === 'run.start');
  expect(start?.params).toMatchObject({ config: { training: { stopChance: 0.15 } } });
  await goToRuns(page);
  const row = page.getByRole('row', { name: /16\/40/ });
  await row.getByText('Stopped automatically').waitFor();
  expect(await row.getByRole('button', { name: 'Resume' }).count()).toBe(0);
  await page.getByLabel('Filter runs').fill('automatically');
  await row.waitFor();
  await page.context().close();
});

test('where nothing overfits no stop is needed, and where the best is ahead it is said, with the chance', async () => {
  const clean = await served.open({ scenario: 'clean' });
  await trainToTheEnd(clean);
  expect(await headline(clean)).toBe('No need to stop yet: the last epoch may be as good as any');
  expect(await clean.locator('.verdict .detail').innerText()).toMatch(/^Best so far: epoch 37\./);
  await clean.context().close();
  const early = await served.open({ scenario: 'early' });
  await trainToTheEnd(early);
  expect(await headline(early)).toBe('Keep training: the best epoch is probably still ahead');
  expect(await early.locator('.verdict .detail').innerText()).toMatch(
    /^The chance of a better epoch ahead is 72%\. Best so far: epoch 6\./,
  );
  await early.context().close();
});

test('over the chosen runs: mean and worst cost of each rule', async () => {
  const page = await served.open();
  await goToRuns(page);
  await page.getByRole('checkbox', { name: 'Select all runs' }).check();
  await page.getByRole('button', { name: 'Compare' }).click();
  const card = page.getByRole('region', { name: /^What each rule would have cost/ });
  await card.getByText('over 5 of 6 runs').waitFor();
  const rows = await card.getByRole('row').allInnerTexts();
  expect(rows).toHaveLength(9);
  const means = rows.slice(1).map((row) => Number(row.split('\t')[1]));
  expect(means).toEqual(means.toSorted((a, b) => a - b));
  const [name, mean, worst, where, runs] = rows.at(-1)!.split('\t');
  expect([name, where, runs]).toEqual(['Last epoch', 'MNIST, 40% symmetric noise, LeNet', '5']);
  expect(Number(worst)).toBeGreaterThan(Number(mean));
  await page.context().close();
});

describe.each(['light', 'dark'] as const)('axe finds nothing in %s', (theme) => {
  test('with every rule on the chart and one of them named, in both sizes', async () => {
    for (const size of [[1280, 800] as [number, number], [1024, 700] as [number, number]]) {
      const page = await served.open({ theme, size });
      await trainToTheEnd(page);
      await page.getByRole('button', { name: 'Why?' }).click();
      await page.locator('.marks button').first().focus();
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }
  });

  test('with a run that stopped by itself, and several compared', async () => {
    const page = await served.open({ theme, scenario: 'auto' });
    await openTraining(page);
    expect(await violations(page)).toEqual([]);
    await trainToTheEnd(page);
    await goToRuns(page);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('checkbox', { name: 'Select all runs' }).check();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText('What each rule would have cost').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

test('no page complained, nor broke the content security policy', () => {
  expect(served.complaints).toEqual([]);
});
