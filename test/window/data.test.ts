import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, dropFile, emit, goToData, serve } from './serve.ts';
import type { Served } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

const about = (page: Page) => page.getByRole('region', { name: 'About the data' });
const samples = (page: Page) => page.getByRole('region', { name: 'Samples' });

test('Data tells format, sizes, classes and splits, and pages through the samples by keys', async () => {
  const page = await served.open();
  await emit(page, { event: 'host.command', command: 'place.data' });
  await about(page).getByText('MNIST-style IDX').waitFor();
  const facts = await about(page).innerText();
  expect(facts).toContain('60,000 training, 10,000 test');
  expect(facts).toContain('5,000 training, 1,000 hold-out');
  expect(facts).toContain('assumed none');
  await about(page).getByText('none', { exact: true }).waitFor();
  const classes = page.getByRole('region', { name: 'Classes' });
  await classes.getByRole('row', { name: '0 5,923 980' }).waitFor();
  await samples(page).getByText('1 to 48 of 60,000').waitFor();
  expect(await samples(page).locator('li').count()).toBe(48);
  await samples(page).getByRole('button', { name: 'Next' }).focus();
  await page.keyboard.press('Enter');
  await samples(page).getByText('49 to 96 of 60,000').waitFor();
  await samples(page).getByLabel('Class').selectOption('3');
  await samples(page).getByText('1 to 48 of 6,131').waitFor();
  await samples(page).getByText('Test', { exact: true }).click();
  await samples(page).getByText('1 to 48 of 1,010').waitFor();
  const last = (await asked(page)).filter(({ method }) => method === 'data.samples').at(-1);
  expect(last?.params).toMatchObject({ part: 'test', from: 0, ofClass: 3 });
  await page.context().close();
});

test.each(['while it is read', 'once it is read'])(
  'what is opened before the core has told what it has ready stays open: told %s',
  async (when) => {
    const page = await served.open({ scenario: 'late', speed: 400 });
    await goToData(page);
    await dropFile(page, 'cifar-10n');
    if (when === 'once it is read') await about(page).getByText('cifar-10n').first().waitFor();
    await page.evaluate(() =>
      (window as unknown as { fake: { answerLate(): void } }).fake.answerLate(),
    );
    await about(page)
      .getByText(/5,412 of 60,000, 9\.0/)
      .waitFor();
    const described = (await asked(page)).filter(({ method }) => method === 'data.describe');
    expect(JSON.stringify(described.at(-1)?.params)).toContain('cifar-10n');
    await page.context().close();
  },
);

test('wrong labels and samples that repeat are told where they are known', async () => {
  const page = await served.open();
  await goToData(page);
  await dropFile(page, 'cifar-10n');
  await about(page)
    .getByText(/5,412 of 60,000, 9\.0/)
    .waitFor();
  await about(page).getByText('14 duplicates of earlier samples, 3 with another label').waitFor();
  await page.getByRole('columnheader', { name: 'True' }).waitFor();
  expect(await samples(page).locator('s').count()).toBeGreaterThan(2);
  // Colour pictures are drawn in their colours: the sky of the first, and the ground below.
  const corners = await samples(page)
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) =>
      [0, 31].map((y) => [...canvas.getContext('2d')!.getImageData(0, y, 1, 1).data]),
    );
  expect(corners).toEqual([
    [110, 170, 230, 255],
    [70, 130, 60, 255],
  ]);
  await page.context().close();
});

test('missing values are chosen about in Data, whose rows are listed by column', async () => {
  const page = await served.open();
  await goToData(page);
  await dropFile(page, 'people.csv');
  const alert = page.getByRole('alert').filter({ hasText: 'has missing values (age: 1)' });
  await alert.getByRole('button', { name: 'Leave these rows out' }).click();
  await about(page).getByText('age 1; these rows are left out').waitFor();
  await about(page)
    .getByText(/taken from the training set/)
    .waitFor();
  await about(page).getByText('Labels are in column "home".').waitFor();
  expect(await alert.count()).toBe(0);
  const first = samples(page).locator('ul.table > li').first();
  expect(await first.innerText()).toMatch(/age\s+0\s+height/);
  expect(await samples(page).getByText('Test', { exact: true }).count()).toBe(0);
  await page.context().close();
});

test('a source that has moved says so, is found again, and takes its place among the last opened', async () => {
  const page = await served.open();
  await goToData(page);
  await page.evaluate(() => {
    const reading = { missing: 'drop', labels: 'home' };
    localStorage.setItem(
      'label-noise-lab.recent',
      JSON.stringify([{ source: '/home/ada/moved', reading }]),
    );
  });
  await page.reload();
  await page.getByTitle('/home/ada/moved').click();
  const alert = page.getByRole('alert').filter({ hasText: 'does not exist' });
  await alert.getByRole('button', { name: 'Find it…' }).click();
  await page.getByTitle('/home/ada/fashion-mnist').first().waitFor();
  expect(await page.getByTitle('/home/ada/moved').count()).toBe(0);
  const opened = (await asked(page)).filter(({ method }) => method === 'data.describe');
  expect(opened.at(-1)?.params).toMatchObject({
    data: { source: '/home/ada/fashion-mnist', reading: { missing: 'drop', labels: 'home' } },
  });
  await page.getByRole('button', { name: 'Forget fashion-mnist' }).click();
  expect(await page.getByRole('button', { name: /^Forget/ }).count()).toBe(0);
  const forgotten = (await asked(page)).filter(({ method }) => method === 'host.forget');
  expect(forgotten.at(-1)?.params).toEqual({ path: '/home/ada/fashion-mnist' });
  await page.context().close();
});

test('reading tells how far it is, and can be cancelled and tried again', async () => {
  const page = await served.open({ scenario: 'reading' });
  await goToData(page);
  await page.getByText(/43%, Decoding pictures/).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Reading the data was cancelled.' });
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page.getByText(/43%, Decoding pictures/).waitFor();
  await page.context().close();
});

test('the choices of reading are those of the kind of file', async () => {
  const page = await served.open();
  await dropFile(page, 'people.csv');
  await page.getByRole('button', { name: 'Fill them in' }).click();
  await page.getByText('6 columns, 2 classes').waitFor();
  await page.getByText('Reading', { exact: true }).click();
  expect(await page.getByLabel('Missing values').inputValue()).toBe('impute');
  expect(await page.getByLabel('Colour').count()).toBe(0);
  const column = page.getByLabel('Label column');
  expect(await column.locator('option').allInnerTexts()).toEqual([
    'inferred',
    ...['age', 'height', 'weight', 'city', 'home'],
  ]);
  await column.selectOption('city');
  await expect
    .poll(async () =>
      (await asked(page)).some(
        ({ method, params }) =>
          method === 'data.describe' && JSON.stringify(params).includes('"labels":"city"'),
      ),
    )
    .toBe(true);
  await page.context().close();
});

test('a table whose labels are to be chosen asks in its card, and then all of the form fits', async () => {
  const page = await served.open();
  await dropFile(page, 'survey.csv');
  await page.getByRole('heading', { name: 'survey.csv cannot be read yet' }).waitFor();
  // Nothing is shown of the data set that was open before.
  expect(await page.getByText('10 classes').count()).toBe(0);
  await page.getByLabel('Label column').selectOption('home');
  await page.getByRole('heading', { name: /Train MLP on \d+ survey.csv samples/ }).waitFor();
  expect(Number(await page.getByLabel('Training', { exact: true }).inputValue())).toBeLessThan(200);
  await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  await page.context().close();
});

test('a file of given labels is opened, not typed, and taken back', async () => {
  const page = await served.open();
  await dropFile(page, 'people.csv');
  await page.getByRole('button', { name: 'Fill them in' }).click();
  await page.getByText('6 columns, 2 classes').waitFor();
  await page.getByText('Reading', { exact: true }).click();
  const field = page.getByLabel('File of given labels');
  const read = async () =>
    (await asked(page)).filter(({ method }) => method === 'data.describe').at(-1)?.params;
  await field.selectOption({ label: 'Open file…' });
  await expect
    .poll(read)
    .toMatchObject({ data: { reading: { labelsFile: '/home/ada/human-labels.csv' } } });
  expect(await field.locator('option:checked').innerText()).toBe('human-labels.csv');
  await page.getByLabel('Its array or column').waitFor();
  await field.selectOption({ label: 'none' });
  await expect.poll(read).toMatchObject({ data: { reading: { labelsFile: '' } } });
  await page.context().close();
});

test('no page complained, nor broke the content security policy', () => {
  expect(served.complaints).toEqual([]);
});
