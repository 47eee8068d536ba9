/** The noise card: every kind with its own fields, and the editor of a transition matrix. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { asked, serve } from './serve.ts';
import type { Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

interface Noise {
  kind: string;
  rates: number[];
  groups: number[][];
  becomes: number[];
  matrix: number[][];
  class: number;
  count: number;
}

/** The noise that was asked for last. */
async function last(page: Page): Promise<Noise> {
  const previews = (await asked(page)).filter(({ method }) => method === 'noise.preview');
  return (previews.at(-1)!.params as { noise: Noise }).noise;
}

const choose = (page: Page, kind: string) => page.getByLabel('Kind').selectOption(kind);

test('each kind shows a line of meaning and only the fields that it reads', async () => {
  const page = await served.open();
  const seen = async (label: string) => page.getByLabel(label, { exact: true }).isVisible();
  const fields: [string, string[]][] = [
    ['symmetric', ['Rate, %']],
    ['block', ['Rate, %', 'Groups of classes']],
    ['asymmetric', ['Rate, %', 'What each class becomes']],
    ['sampled', ['Rate, %', 'Share of class pairs never confused, %']],
    ['per-class', ['Rate of each class, %']],
    ['one-class', ['Rate, %', 'Class']],
    ['count', ['Labels']],
    ['matrix', []],
  ];
  const all = new Set(fields.flatMap(([, labels]) => labels));
  for (const [kind, labels] of fields) {
    await choose(page, kind);
    for (const label of all)
      expect([kind, label, await seen(label)]).toEqual([kind, label, labels.includes(label)]);
  }
  await page.getByText('By your own transition matrix.').waitFor();
  expect(await page.getByRole('slider', { name: 'Noise rate' }).isVisible()).toBe(false);
  await page.context().close();
});

test('the realized rate stands beside the one asked for', async () => {
  const page = await served.open();
  await page.getByText(/4\d\.\d%; 40% requested|39\.\d%; 40% requested/).waitFor();
  await choose(page, 'uniform');
  await page.getByText(/3\d\.\d%; 40% requested over all classes/).waitFor();
  await page.getByText(/some of them mislabelled/).waitFor();
  await page.context().close();
});

test('what does not fit the data is said by the core, under the fields', async () => {
  const page = await served.open();
  await choose(page, 'block');
  await page
    .getByRole('alert')
    .getByText(/“Groups of classes” is empty/)
    .waitFor();
  const groups = page.getByLabel('Groups of classes');
  await groups.fill('0 1 2; 3 4');
  await page.getByText(/labels will be wrong/).waitFor();
  expect((await last(page)).groups).toEqual([
    [0, 1, 2],
    [3, 4],
  ]);
  await groups.fill('cat, great dog; 3 4');
  await expect
    .poll(async () => (await last(page)).groups)
    .toEqual([
      ['cat', 'great dog'],
      [3, 4],
    ]);
  await groups.fill('0 -1');
  await page.getByText('Needs classes, such as 0 1 2; 3 4').waitFor();
  expect(await page.getByRole('button', { name: 'Train', exact: true }).isDisabled()).toBe(true);
  await page.context().close();
});

test('per-class rates begin as the rate and are written as a list', async () => {
  const page = await served.open();
  await choose(page, 'per-class');
  const rates = page.getByLabel('Rate of each class, %');
  expect(await rates.inputValue()).toBe('40 40 40 40 40 40 40 40 40 40');
  await rates.fill('0 10 20 30 40 50 60 70 80 2.5');
  await expect.poll(async () => (await last(page)).rates[9]).toBe(0.025);
  await page.context().close();
});

test.each(['light', 'dark'] as const)('the matrix editor in %s', async (theme) => {
  const page = await served.open({ theme });
  await choose(page, 'matrix');
  await page.getByRole('button', { name: 'Edit matrix…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Transition matrix, %' });
  const cell = dialog.getByLabel('True 3, given 5, %');
  expect(await cell.inputValue()).toBe('4.4');
  await cell.fill('10');
  await dialog.getByText(/^105\.6%$/).waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByText(/Row 3 sums to 105\.6%/).waitFor();
  await page.getByRole('button', { name: 'Edit matrix…' }).click();
  await dialog.getByLabel('True 3, given 3, %').fill('54.8');
  await expect.poll(() => dialog.locator('.sum.wrong').count()).toBe(0);
  await expect
    .poll(async () => (await last(page)).matrix[3])
    .toEqual([0.044, 0.044, 0.044, 0.548, 0.044, 0.1, 0.044, 0.044, 0.044, 0.044]);
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.isVisible()).toBe(false);
  expect(served.complaints).toEqual([]);
  await page.context().close();
});

test('a matrix comes from a file where it fits the classes, and says so where not', async () => {
  const page = await served.open();
  await choose(page, 'matrix');
  await page.getByRole('button', { name: 'Edit matrix…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Transition matrix, %' });
  await dialog.getByRole('button', { name: 'Load from file…' }).click();
  await dialog.getByText('Loaded pairs.csv.').waitFor();
  expect(await dialog.getByLabel('True 3, given 4, %').inputValue()).toBe('30');
  await expect.poll(async () => (await last(page)).matrix[9]![0]).toBe(0.3);
  await page.context().close();
});

test.each([
  ['/home/ada/small.csv', 'small.csv is 3 × 3; this data set needs 10 × 10, one row per class.'],
  [
    '/home/ada/broken.csv',
    '/home/ada/broken.csv, line 3: "x" is no share; give numbers from 0 to 1.',
  ],
])('the matrix in %s is refused', async (matrix, message) => {
  const page = await served.open({ matrix });
  await choose(page, 'matrix');
  await page.getByRole('button', { name: 'Edit matrix…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Transition matrix, %' });
  await dialog.getByRole('button', { name: 'Load from file…' }).click();
  await dialog.getByRole('alert').getByText(message).waitFor();
  expect(await dialog.getByLabel('True 3, given 5, %').inputValue()).toBe('4.4');
  await page.context().close();
});
