import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { asked, emit, serve, trainToTheEnd } from './serve.ts';
import type { Served } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

const headline = (page: Page) => page.locator('.verdict h2').innerText();
const wallTitle = (page: Page) =>
  page.getByRole('heading', { name: /samples at epoch/i }).innerText();

test('the first opening holds a ready experiment and one click trains it to a verdict', async () => {
  const page = await served.open({ scenario: 'empty' });
  expect(await headline(page)).toMatch(
    /Train LeNet on 5,000 MNIST samples, 40% of them mislabelled/,
  );
  await trainToTheEnd(page);
  expect(await headline(page)).toBe('Stop at epoch 6');
  const text = await page.locator('.verdict').innerText();
  expect(text).toMatch(
    /Test accuracy is 91\.0% at this epoch and 67\.5% after epoch 40: training on costs 23\.5 points/,
  );
  expect(text).toMatch(/High confidence, 90%/);
  expect(text).toContain('test data and true labels are never read');
  await page.context().close();
});

test('Ctrl+Enter trains, and while training the run can be paused, gone on with and stopped', async () => {
  const page = await served.open({ speed: 60 });
  await page.keyboard.press('Control+Enter');
  await page.getByText('Still learning correct labels').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused. Still learning correct labels').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Past the peak: the network has begun to fit wrong labels').waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByText(/^Stopped after epoch \d+ of 40/).waitFor();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  await page.context().close();
});

test('one cursor moves every panel, by keys and by pointer', async () => {
  const page = await served.open();
  await trainToTheEnd(page);
  expect(await wallTitle(page)).toBe('Mislabelled samples at epoch 6');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await wallTitle(page)).toBe('Mislabelled samples at epoch 8');
  await page.getByRole('heading', { name: 'Loss at epoch 8' }).waitFor();
  await page.getByText(/is [\d.]+ at epoch 8/).waitFor();
  await page.keyboard.press('End');
  expect(await wallTitle(page)).toBe('Mislabelled samples at epoch 40');
  await page.getByTitle('Copies the weights of epoch 40').waitFor();
  await page.keyboard.press('ArrowLeft');
  expect(await wallTitle(page)).toBe('Mislabelled samples at epoch 39');
  await page.keyboard.press('Home');
  expect(await wallTitle(page)).toBe('Mislabelled samples at epoch 6');
  await page.keyboard.press('End');
  await page.keyboard.press('Escape');
  expect(await wallTitle(page)).toBe('Mislabelled samples at epoch 6');

  const chart = page.getByRole('img', { name: /^Accuracy by epoch/ });
  const box = await chart.boundingBox();
  if (!box) throw new Error('no chart');
  await page.mouse.move(box.x + 220, box.y + 60);
  await expect.poll(() => wallTitle(page)).not.toBe('Mislabelled samples at epoch 6');
  const hovered = await wallTitle(page);
  await page.mouse.click(box.x + 220, box.y + 60);
  await page.mouse.move(5, 5);
  await expect.poll(() => wallTitle(page)).toBe(hovered);
  // Stop and cursor stand on all three charts over epochs.
  expect(await page.locator('.chart .line').count()).toBe(3);
  await page.context().close();
});

test('the x axis of the main picture switches to the distance from start and is remembered', async () => {
  const page = await served.open();
  await trainToTheEnd(page);
  await page.getByRole('radio', { name: 'Distance from init.' }).check({ force: true });
  await page.getByRole('img', { name: /^Accuracy by distance from initialization/ }).waitFor();
  await page.reload();
  await trainToTheEnd(page);
  await page.getByRole('img', { name: /^Accuracy by distance from initialization/ }).waitFor();
  await page.context().close();
});

test('the noise slider redraws matrix and sentence, and only the newest answer counts', async () => {
  const page = await served.open();
  await page.getByText(/2,0\d\d of 5,000 labels will be wrong/).waitFor();
  const slider = page.getByRole('slider', { name: 'Noise rate' });
  // In one turn of the page, as a drag that is faster than any answer.
  await slider.evaluate((input: HTMLInputElement) => {
    for (const rate of ['0.5', '0.3', '0.1']) {
      input.value = rate;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await page
    .getByText(/4\d\d of 5,000 labels will be wrong|5\d\d of 5,000 labels will be wrong/)
    .waitFor();
  expect(await page.getByLabel('Rate, %').inputValue()).toBe('10');
  expect(await page.getByLabel('Name of the experiment').inputValue()).toMatch(/10% symmetric/);
  const previews = (await asked(page)).filter((one) => one.method === 'noise.preview').length;
  // One for the opening, one for where the slider came to rest.
  expect(previews).toBeLessThanOrEqual(3);
  await page.getByLabel('Kind').selectOption('none');
  await page.getByText('None of 5,000 labels will be changed').waitFor();
  await page.context().close();
});

test('a wrong value is named at its field and holds Train back', async () => {
  const page = await served.open();
  await page.getByLabel('Batch size').fill('0');
  await page.getByText('Needs a whole number from 1 to 1,000,000').waitFor();
  expect(await page.getByLabel('Batch size').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByRole('button', { name: 'Train', exact: true }).isDisabled()).toBe(true);
  await page.getByLabel('Batch size').fill('32');
  await expect
    .poll(() => page.getByRole('button', { name: 'Train', exact: true }).isEnabled())
    .toBe(true);
  await page.context().close();
});

test('widths that are no numbers are named under them and hold Train back', async () => {
  const page = await served.open();
  const card = page.getByRole('button', { name: /^Network/ }).first();
  if ((await card.getAttribute('aria-expanded')) === 'false') await card.click();
  await page.getByLabel('Widths').fill('6, many');
  await page.keyboard.press('Tab');
  await page.getByText('Needs a list of 0 to 64 whole numbers from 1 to 65,536').waitFor();
  expect(await page.getByRole('button', { name: 'Train', exact: true }).isDisabled()).toBe(true);
  await page.getByLabel('Widths').fill('');
  await page.keyboard.press('Tab');
  await expect
    .poll(() => page.getByRole('button', { name: 'Train', exact: true }).isEnabled())
    .toBe(true);
  await page.context().close();
});

test('Why, Keep this model, Report and the table of a chart', async () => {
  const page = await served.open();
  await trainToTheEnd(page);
  await page.getByRole('button', { name: 'Why?' }).click();
  await page.getByRole('cell', { name: 'Hold-out loss, patience 5' }).waitFor();
  await page.getByRole('button', { name: 'Keep this model' }).click();
  await page.getByText(/Saved the model of epoch 6/).waitFor();
  await page.getByRole('button', { name: 'Report' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  await page.getByText('/home/ada/new-1.csv').waitFor();
  await page.getByRole('heading', { name: 'Accuracy while training' }).hover();
  await page.keyboard.press('t');
  const table = page.getByRole('region', { name: 'Accuracy while training, table' });
  expect(await table.getByRole('row').count()).toBe(42);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByText('Copied 41 rows').waitFor();
  await page.context().close();
});

test('a sample opens with its course, and a run turns into a new experiment', async () => {
  const page = await served.open();
  await trainToTheEnd(page);
  await page.locator('.wall button').first().click();
  await page.getByRole('dialog').getByText('Loss against the given label').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await page.getByLabel('Batch size').isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Duplicate' }).click();
  expect(await page.getByLabel('Batch size').isEnabled()).toBe(true);
  await page.context().close();
});

test('without true labels the panels that need them say so; without test data there is no test line', async () => {
  const unknown = await served.open({ scenario: 'unknown' });
  await trainToTheEnd(unknown);
  await unknown.getByText(/Needs the true labels/).waitFor();
  expect(await unknown.locator('.verdict').innerText()).toContain('Stop at epoch 6');
  await unknown.context().close();
  const untested = await served.open({ scenario: 'notest' });
  await trainToTheEnd(untested);
  const label = await untested
    .getByRole('img', { name: /^Accuracy by epoch/ })
    .getAttribute('aria-label');
  expect(label).not.toContain('test');
  expect(await untested.locator('.verdict').innerText()).toContain(
    'Accuracy on the noisy hold-out',
  );
  await untested.context().close();
});

test('a crash of the core leaves the window and its epochs, and the run can be resumed', async () => {
  const page = await served.open({ scenario: 'crash' });
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const banner = page
    .getByRole('alert')
    .filter({ hasText: 'The training process stopped unexpectedly' });
  await banner.waitFor();
  await page.getByText(/^Interrupted after epoch 13 of 40/).waitFor();
  await banner.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Train again' }).waitFor();
  expect(await headline(page)).toBe('Stop at epoch 6');
  await page.context().close();
});

test('errors are sentences: a start that fails, a core that does not answer, broken data', async () => {
  const full = await served.open({ scenario: 'error' });
  await full.getByRole('button', { name: 'Train', exact: true }).click();
  await full.getByRole('alert').filter({ hasText: 'The disk is full' }).waitFor();
  await full.context().close();
  const dead = await served.open({ scenario: 'nocore' });
  await dead.getByRole('alert').filter({ hasText: 'cannot be loaded' }).waitFor();
  await dead.context().close();
  const page = await served.open();
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([], 'broken'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
  });
  await page
    .getByRole('alert')
    .filter({ hasText: '796 bytes, but its header asks for 2,000' })
    .waitFor();
  await page.getByLabel('Data set').selectOption('folder');
  await page.getByText(/fashion-mnist · 5,000/).waitFor();
  await page.context().close();
});

test('a table with missing values asks what to do with them, and its rows are drawn and fitted', async () => {
  const page = await served.open();
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([], 'people.csv'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
  });
  await page.getByRole('button', { name: 'Fill them in' }).click();
  await page.getByText('6 columns, 2 classes').waitFor();
  // 200 rows: a fifth to test on, and the rest holds training and hold-out.
  expect(await page.getByLabel('Training', { exact: true }).inputValue()).toBe('133');
  expect(await page.getByLabel('Test', { exact: true }).inputValue()).toBe('40');
  expect(await page.getByLabel('Network', { exact: true }).inputValue()).toBe('mlp');
  await page.context().close();
});

test('commands of the menu act, and place, folds and settings are remembered', async () => {
  const page = await served.open();
  await page.getByLabel('Epochs').fill('12');
  await page.getByRole('button', { name: /^Network/ }).click();
  await emit(page, { event: 'host.command', command: 'place.runs' });
  await page.getByRole('heading', { name: 'Runs' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Runs' }).waitFor();
  await emit(page, { event: 'host.command', command: 'place.lab' });
  expect(await page.getByLabel('Epochs').inputValue()).toBe('12');
  expect(await page.getByRole('button', { name: /^Network/ }).getAttribute('aria-expanded')).toBe(
    'true',
  );
  await emit(page, { event: 'host.command', command: 'train' });
  await page.getByRole('button', { name: 'Train again' }).waitFor();
  await page.context().close();
});

test('no page complained, nor broke the content security policy', () => {
  expect(served.complaints).toEqual([]);
});
