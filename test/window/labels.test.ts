/** The place Labels: suspects are found, filtered, decided about by keys, accepted together and trained on again. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, emit, serve, trainToTheEnd } from './serve.ts';
import type { Opening, Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];
const main = (page: Page) => page.getByRole('main');
const course = (page: Page) => page.getByText(/likely wrong; /);
const labelsOf = (page: Page) => page.locator('article h2').innerText();
/** Where the review is: `3 of 367`. */
const where = (page: Page) => page.locator('footer p').innerText();
const total = async (page: Page) => Number(/of ([\d,]+)/.exec(await where(page))![1]);
const filters = (page: Page) => page.getByRole('complementary', { name: 'Which labels' });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
/** How far an audit is; a number and its unit stay on one line. */
const LEFT = /\d+% · \d+\ss left/;
const askedFor = async (page: Page, method: string) =>
  (await asked(page)).filter((one) => one.method === method).map(({ params }) => params);

/** Goes to Labels, where an audit is at hand. */
async function open(opening: Opening = {}): Promise<Page> {
  const page = await served.open(opening);
  await emit(page, { event: 'host.command', command: 'place.labels' });
  await page.locator('article .strip svg').waitFor();
  return page;
}

/** Goes to another place and back: what is told then is what the core has kept. */
async function leaveAndReturn(page: Page): Promise<void> {
  await emit(page, { event: 'host.command', command: 'place.runs' });
  await page.getByRole('main', { name: 'Runs' }).waitFor();
  await emit(page, { event: 'host.command', command: 'place.labels' });
  await page.locator('article .strip svg').waitFor();
}

test('the head tells the share, the interval and the review; a suspect tells why it is one', async () => {
  const page = await served.open();
  await button(page, 'Labels').click();
  await page.getByText('About 15% of the training labels are wrong (13% to 16%).').waitFor();
  expect(await course(page).innerText()).toMatch(
    /^367 are likely wrong; 0 looked at, 0 changed\. In hindsight, 14\.9% are wrong\. Of the likely ones, \d+% are\.$/,
  );
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

test('twenty suspects by keys alone, one of them another class; nothing is lost by leaving', async () => {
  const page = await open();
  const all = await total(page);
  for (let i = 0; i < 20; i++) {
    const key =
      i === 4 ? 'Backspace' : i === 9 ? '?' : i === 14 ? 'Delete' : i === 17 ? '6' : 'Enter';
    await page.keyboard.press(key);
    // The next one is there at once, however long the core takes.
    expect(await where(page)).toBe(`${i + 2} of ${all}`);
  }
  await page.getByText('20 looked at, 17 changed, 1 removed, 1 not sure.').waitFor();
  expect(await page.locator('footer .mark').count()).toBeGreaterThan(2);
  await expect.poll(async () => (await askedFor(page, 'labels.decide')).length).toBe(20);
  const decided = await askedFor(page, 'labels.decide');
  expect(decided[17]).toMatchObject({ reviewer: 'me', decision: { choice: 'class', class: 6 } });
  expect(decided[4]).toMatchObject({ decision: { choice: 'class' } });
  expect(decided[9]).toMatchObject({ decision: { choice: 'unsure' } });
  expect(decided[14]).toMatchObject({ decision: { choice: 'remove' } });
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await main(page)
    .getByText(/^You (chose|kept) /)
    .waitFor();
  await leaveAndReturn(page);
  await page.getByText('20 looked at, 17 changed, 1 removed, 1 not sure.').waitFor();
  expect(await where(page)).toBe(`1 of ${all - 20}`);
  await page.context().close();
});

test('every page of a long queue comes before it is wanted', async () => {
  const page = await open();
  const all = await total(page);
  for (let i = 0; i < 130; i++) {
    await page.keyboard.press(i % 3 ? 'Enter' : 'ArrowRight');
    expect(await where(page)).toBe(`${i + 2} of ${all}`);
  }
  await page.getByText('86 looked at').waitFor();
  const seen = new Set(
    (await askedFor(page, 'labels.decide')).map((one) =>
      JSON.stringify((one as { samples: unknown }).samples),
    ),
  );
  expect(seen.size).toBe(86);
  await page.context().close();
});

test('Ctrl+Z goes back to what was decided last, also to what was decided before a reload', async () => {
  const page = await open();
  const all = await total(page);
  const first = await labelsOf(page);
  for (const key of ['Enter', 'Backspace', '?']) await page.keyboard.press(key);
  await page.getByText('3 looked at, 1 changed, 1 not sure.').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('2 looked at, 1 changed.').waitFor();
  expect(await where(page)).toBe(`3 of ${all}`);
  await leaveAndReturn(page);
  expect(await where(page)).toBe(`1 of ${all - 2}`);
  await page.keyboard.press('Control+z');
  await page.getByText('1 looked at, 1 changed.').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('0 looked at, 0 changed.').waitFor();
  await expect.poll(() => labelsOf(page)).toBe(first);
  expect(await button(page, 'Undo').isDisabled()).toBe(true);
  await page.context().close();
});

test('a class among a hundred by its first letters: shown, erased, given up, taken', async () => {
  const page = await open({ scenario: 'hundred' });
  const all = await total(page);
  await page.keyboard.type('class 1');
  await page.getByRole('button', { name: 'class 10', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('button', { name: 'class 10', exact: true }).count()).toBe(0);
  await page.keyboard.type('CLASS 47');
  await expect
    .poll(async () => (await askedFor(page, 'labels.decide')).at(-1))
    .toMatchObject({
      decision: { choice: 'class', class: 47 },
    });
  await page.keyboard.type('class 23');
  await expect.poll(async () => (await askedFor(page, 'labels.decide')).length).toBe(2);
  await page.keyboard.type('class 3');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await askedFor(page, 'labels.decide')).at(-1))
    .toMatchObject({
      decision: { choice: 'class', class: 5 },
    });
  expect(await where(page)).toBe(`4 of ${all}`);
  // Of so many classes the pairs are a list.
  expect(await filters(page).getByRole('table').count()).toBe(0);
  await filters(page).getByRole('listitem').first().getByRole('button').click();
  await expect.poll(() => total(page)).toBeLessThan(10);
  await page.context().close();
});

test('letters in a field are no decisions', async () => {
  const page = await open();
  const all = await total(page);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('searchbox').pressSequentially('00417');
  await expect.poll(() => where(page)).toBe('1 of 1');
  await page.getByRole('searchbox').fill('nothing like it');
  await page.getByRole('heading', { name: 'Nothing to look at' }).waitFor();
  await page.getByRole('searchbox').fill('');
  await expect.poll(() => where(page)).toBe(`1 of ${all}`);
  await page.getByLabel('Reviewed by').fill('Ada');
  await page.getByLabel('Reviewed by').press('Backspace');
  expect(await askedFor(page, 'labels.decide')).toEqual([]);
  await main(page).focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await askedFor(page, 'labels.decide')).at(-1))
    .toMatchObject({ reviewer: 'Ad' });
  await page.reload();
  await expect.poll(() => page.getByLabel('Reviewed by').inputValue()).toBe('Ad');
  await page.context().close();
});

test('a batch says its number, shows some, is accepted and undone at once', async () => {
  const page = await open();
  await button(page, 'Given 3, likely 2: 22').click();
  await button(page, 'Accept all 22 above 50%').click();
  const panel = page.getByRole('region', { name: '22 labels above 50% take the suggested class' });
  await panel
    .getByText(/^About \d+ of the suggestions \(\d+%\) are expected to be right/)
    .waitFor();
  expect(await panel.getByRole('listitem').count()).toBe(12);
  expect(await askedFor(page, 'labels.acceptAll')).toEqual([]);
  await panel.getByRole('button', { name: 'Accept all 22' }).click();
  await page.getByText('22 looked at, 22 changed.').waitFor();
  expect(await askedFor(page, 'labels.acceptAll')).toMatchObject([
    { given: 3, likely: 2, above: 0.5 },
  ]);
  await page.getByRole('heading', { name: 'Nothing to look at' }).waitFor();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await page.getByText('0 looked at, 0 changed.').waitFor();
  await expect.poll(() => where(page)).toBe('1 of 22');
  await page.context().close();
});

test('in the grid some are selected by keys and clicks, and each takes its own class', async () => {
  const page = await open();
  await page.keyboard.press('g');
  const list = page.getByRole('listbox');
  await list.waitFor();
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByText('3 selected').waitFor();
  await list.getByRole('option').nth(7).click();
  await page.getByText('4 selected').waitFor();
  const names = await list.locator('[aria-selected=true] .names').allInnerTexts();
  await page.keyboard.press('Enter');
  await page.getByText('4 looked at, 4 changed.').waitFor();
  const classes = (await askedFor(page, 'labels.decide')).map(
    (one) => (one as { decision: { class: number } }).decision.class,
  );
  const suggested = names.map((one) => Number(/(\d+)\s*$/.exec(one)![1]));
  expect(new Set(classes)).toEqual(new Set(suggested));
  expect(await list.locator('.mark').count()).toBe(4);
  // What was done at once is undone at once.
  await page.keyboard.press('Control+z');
  await page.getByText('0 looked at, 0 changed.').waitFor();
  await list.getByRole('option').nth(2).click();
  await button(page, 'Keep 1').click();
  await page.getByText('1 looked at, 0 changed.').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('article').waitFor();
  await page.context().close();
});

test('a decision that cannot be kept is told, and its sample comes back', async () => {
  const page = await open({ scenario: 'decidefails' });
  const all = await total(page);
  for (let i = 0; i < 5; i++) await page.keyboard.press('Enter');
  expect(await where(page)).toBe(`6 of ${all}`);
  await page.getByRole('alert').filter({ hasText: 'not saved: The disk is full' }).waitFor();
  await expect.poll(() => where(page)).toBe(`3 of ${all}`);
  await page.getByText('4 looked at, 4 changed.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('5 looked at, 5 changed.').waitFor();
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
    .toMatchObject({
      decision: { choice: 'class', class: 2 },
    });
  await page.context().close();
});

test('labels are exported, and another person’s review is merged with its disputes', async () => {
  const page = await open();
  await button(page, 'Export').click();
  await page.getByRole('menuitem', { name: /csv/i }).click();
  await page.getByText('/home/ada/run-a-labels.csv').waitFor();
  expect(await askedFor(page, 'host.saveLabels')).toEqual([
    { id: 'run-a', format: 'csv', language: 'en' },
  ]);
  for (let i = 0; i < 3; i++) await page.keyboard.press('Enter');
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Merge a review…' }).click();
  await page.getByText('Reviewed by: me, Ben').waitFor();
  await page.getByText('3 looked at, 3 changed, 3 disputed.').waitFor();
  await filters(page).getByLabel('Show').selectOption('disputed');
  await expect.poll(() => where(page)).toBe('1 of 3');
  await main(page)
    .getByText(/^Ben: You kept \d/)
    .waitFor();
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
  await page.getByRole('main', { name: 'Lab' }).waitFor();
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
  ['light', 'en', 1280, 800],
  ['dark', 'en', 1024, 700],
  ['light', 'he', 1024, 700],
  ['dark', 'he', 1920, 1080],
] as ['light' | 'dark', 'en' | 'he', number, number][])(
  'nothing for axe or sideways in %s, %s at %i x %i',
  async (theme, language, ...size) => {
    const check = async (page: Page, name: string): Promise<void> => {
      await expectNothingSideways(page);
      const path = `${SHOTS}/${name}-${language}-${theme}-${size[0]}.png`;
      if (SHOTS) await page.screenshot({ path });
      expect(await violations(page)).toEqual([]);
    };
    const page = await open({ theme, language, size });
    await check(page, 'full');
    for (const key of ['Enter', 'Enter', 'Backspace', '?']) await page.keyboard.press(key);
    await page.locator('tbody button').first().click();
    await page.locator('article .strip svg').waitFor();
    await check(page, 'cell');
    await page.locator('tbody button[aria-pressed=true]').click();
    await page.keyboard.press('g');
    await page.keyboard.press('Shift+ArrowDown');
    await check(page, 'grid');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('aside button.button').click();
    await page.locator('main section ul').waitFor();
    await check(page, 'batch');
    await page.context().close();
    for (const scenario of ['table', 'weak', 'hundred']) {
      const other = await open({ theme, language, size, scenario });
      await check(other, scenario);
      await other.context().close();
    }
    const empty = await served.open({ theme, language, size, scenario: 'empty' });
    await emit(empty, { event: 'host.command', command: 'place.labels' });
    await empty.locator('.empty .button').waitFor();
    await check(empty, 'empty');
    await empty.context().close();
  },
);

test('nothing was complained about', () => expect(served.complaints).toEqual([]));
