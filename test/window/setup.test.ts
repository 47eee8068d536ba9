/** The data card's clusters, and what keeps an experiment from being trained. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, serve } from './serve.ts';
import type { Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

test.each(['light', 'dark'] as const)('clusters, in %s', async (theme) => {
  const page = await served.open({ theme });
  await page.getByLabel('Data set').selectOption('clusters');
  await page.getByText('20 numbers, 2 classes').waitFor();
  expect(await page.getByLabel('Name of the experiment').inputValue()).toMatch(/^Clusters, 40/);
  await page.getByLabel('Radius ε₀').fill('0.1');
  await page.getByLabel('Number of each class, −1 to 1').fill('-0.5 0.5');
  const lastSource = async () => {
    const all = (await asked(page)).filter(({ method }) => method === 'data.describe');
    return (all.at(-1)!.params as { data: { source: string; clusters: object } }).data;
  };
  await expect
    .poll(lastSource)
    .toMatchObject({ source: 'clusters', clusters: { eps0: 0.1, alpha: [-0.5, 0.5] } });
  // 400 samples hold no 5,000 to train on.
  expect(await page.getByLabel('Training', { exact: true }).inputValue()).toBe('333');
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('Data set').selectOption('mnist');
  await expect.poll(() => page.getByLabel('Training', { exact: true }).inputValue()).toBe('5000');
  expect(served.complaints).toEqual([]);
  await page.context().close();
});

test('Train waits while the core would refuse, and says why', async () => {
  const page = await served.open();
  const button = page.getByRole('button', { name: 'Train', exact: true });
  await page.getByRole('button', { name: /^Network/ }).click();
  await page.getByLabel('Network', { exact: true }).selectOption('theory');
  await expect.poll(() => button.isEnabled()).toBe(true);
  await page.getByRole('button', { name: 'More…' }).click();
  await page.getByLabel('Loss').selectOption('cross-entropy');
  await expect.poll(() => button.isDisabled()).toBe(true);
  expect(await page.getByText(/does not fit the network "theory"; give squared/).count()).toBe(2);
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('status')
    .getByText(/does not fit the network/)
    .or(page.getByRole('alert').getByText(/does not fit the network/))
    .first()
    .waitFor();
  expect((await asked(page)).some(({ method }) => method === 'run.start')).toBe(false);
  await page.getByLabel('Loss').selectOption('squared');
  await expect.poll(() => button.isEnabled()).toBe(true);
  await page.context().close();
});
