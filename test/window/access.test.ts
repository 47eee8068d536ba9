import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropFile, goToData, goToRuns, serve, trainToTheEnd } from './serve.ts';
import { violations } from './violations.ts';
import type { Served } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

describe.each(['light', 'dark'] as const)('axe finds nothing in %s', (theme) => {
  test('Lab before, during and after training, with everything opened', async () => {
    const page = await served.open({ theme, speed: 80 });
    await page.getByText(/labels will be wrong/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByRole('heading', { name: /samples at epoch/i }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Train again' }).waitFor();
    await page.getByRole('button', { name: 'Why?' }).click();
    await page.getByRole('button', { name: 'Distance from initialization as a table' }).click();
    expect(await violations(page)).toEqual([]);
    await page.locator('.wall button').first().click();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('Lab with unknown truth, errors and invalid fields', async () => {
    const unknown = await served.open({ theme, scenario: 'unknown' });
    await trainToTheEnd(unknown);
    expect(await violations(unknown)).toEqual([]);
    await unknown.context().close();
    const broken = await served.open({ theme, scenario: 'nocore' });
    await broken.getByRole('alert').first().waitFor();
    await broken.getByLabel('Batch size').fill('0');
    expect(await violations(broken)).toEqual([]);
    await broken.context().close();
  });

  test('Runs, with a selection, a menu, a comparison, and empty', async () => {
    const page = await served.open({ theme, scenario: 'long' });
    await goToRuns(page);
    await page.getByRole('checkbox', { name: /Select MNIST, 40/ }).check();
    await page.getByRole('checkbox', { name: /Select Comparing/ }).check();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Actions for No noise' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Export: run archive' }).click();
    await page.getByText('With checkpoints: 44.3 MB').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('radio', { name: /^Without: 3.14 MB/ }).check();
    await page.getByRole('button', { name: 'Save…' }).click();
    await page.getByText(/^Saved the archive to .*\.lnl$/).waitFor();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('cell', { name: 'noise.rate' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
    const empty = await served.open({ theme, scenario: 'empty' });
    await goToRuns(empty);
    await empty.getByText('No runs yet').waitFor();
    expect(await violations(empty)).toEqual([]);
    await empty.context().close();
  });

  test('Data of pictures and of rows, with a refusal, and while it is read', async () => {
    const page = await served.open({ theme });
    await goToData(page);
    await page.getByText('1 to 48 of 60,000').waitFor();
    expect(await violations(page)).toEqual([]);
    await dropFile(page, 'people.csv');
    await page.getByRole('button', { name: 'Fill them in' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Fill them in' }).click();
    await page.getByText('1 to 12 of 200').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('navigation').getByRole('button', { name: 'Lab', exact: true }).click();
    await page.getByText('Reading', { exact: true }).click();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
    const waiting = await served.open({ theme, scenario: 'reading' });
    await goToData(waiting);
    await waiting.getByRole('button', { name: 'Cancel' }).waitFor();
    expect(await violations(waiting)).toEqual([]);
    await waiting.context().close();
  });
});

test('a small window scrolls its main column and nothing sideways', async () => {
  const page = await served.open({ size: [1024, 700] });
  await trainToTheEnd(page);
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('main, aside .cards, body')].map(
      (element) => element.scrollWidth - element.clientWidth,
    ),
  );
  expect(Math.max(...wide)).toBeLessThanOrEqual(0);
  await goToRuns(page);
  const table = page.locator('table');
  await table.waitFor();
  const box = await table.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1024);
  await page.context().close();
});

test('hovering moves the cursor while training runs', async () => {
  const page = await served.open({ speed: 30 });
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('heading', { name: 'Past the peak' }).waitFor();
  const title = page.getByRole('heading', { name: /samples at epoch/i });
  const chart = page.locator('.chart').first();
  const box = (await chart.boundingBox())!;
  const seen = new Set<string>();
  for (const x of [70, 100, 130]) {
    await page.mouse.move(box.x + x, box.y + 40);
    await expect.poll(async () => seen.has(await title.innerText())).toBe(false);
    seen.add(await title.innerText());
  }
  expect(seen.size).toBe(3);
  await page.context().close();
});
