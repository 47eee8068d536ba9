import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { asked, dropFile, goToRuns, serve } from './serve.ts';
import type { Served } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

const names = (page: Page) => page.locator('tbody button.name').allInnerTexts();

async function openRuns(scenario = ''): Promise<Page> {
  const page = await served.open({ scenario });
  await goToRuns(page);
  await page.locator('tbody tr').first().waitFor();
  return page;
}

async function choose(page: Page, run: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${run}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('the table sorts by any column and filters as one types', async () => {
  const page = await openRuns();
  expect((await names(page))[0]).toMatch(/40% symmetric/);
  await page.getByRole('button', { name: 'Name' }).click();
  const sorted = await names(page);
  expect(sorted).toEqual(sorted.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })));
  await page.getByRole('button', { name: 'Last', exact: true }).click();
  expect((await names(page))[0]).toBe('No noise');
  await page.getByLabel('Filter runs').fill('pair 30%');
  await expect.poll(() => names(page)).toEqual(['Pair noise, 30%']);
  await page.getByLabel('Filter runs').fill('no such run');
  await page.getByText('Nothing matches').waitFor();
  await page.context().close();
});

test('a run is renamed in its row, by keyboard too', async () => {
  const page = await openRuns();
  await page.getByRole('button', { name: 'No noise', exact: true }).focus();
  await page.keyboard.press('F2');
  await page.getByLabel('New name of No noise').fill('Clean labels');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Clean labels', exact: true }).waitFor();
  await choose(page, 'Clean labels', 'Rename');
  await page.getByLabel('New name of Clean labels').fill('Nothing');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clean labels', exact: true }).waitFor();
  await page.context().close();
});

test('deleting asks first and can be undone', async () => {
  const page = await openRuns();
  await choose(page, 'No noise', 'Delete…');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(await names(page)).toContain('No noise');
  await choose(page, 'No noise', 'Delete…');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => names(page)).not.toContain('No noise');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => names(page)).toContain('No noise');
  await page.context().close();
});

test('chosen runs are compared: curves of any measure, results and settings that differ', async () => {
  const page = await openRuns();
  await page.getByRole('checkbox', { name: /Select MNIST, 40/ }).check();
  expect(await page.getByRole('button', { name: 'Compare' }).isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: /Select MNIST, 20/ }).check();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
  await page.getByRole('cell', { name: 'noise.rate' }).waitFor();
  const results = await page.getByRole('region', { name: /^Results/ }).innerText();
  expect(results).toMatch(/\+13\.\d/);
  await page.getByRole('radio', { name: 'Distance' }).check({ force: true });
  await page.getByRole('img', { name: 'Distance by epoch of 2 runs' }).waitFor();
  await page.keyboard.press('Home');
  await page.getByRole('columnheader', { name: 'At epoch 6' }).waitFor();
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Markdown' }).click();
  await expect
    .poll(async () => (await asked(page)).find((one) => one.method === 'host.saveReport')?.params)
    .toMatchObject({ ids: [expect.any(String), expect.any(String)], format: 'md' });
  await page.getByRole('button', { name: 'All runs' }).click();
  await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
  await page.context().close();
});

test('an interrupted run says so and goes on; a failed one says why', async () => {
  const page = await openRuns();
  await page.getByText(/no longer finite in epoch 3/).waitFor();
  const row = page.getByRole('row', { name: /Cut short/ });
  await row.getByText('Interrupted').waitFor();
  await row.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => row.innerText()).toMatch(/Running|\b40\b/);
  await expect.poll(() => row.getByText('Interrupted').count()).toBe(0);
  await page.context().close();
});

test('a run whose data are not where they were asks for them, and goes on with those', async () => {
  const page = await served.open({ scenario: 'movedData' });
  await goToRuns(page);
  const row = page.getByRole('row', { name: /Sent by a colleague/ });
  await row.getByRole('button', { name: 'Resume' }).click();
  const told = page.getByRole('alert').filter({ hasText: '/home/bob/digits does not exist' });
  await told.getByRole('button', { name: 'Choose its data…' }).click();
  await expect.poll(() => row.innerText()).toMatch(/Running/);
  const resumed = (await asked(page)).filter(({ method }) => method === 'run.resume');
  expect(resumed.at(-1)?.params).toEqual({ id: 'run-m', source: '/home/ada/fashion-mnist' });
  const opened = (await asked(page)).filter(({ method }) => method === 'host.openData');
  expect(opened.at(-1)?.params).toEqual({ what: 'folder' });
  await page.context().close();
});

test('a run opens in Lab and turns into a new experiment', async () => {
  const page = await openRuns();
  await page.getByRole('button', { name: 'Pair noise, 30%', exact: true }).click();
  await page.getByRole('heading', { name: 'Stop at epoch 6' }).waitFor();
  await goToRuns(page);
  await choose(page, 'Pair noise, 30%', 'Duplicate as new experiment');
  expect(await page.getByLabel('Kind').inputValue()).toBe('pair');
  await page.context().close();
});

test('empty, busy and broken folders each say what is the matter', async () => {
  const empty = await served.open({ scenario: 'empty' });
  await goToRuns(empty);
  await empty.getByText('No runs yet').waitFor();
  await empty.getByRole('button', { name: 'Set up an experiment' }).click();
  await empty.getByRole('main', { name: 'Lab', exact: true }).waitFor();
  await empty.context().close();
  const slow = await served.open({ scenario: 'slow' });
  await goToRuns(slow);
  await slow.getByText('Reading the runs folder').waitFor();
  await slow.context().close();
  const broken = await served.open({ scenario: 'error' });
  await goToRuns(broken);
  await broken.getByRole('alert').filter({ hasText: 'change its permissions' }).waitFor();
  await broken.context().close();
});

test('an archive that is dropped is imported, whatever place is shown, and no data set is asked for', async () => {
  const page = await openRuns();
  await dropFile(page, 'sent.LNL');
  await page.getByText('without checkpoints: it can be shown and reported').waitFor();
  await page.getByRole('main', { name: 'Lab', exact: true }).waitFor();
  const methods = (await asked(page)).map(({ method }) => method);
  expect(methods).toContain('runs.import');
  expect(methods).not.toContain('record.open');
  await page.context().close();
});

test('no page complained, nor broke the content security policy', () => {
  expect(served.complaints).toEqual([]);
});
