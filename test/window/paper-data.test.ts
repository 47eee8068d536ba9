/** A figure of a person's own data, before they are chosen and after. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askedFor, openFigure, serve } from './serve.ts';
import type { Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];

test("a size that is of a person's own data asks for them, and is asked of the core only then", async () => {
  const page = await openFigure(served, 'losses');
  await page.getByText('MNIST, LeNet').waitFor();
  const before = (await askedFor(page, 'paper.open')).length;
  await page.getByText('CIFAR-10, ResNet-20').click();
  const empty = page.getByRole('heading', { name: 'This size needs data of yours' });
  await empty.waitFor();
  expect(await page.getByRole('button', { name: 'Play' }).isDisabled()).toBe(true);
  expect(await page.getByRole('combobox', { name: 'Data' }).inputValue()).toBe('');
  await page.waitForTimeout(600);
  expect((await askedFor(page, 'paper.open')).length).toBe(before);
  expect(await violations(page)).toEqual([]);
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/paper-needs-data.png` });
  await page.getByRole('button', { name: 'Open file…' }).click();
  await empty.waitFor({ state: 'detached' });
  expect(await askedFor(page, 'host.openData')).toMatchObject([{ params: { what: 'file' } }]);
  // The size is still that one, of these data.
  await page.getByRole('radio', { name: 'CIFAR-10, ResNet-20' }).waitFor({ state: 'attached' });
  await page.context().close();
});
