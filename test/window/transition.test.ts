/** Forward correction's matrix in the training card: estimated from a run, looked at, taken away. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { asked, serve } from './serve.ts';
import type { Opening, Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

/** Opens the fields of forward correction. */
async function opened(opening: Opening = {}): Promise<Page> {
  const page = await served.open(opening);
  await page.getByRole('button', { name: /^(More|עוד)…$/ }).click();
  await page.getByLabel(/^(Loss|הפסד)$/).selectOption('forward');
  return page;
}

/** The matrix of the run that is begun now. */
async function trainedBy(page: Page): Promise<number[][]> {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect
    .poll(async () => (await asked(page)).some(({ method }) => method === 'run.start'))
    .toBe(true);
  const { params } = (await asked(page)).find(({ method }) => method === 'run.start')!;
  return (params as { config: { training: { transition: number[][] } } }).config.training
    .transition;
}

test.each(['light', 'dark'] as const)(
  'a run shows how labels become wrong, in %s',
  async (theme) => {
    const page = await opened({ theme });
    const field = page.getByRole('group', { name: 'How labels become wrong' });
    await field.getByText('By the kind and share of noise').waitFor();
    await field.getByRole('button', { name: 'Estimate from a run…' }).click();
    await field.getByLabel('Run to estimate from').selectOption('run-a');
    await field.getByText(/about 36% of its training labels are wrong \(33% to 39%\)/).waitFor();
    await field.getByText('By a matrix').waitFor();
    expect(await violations(page)).toEqual([]);
    await field.getByRole('button', { name: 'Edit matrix…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Transition matrix, %' });
    expect(await dialog.getByLabel('True 3, given 3, %').inputValue()).toBe('64');
    await dialog.getByLabel('True 3, given 3, %').fill('60');
    await page.keyboard.press('Escape');
    // What was said of the estimate is not true of a matrix that was changed by hand.
    await expect.poll(() => field.getByText(/about 36%/).count()).toBe(0);
    const params = (await asked(page)).find(({ method }) => method === 'labels.transition')!.params;
    expect(params).toMatchObject({ id: 'run-a', data: { source: 'mnist' }, noise: { rate: 0.4 } });
    const matrix = await trainedBy(page);
    expect([matrix[3]![3], matrix[4]![4], matrix[4]![5]]).toEqual([0.6, 0.64, 0.04]);
    expect(served.complaints).toEqual([]);
    await page.context().close();
  },
);

test('a run that cannot be judged says why, one that takes long is cancelled, a matrix removed', async () => {
  const page = await opened();
  const field = page.getByRole('group', { name: 'How labels become wrong' });
  await field.getByRole('button', { name: 'Estimate from a run…' }).click();
  const run = field.getByLabel('Run to estimate from');
  await run.selectOption('run-c');
  await field.getByRole('alert').getByText('too few epochs').waitFor();
  await run.selectOption('run-b');
  await field.getByText(/^Estimating from MNIST, 20% symmetric noise…$/).waitFor();
  await field.getByRole('button', { name: 'Cancel' }).click();
  await run.waitFor();
  expect(await field.getByRole('alert').count()).toBe(0);
  await run.selectOption('run-a');
  await field.getByRole('button', { name: 'Remove matrix' }).click();
  await field.getByText('By the kind and share of noise').waitFor();
  expect(await trainedBy(page)).toEqual([]);
  await page.context().close();
});

test('in Hebrew', async () => {
  const page = await opened({ language: 'he' });
  const field = page.getByRole('group', { name: 'איך תוויות משתבשות' });
  await field.getByRole('button', { name: 'אומדן מתוך ריצה…' }).click();
  await field.getByLabel('הריצה שממנה אומדים').selectOption('run-a');
  await field.getByText(/מתוויות האימון שלה שגויות/).waitFor();
  expect(await violations(page)).toEqual([]);
  if (process.env['LAB_SHOTS']) {
    await field.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${process.env['LAB_SHOTS']}/transition-he.png` });
  }
  await page.context().close();
});
