/** The place Labels: audits are made, told, filtered, trained on again, and look right. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  askedFor,
  button,
  filters,
  labelsOf,
  main,
  openLabels,
  total,
  where,
} from './labels-page.ts';
import { emit, serve, trainToTheEnd } from './serve.ts';
import type { Opening, Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];
const course = (page: Page) => page.getByText(/likely wrong; /);
/** How far an audit is; a number and its unit stay on one line. */
const LEFT = /\d+% · \d+\ss left/;
const open = (opening?: Opening) => openLabels(served, opening);

test('the head tells the share, the interval and the review; a suspect tells why it is one', async () => {
  const page = await served.open();
  await button(page, 'Labels').click();
  await page.getByText('About 15% of the training labels are wrong (13% to 16%).').waitFor();
  expect(await course(page).innerText()).toBe('367 are likely wrong; 0 looked at, 0 changed.');
  await page
    .getByText(/^In hindsight, 14\.9% are wrong\. Of the likely ones, \d+% are\.$/)
    .waitFor();
  await main(page).getByText('Almost surely wrong').waitFor();
  await main(page).getByText('3 is wrong with a chance of 99.9%').waitFor();
  await main(page).getByText('8 of 10 are labelled 2').waitFor();
  await main(page).getByText('stop at 8').waitFor();
  expect(await page.locator('article .strip rect').count()).toBe(41);
  // The next ones' reasons are here before they are wanted.
  await expect.poll(async () => (await askedFor(page, 'labels.suspect')).length).toBe(3);
  await page.context().close();
});

test('Lab leads to the labels of the run on the screen, which are audited at once', async () => {
  const page = await served.open();
  await trainToTheEnd(page);
  await button(page, 'Find wrong labels').click();
  await page.locator('article').waitFor();
  expect(await askedFor(page, 'labels.audit')).toEqual([{ id: 'new-1', folds: null }]);
  // Another run is chosen, and one without a whole epoch cannot be.
  const runs = filters(page).getByLabel('Run', { exact: true });
  expect(await runs.locator('option').first().getAttribute('value')).toBe('new-1');
  await runs.selectOption('run-b');
  await expect
    .poll(() => askedFor(page, 'labels.audit'))
    .toContainEqual({ id: 'run-b', folds: null });
  await page.locator('article').waitFor();
  await page.context().close();
});

test('a cell of the matrix lists its pair, and says what is expected and what there is', async () => {
  const page = await open();
  const all = await total(page);
  const cell = button(page, 'Given 3, likely 2: 22');
  await cell.click();
  await expect.poll(() => where(page)).toBe('1 of 22');
  await filters(page)
    .getByText(/^3 that likely is 2: 22, about 23 expected \(13 to 33\)\. In hindsight \d+\.$/)
    .waitFor();
  // After a click the keys belong to the review.
  await page.keyboard.press('Enter');
  await expect.poll(() => where(page)).toBe('2 of 22');
  await cell.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await askedFor(page, 'labels.suspects')).at(-1))
    .toMatchObject({ given: 3, likely: 4 });
  await button(page, /^Given 3, likely 4/).click();
  await expect.poll(() => where(page)).toBe(`1 of ${all - 1}`);
  await page.getByText('Hindsight', { exact: true }).click();
  await button(page, /^Given 3, likely 2: \d+/).waitFor();
  await page.context().close();
});

test('the threshold moves by keys, and says how many are above it and how many of them wrong', async () => {
  const page = await open();
  await filters(page).getByText('367 above 50%, of which about 334 are truly wrong').waitFor();
  const slider = page.getByRole('slider', { name: 'Least chance' });
  await slider.focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
  const sentence = filters(page).getByText(/^\d+ above 90%, of which about \d+ are truly wrong$/);
  await sentence.waitFor();
  const many = Number(/^\d+/.exec(await sentence.innerText())![0]);
  await expect.poll(() => where(page)).toBe(`1 of ${many}`);
  await button(page, `Accept all ${many} above 90%`).waitFor();
  await page.context().close();
});

test('an audit says how far it is, is cancelled, and begins again only when asked', async () => {
  const page = await served.open({ scenario: 'slowaudit' });
  await emit(page, { event: 'host.command', command: 'place.labels' });
  await page.getByRole('heading', { name: 'Looking for wrong labels…' }).waitFor();
  await page.getByText(LEFT).waitFor();
  await button(page, 'Cancel').click();
  await page.getByRole('heading', { name: 'Not looked at yet' }).waitFor();
  expect((await askedFor(page, 'labels.audit')).length).toBe(1);
  await button(page, 'Find wrong labels').click();
  await page.getByRole('heading', { name: 'Looking for wrong labels…' }).waitFor();
  await page.context().close();
});

test('an audit that fails says why, and is tried again', async () => {
  const page = await served.open({ scenario: 'auditfails' });
  await emit(page, { event: 'host.command', command: 'place.labels' });
  await page.getByRole('alert').filter({ hasText: 'too few epochs' }).waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await page.locator('article').waitFor();
  await page.context().close();
});

test('while a run trains the place waits, and begins when it has ended', async () => {
  const page = await served.open({ scenario: 'unaudited' });
  const at = { phase: 'training', epoch: 3, fraction: 0, epochs: 9, secondsLeft: 4 };
  await emit(page, { event: 'run.progress', id: 'run-b', ...at });
  await emit(page, { event: 'host.command', command: 'place.labels' });
  await page.getByRole('heading', { name: 'A run is training' }).waitFor();
  await button(page, 'Show it in Lab').waitFor();
  expect(await askedFor(page, 'labels.audit')).toEqual([]);
  const row = await page.evaluate(async () => {
    const answer = await window.lab.request('runs.list', {});
    return 'result' in answer ? answer.result.rows.find(({ id }) => id === 'run-b') : null;
  });
  await emit(page, { event: 'run.ended', id: 'run-b', row });
  await page.locator('article').waitFor();
  await page.context().close();
});

test('an audit that ends elsewhere is told with the way to it; without any run Lab is the way', async () => {
  const page = await served.open();
  await emit(page, { event: 'labels.ended', id: 'run-c', problem: null });
  await page.getByText('The labels of “Pair noise, 30%” have been audited').waitFor();
  await button(page, 'Open').click();
  await expect
    .poll(() => filters(page).getByLabel('Run', { exact: true }).inputValue())
    .toBe('run-c');
  await page.context().close();
  const empty = await served.open({ scenario: 'empty' });
  await emit(empty, { event: 'host.command', command: 'place.labels' });
  await empty.getByRole('heading', { name: 'Train a run first' }).waitFor();
  await button(empty, 'Go to Lab').click();
  await button(empty, 'Train').first().waitFor();
  await empty.context().close();
});

test('on weak data the weakness comes first, and nothing is offered in bulk', async () => {
  const page = await open({ scenario: 'weak' });
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(
    /^The network tells only about 31% of the classes/,
  );
  await page.getByText('Nothing is accepted in bulk here').waitFor();
  expect(await button(page, /^Accept all/).count()).toBe(0);
  await page.getByText(/^By it 38% are wrong \(37% to 39%\), likely far too many\. /).waitFor();
  await page.context().close();
});

test('a row of a table marks the values that its neighbours do not have', async () => {
  const page = await open({ scenario: 'table' });
  const values = page.getByRole('group', { name: 'Values of the row' });
  await expect.poll(() => values.locator('.marked').allInnerTexts()).toHaveLength(2);
  await main(page)
    .getByText(/^weight: [\d.]+, around [\d.]+ among its neighbours$/)
    .waitFor();
  expect(await labelsOf(page)).toMatch(/^(owner|renter|lodger)\s+(owner|renter|lodger)$/);
  await page.keyboard.type('lo');
  await expect
    .poll(async () => (await askedFor(page, 'labels.decide')).at(-1))
    .toMatchObject({ made: [{ decision: { choice: 'class', class: 2 } }] });
  await page.context().close();
});

test('a thorough audit says its time, goes on beside the review, and can be ended', async () => {
  const page = await open();
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Thorough audit, about 4 min' }).click();
  await page.getByText(LEFT).waitFor();
  expect(await askedFor(page, 'labels.audit')).toEqual([{ id: 'run-a', folds: 5 }]);
  await main(page).focus();
  await page.keyboard.press('Enter');
  await page.getByText('1 looked at, 1 changed.').waitFor();
  await button(page, 'Cancel').click();
  await expect.poll(() => button(page, 'Cancel').count()).toBe(0);
  await page.getByText('1 looked at, 1 changed.').waitFor();
  await page.context().close();
});

test('training again needs a change, is shown in Lab, and is compared with the first run', async () => {
  const page = await open();
  const train = button(page, 'Train again with these');
  expect(await train.isDisabled()).toBe(true);
  await page.keyboard.press('Backspace');
  await page.getByText('1 looked at, 0 changed.').waitFor();
  expect(await train.isDisabled()).toBe(true);
  await page.keyboard.press('Enter');
  await train.click();
  await page.getByRole('main', { name: 'Lab', exact: true }).waitFor();
  await button(page, 'Train again').waitFor();
  expect(await askedFor(page, 'labels.trainAgain')).toEqual([{ id: 'run-a' }]);
  await emit(page, { event: 'host.command', command: 'place.labels' });
  await page.getByText('Trained again with corrections:').waitFor();
  await button(page, 'Compare').click();
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
  await button(page, 'All runs').click();
  await page.getByRole('row').filter({ hasText: ', corrected' }).waitFor();
  await page.context().close();
});

/** Nothing is wider than what it stands in. */
async function expectNothingSideways(page: Page): Promise<void> {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('main, aside, header, footer, article, body')].map(
      (element) => element.scrollWidth - element.clientWidth,
    ),
  );
  expect(Math.max(...wide)).toBeLessThanOrEqual(0);
}

test.each([
  ['light', 'en', 'batch', 1280, 800],
  ['dark', 'en', 'table', 1024, 700],
  ['light', 'he', 'hundred', 1024, 700],
  ['dark', 'he', 'weak', 1920, 1080],
] as ['light' | 'dark', 'en' | 'he', string, number, number][])(
  'nothing for axe or sideways in %s, %s, with %s, at %i x %i',
  async (theme, language, looked, ...size) => {
    const look = async (page: Page, name: string): Promise<void> => {
      await expectNothingSideways(page);
      const path = `${SHOTS}/${name}-${language}-${theme}-${size[0]}.png`;
      if (SHOTS) await page.screenshot({ path });
    };
    const page = await open({ theme, language, size });
    for (const key of ['Enter', 'Enter', 'Backspace', '?']) await page.keyboard.press(key);
    await look(page, 'review');
    expect(await violations(page)).toEqual([]);
    await page.locator('tbody button').first().click();
    await page.locator('article .strip svg').waitFor();
    await look(page, 'cell');
    await page.locator('tbody button[aria-pressed=true]').click();
    await page.keyboard.press('G');
    await page.keyboard.press('Shift+ArrowDown');
    await look(page, 'grid');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('aside button.button').click();
    await page.locator('main section ul').waitFor();
    await look(page, 'batch');
    if (looked === 'batch') expect(await violations(page)).toEqual([]);
    await page.context().close();
    // Where there is least room all are looked at.
    const all = ['table', 'weak', 'hundred', 'empty'];
    for (const scenario of all.filter((one) => one === looked || size[0] === 1024)) {
      const other = await served.open({ theme, language, size, scenario });
      await emit(other, { event: 'host.command', command: 'place.labels' });
      await other.locator('article .strip svg, .empty .button').waitFor();
      await look(other, scenario);
      // Each is made of the same parts, so each is looked through in one of the four.
      if (scenario === looked) expect(await violations(other)).toEqual([]);
      await other.context().close();
    }
  },
);

test('labels of annotators are added, heard in a new audit, and stand beside each suspect', async () => {
  const page = await open();
  const before = (await askedFor(page, 'labels.audit')).length;
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Add labels of annotators…' }).click();
  await page.getByText('The labels of annotators were added').waitFor();
  await expect.poll(async () => (await askedFor(page, 'labels.audit')).length).toBe(before + 1);
  await main(page)
    .getByText(/^Ada: \d · Ben: \d$/)
    .waitFor();
  await page.context().close();
});

test('nothing was complained about', () => expect(served.complaints).toEqual([]));
