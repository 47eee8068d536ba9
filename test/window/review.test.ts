/** A review in Labels: suspects are decided about by keys, in batches and in a grid, and undone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  askedFor,
  button,
  filters,
  labelsOf,
  leaveAndReturn,
  main,
  openLabels,
  total,
  where,
} from './labels-page.ts';
import { serve } from './serve.ts';
import type { Opening, Served } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

const open = (opening?: Opening) => openLabels(served, opening);
/** A message about one sample. */
const only = (decision: object) => ({ made: [{ decision }] });

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
  expect(decided[17]).toMatchObject({ reviewer: 'me', ...only({ choice: 'class', class: 6 }) });
  expect(decided[4]).toMatchObject(only({ choice: 'class' }));
  expect(decided[9]).toMatchObject(only({ choice: 'unsure' }));
  expect(decided[14]).toMatchObject(only({ choice: 'remove' }));
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
  for (let i = 0; i < 75; i++) {
    await page.keyboard.press(i % 3 ? 'Enter' : 'ArrowRight');
    expect(await where(page)).toBe(`${i + 2} of ${all}`);
  }
  await page.getByText('50 looked at').waitFor();
  const seen = new Set(
    (await askedFor(page, 'labels.decide')).map((one) =>
      JSON.stringify((one as { made: { sample: unknown }[] }).made[0]!.sample),
    ),
  );
  expect(seen.size).toBe(50);
  await page.context().close();
});

test('keys that are quicker than pages wait for them, and decide nothing meanwhile', async () => {
  const page = await open({ scenario: 'slowpages' });
  const all = await total(page);
  for (let i = 0; i < 60; i++) await page.keyboard.press('Enter');
  await page.getByText('The next labels are on their way…').waitFor();
  for (const key of ['Enter', 'Backspace', 'Delete']) await page.keyboard.press(key);
  await main(page).locator('article').waitFor();
  expect(await where(page)).toBe(`61 of ${all}`);
  await page.getByText('60 looked at').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('61 looked at').waitFor();
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
    .toMatchObject(only({ choice: 'class', class: 47 }));
  await page.keyboard.type('class 23');
  await expect.poll(async () => (await askedFor(page, 'labels.decide')).length).toBe(2);
  await page.keyboard.type('class 3');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await askedFor(page, 'labels.decide')).at(-1))
    .toMatchObject(only({ choice: 'class', class: 5 }));
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
  const [asked, ...more] = await askedFor(page, 'labels.decide');
  expect(more).toEqual([]);
  const { made } = asked as { made: { decision: { class: number } }[] };
  const classes = made.map(({ decision }) => decision.class);
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
  await page.evaluate(() =>
    (window as unknown as { fake: { answerLate(): void } }).fake.answerLate(),
  );
  await page.getByRole('alert').filter({ hasText: 'not saved: The disk is full' }).waitFor();
  await expect.poll(() => where(page)).toBe(`3 of ${all}`);
  await page.getByText('4 looked at, 4 changed.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('5 looked at, 5 changed.').waitFor();
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

test('nothing was complained about', () => expect(served.complaints).toEqual([]));
