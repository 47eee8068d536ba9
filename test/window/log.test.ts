/** The place Log: a log of another program is dropped, judged, and read otherwise where that is wrong. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asked, dropFile, emit, serve } from './serve.ts';
import type { Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];
const place = (page: Page) => page.getByRole('main', { name: 'Log' });

/** Drops a file that could be either, and says what it is. */
async function dropAs(page: Page, name: string, kind: 'A log' | 'A data set'): Promise<void> {
  await dropFile(page, name);
  const dialog = page.getByRole('dialog', { name: `What is ${name}?` });
  await dialog.getByRole('button', { name: kind, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('a dropped log is told from a data set, and says where to stop and why', async () => {
  const page = await served.open();
  await dropAs(page, 'keras.csv', 'A log');
  await page.getByRole('heading', { name: 'Stop at epoch 10' }).waitFor();
  const words = await place(page).innerText();
  expect(words).toContain(
    '67.0% at this epoch and 53.8% after epoch 59: training on cost 13.2 points',
  );
  expect(words).toContain('Epochs 4 to 14');
  expect(words).toContain('High confidence, 93%');
  expect(words).toContain('53.8% at epoch 59, 13.2 points lower');
  expect(words).toMatch(/Hold-out accuracy\s+val_accuracy/);
  await page.getByRole('row', { name: 'Lowest hold-out loss 9' }).waitFor();
  const methods = (await asked(page)).map(({ method }) => method);
  expect(methods).toContain('log.open');
  await page.context().close();
});

test('what is no log is opened as data, as ever', async () => {
  const page = await served.open();
  await dropFile(page, 'people.csv');
  await expect
    .poll(async () => (await asked(page)).filter(({ method }) => method === 'data.describe').length)
    .toBeGreaterThan(1);
  expect(await place(page).count()).toBe(0);
  await page.context().close();
});

test('what could be either is asked about, and on the place Log it is a log', async () => {
  const page = await served.open();
  await dropAs(page, 'keras.csv', 'A data set');
  const opened = async () =>
    (await asked(page)).filter(({ method }) => method === 'data.describe').length;
  await expect.poll(opened).toBeGreaterThan(2);
  expect(await place(page).count()).toBe(0);
  await emit(page, { event: 'host.command', command: 'place.log' });
  await dropFile(page, 'keras.csv');
  await page.getByRole('heading', { name: 'Stop at epoch 10' }).waitFor();
  await page.context().close();
});

test('the cursor moves over its rows by keys, and a rule is a way to its epoch', async () => {
  const page = await served.open();
  await dropAs(page, 'everything.jsonl', 'A log');
  const accuracy = page.getByRole('region', { name: 'Accuracy on the given labels' });
  await accuracy.getByText('At epoch 5.5').waitFor();
  await page.keyboard.press('ArrowRight');
  await accuracy.getByText('At epoch 6', { exact: true }).waitFor();
  await page.keyboard.press('Home');
  await accuracy.getByText('At epoch 5.5').waitFor();
  await page.getByRole('button', { name: '29.5' }).click();
  await accuracy.getByText('At epoch 29.5').waitFor();
  for (const title of ['Loss', 'Prediction changes', 'Distance from initialization']) {
    await page.getByRole('region', { name: title }).waitFor();
  }
  await page.context().close();
});

test('other columns and the size of the hold-out are chosen in a dialog', async () => {
  const page = await served.open();
  await emit(page, { event: 'host.command', command: 'openLog' });
  await page.getByRole('heading', { name: 'Stop at epoch 10' }).waitFor();
  await page.getByRole('button', { name: 'Change…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Hold-out accuracy').selectOption({ label: 'accuracy' });
  // A column is one signal: what was taken for another is free of it now.
  expect(await dialog.getByLabel('Training accuracy').inputValue()).toBe('[]');
  const options = await dialog.getByLabel('Hold-out loss').innerText();
  expect(options).toContain('val_f1 (higher is better)');
  expect(options).toContain('val_mse (lower is better)');
  const size = dialog.getByLabel('Hold-out samples');
  await size.fill('0.5');
  await dialog.getByText('A whole number, or empty').waitFor();
  await size.fill('400');
  await page.keyboard.press('Enter');
  await place(page).getByText('400 samples').waitFor();
  expect((await asked(page)).at(-1)).toMatchObject({
    method: 'log.open',
    params: {
      asked: true,
      holdout: 400,
      columns: { holdoutAccuracy: ['accuracy'], trainAccuracy: [], epoch: ['epoch'], step: [] },
    },
  });
  await page.context().close();
});

test('columns of unknown names are chosen', async () => {
  const page = await served.open();
  await dropAs(page, 'strange.csv', 'A log');
  await page.getByRole('button', { name: 'Choose columns…' }).click();
  await page.getByRole('dialog').getByLabel('Hold-out accuracy').selectOption({ label: 'a' });
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/dialog.png` });
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('heading', { name: 'Stop at epoch 10' }).waitFor();
  await page.context().close();
});

test('without a log it says what belongs there; what cannot be read or judged says why', async () => {
  const page = await served.open();
  await emit(page, { event: 'host.command', command: 'place.log' });
  await page.getByRole('heading', { name: 'When should your own training stop?' }).waitFor();
  await dropFile(page, 'broken-log.csv');
  const alert = page.getByRole('alert').filter({ hasText: 'row 12 has 3 values' });
  await alert.waitFor();
  await dropFile(page, 'training-only.csv');
  await page.getByRole('heading', { name: 'No recommendation yet' }).waitFor();
  expect(await alert.count()).toBe(0);
  await place(page)
    .getByText(/covers the training samples only/)
    .waitFor();
  await page.context().close();
});

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  test.each([
    [1280, 800],
    [1024, 700],
  ] as [number, number][])('nothing for axe or sideways at %i x %i', async (...size) => {
    const page = await served.open({ theme, size });
    for (const file of [
      '',
      'keras.csv',
      'everything.jsonl',
      'training-only.csv',
      'strange.csv',
      'broken-log.csv',
    ]) {
      if (file) await dropFile(page, file);
      else await emit(page, { event: 'host.command', command: 'place.log' });
      await place(page).waitFor();
      await page.waitForTimeout(250);
      const name = `${file || 'empty'}-${theme}-${size[0]}.png`;
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}` });
      expect(await violations(page)).toEqual([]);
      const wide = await place(page).evaluate((main) => main.scrollWidth - main.clientWidth);
      expect(wide).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });
});

test('nothing was complained about', () => expect(served.complaints).toEqual([]));
