/** The place Paper: figures are chosen, changed, made, read point by point, exported and presented. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, askedFor, emit, openFigure, serve } from './serve.ts';
import type { Opening, Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];
const title = (page: Page) => page.getByRole('heading', { level: 1 });
const picture = (page: Page, name: RegExp) => page.getByRole('application', { name });

const open = (id: string, opening?: Opening): Promise<Page> => openFigure(served, id, opening);

test('figures and theorems are listed in groups, and the one left is found again', async () => {
  const page = await served.open();
  await page.getByRole('navigation').getByRole('button', { name: 'Paper' }).click();
  const list = page.getByRole('navigation', { name: 'Figures and theorems' });
  await list.getByRole('heading', { name: 'Theory' }).waitFor();
  expect(await list.getByRole('button').count()).toBe(15);
  await list.getByRole('button', { name: 'Overfitting moves the weights far' }).click();
  expect(await title(page).innerText()).toMatch(/^Theorem 2/);
  await page.reload();
  await title(page).filter({ hasText: 'Theorem 2' }).waitFor();
  await page.context().close();
});

test('nothing is asked of the core for who has not come here, and an end elsewhere is told', async () => {
  const page = await served.open({ speed: 5 });
  await emit(page, { event: 'core.ready' });
  await page.waitForTimeout(600);
  expect((await asked(page)).filter(({ method }) => method.startsWith('paper.'))).toEqual([]);
  await emit(page, { event: 'paper.ended', id: '1', problem: null });
  await page.getByText('“Accuracy by corruption” has ended').waitFor();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await title(page).filter({ hasText: 'Figure 1' }).waitFor();
  await page.context().close();
});

test('an instant figure follows its sliders, one question at a time, and ends at the newest', async () => {
  const page = await open('2');
  await picture(page, /unit sphere/).waitFor();
  const before = (await askedFor(page, 'paper.open')).length;
  await page.getByRole('slider', { name: 'Samples n' }).evaluate((input: HTMLInputElement) => {
    for (let samples = 40; samples <= 90; samples++) {
      input.value = String(samples);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await page.getByText('5 / 90').waitFor();
  const questions = (await askedFor(page, 'paper.open')).slice(before);
  expect(questions.length).toBeLessThan(10);
  expect(questions.at(-1)).toMatchObject({ params: { id: '2', settings: { samples: 90 } } });
  expect(await askedFor(page, 'paper.estimate')).toEqual([]);
  await page.getByRole('radio', { name: 'Custom' }).waitFor({ state: 'attached' });
  await page.getByText("Paper's values").click();
  await page.getByText('5 / 30').waitFor();
  await page.context().close();
});

test('a value that does not fit stays in its field, says what would, and asks for nothing', async () => {
  const page = await open('2');
  await picture(page, /unit sphere/).waitFor();
  const before = (await askedFor(page, 'paper.open')).length;
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('0.5');
  await page.getByText('Needs a whole number from 0 to 9,999').waitFor();
  await page.getByRole('spinbutton', { name: 'ε₀, largest distance from a centre' }).fill('3');
  await page.getByText('Needs a number from 0 to 1', { exact: true }).waitFor();
  expect((await askedFor(page, 'paper.open')).length).toBe(before);
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('7');
  await expect
    .poll(async () => (await askedFor(page, 'paper.open')).at(-1)?.params)
    .toMatchObject({ settings: { seed: 7, eps0: 0.3 } });
  await page.context().close();
});

test('lists of numbers are typed as such', async () => {
  const page = await open('1');
  const levels = page.getByLabel('Noise levels');
  await levels.fill('0, 0.5, 2');
  await page.getByText('Needs a list of 1 to 30 numbers from 0 to 1').waitFor();
  await levels.fill('0, 0.5, 1');
  await expect
    .poll(async () => (await askedFor(page, 'paper.open')).at(-1)?.params)
    .toMatchObject({ settings: { levels: [0, 0.5, 1] } });
  await page.context().close();
});

test('what takes long is empty, says how long, is made, stopped, gone on with, and complete', async () => {
  const page = await open('1', { speed: 40 });
  await page.getByRole('heading', { name: 'Not computed yet' }).waitFor();
  await page.getByText(/about 14.min on this machine/).waitFor();
  const form = page.getByRole('complementary', { name: 'Settings' });
  await form.getByRole('button', { name: 'Play' }).click();
  await form.getByText(/[1-5] of 6 runs done/).waitFor();
  await form.getByText(/\d+.% · \d+.s left/).waitFor();
  await picture(page, /After the last epoch/).waitFor();
  await form.getByRole('button', { name: 'Stop' }).click();
  await form.getByRole('button', { name: 'Continue' }).click();
  await form.getByText('Complete with these settings').waitFor();
  await page.getByRole('row', { name: '100% corrupted' }).waitFor();
  // Other settings have not been made.
  await form.getByText('An hour').click();
  await page.getByRole('heading', { name: 'Not computed yet' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await form.getByRole('button', { name: 'Stop' }).waitFor();
  expect((await askedFor(page, 'paper.start')).at(-1)).toMatchObject({
    params: { id: '1', settings: { epochs: 50 } },
  });
  await page.context().close();
});

test('while one figure is made others are looked at, and say which one it is', async () => {
  const page = await open('1', { speed: 100 });
  await page.getByRole('complementary').getByRole('button', { name: 'Play' }).click();
  const list = page.getByRole('navigation', { name: 'Figures and theorems' });
  await list.getByRole('button', { name: 'Synthetic experiment' }).click();
  await page.getByText('Computing:').waitFor();
  expect(
    await page.getByRole('complementary').getByRole('button', { name: 'Play' }).isDisabled(),
  ).toBe(true);
  await page
    .getByRole('complementary')
    .getByRole('button', { name: 'Accuracy by corruption' })
    .click();
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  await page.context().close();
});

test('points say their numbers to the keys and to the pointer, and T makes a table of them', async () => {
  const page = await open('1', { speed: 1 });
  await page.getByRole('complementary').getByRole('button', { name: 'Play' }).click();
  await page.getByText('Complete with these settings').waitFor();
  const last = picture(page, /After the last epoch/);
  await last.focus();
  const live = last.locator('[aria-live]');
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(() => live.innerText())
    .toMatch(
      /^Training, given labels, Corrupted labels 0\.0%, Accuracy 100\.0% \(98\.0% … 102\.0%\)$/,
    );
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => live.innerText()).toContain('Corrupted labels 20.0');
  await page.keyboard.press('ArrowDown');
  await expect
    .poll(() => live.innerText())
    .toMatch(/^Training, true labels, Corrupted labels 20\.0/);
  await page.keyboard.press('End');
  await expect.poll(() => live.innerText()).toContain('Corrupted labels 100.0');
  await page.keyboard.press('Escape');
  expect(await last.locator('.tip').count()).toBe(0);
  const box = (await last.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 8, { steps: 4 });
  await page.keyboard.press('t');
  const table = page.getByRole('region', { name: 'After the last epoch, table' });
  expect(await table.getByRole('row').count()).toBe(1 + 3 * 6);
  await page.context().close();
});

test('export asks for a file with the settings, the language and the theme of the moment', async () => {
  const page = await open('2', { theme: 'dark', language: 'he' });
  await picture(page, /./).first().waitFor();
  await page.getByRole('button', { name: 'ייצוא' }).click();
  await page.getByRole('menuitem', { name: /PNG/ }).click();
  await page.getByText('/home/ada/figure-2.png').waitFor();
  const [question] = await askedFor(page, 'host.saveFigure');
  expect(question!.params).toMatchObject({
    id: '2',
    format: 'png',
    language: 'he',
    dark: true,
    settings: { samples: 30 },
  });
  await page.context().close();
});

test('a figure of which nothing is made cannot be exported', async () => {
  const page = await open('1');
  await page.getByRole('heading', { name: 'Not computed yet' }).waitFor();
  expect(await page.getByRole('button', { name: 'Export' }).isDisabled()).toBe(true);
  await page.context().close();
});

test('presenting fills the window, turns pages, and is left by Esc', async () => {
  const page = await open('2');
  await picture(page, /unit sphere/).waitFor();
  const small = (await title(page).boundingBox())!.height;
  await page.keyboard.press('F5');
  await expect.poll(() => page.getByRole('navigation').count()).toBe(0);
  expect(await page.getByRole('complementary').count()).toBe(0);
  expect(
    await page.locator('h1').evaluate((h1) => parseFloat(getComputedStyle(h1).fontSize)),
  ).toBeGreaterThan(24);
  expect(small).toBeGreaterThan(0);
  const text = await page.locator('.frame svg text').first().getAttribute('font-size');
  expect(Number(text)).toBeGreaterThanOrEqual(15);
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/paper-present.png` });
  await page.keyboard.press('PageDown');
  await title(page).filter({ hasText: 'Figure 3' }).waitFor();
  await page.getByRole('button', { name: /Previous/ }).click();
  await title(page).filter({ hasText: 'Figure 2' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Places' }).waitFor();
  await page.context().close();
});

test('an explanation is for the reader that was chosen last, with formulas set, offline', async () => {
  const page = await open('theorem1');
  const card = page.getByRole('region', { name: 'What it means' });
  await card.locator('.katex').first().waitFor();
  expect(await card.locator('.katex-error').count()).toBe(0);
  // With its own fonts, which the policy lets in.
  expect(
    await page.evaluate(async () => (await document.fonts.load('16px KaTeX_Main')).length),
  ).toBe(1);
  await card.getByText('Curious').click();
  await card.getByText(/^The promise/).waitFor();
  await page.reload();
  await card.getByText(/^The promise/).waitFor();
  await page.context().close();
});

test('errors are sentences: a start that fails, data that cannot be read, a core without figures', async () => {
  const page = await open('theorem1');
  await page.getByRole('complementary').getByRole('button', { name: 'Play' }).click();
  await page.getByRole('alert').filter({ hasText: 'The disk is full' }).waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: 'Accuracy by corruption' })
    .click();
  await page.getByLabel('Data', { exact: true }).selectOption('folder');
  await page.getByRole('alert').filter({ hasText: 'labels end after 12 of 60,000' }).waitFor();
  await page.context().close();
  const dead = await served.open({ scenario: 'nocore' });
  await emit(dead, { event: 'host.command', command: 'place.paper' });
  await dead.getByRole('alert').filter({ hasText: 'native library cannot be loaded' }).waitFor();
  await dead.context().close();
});

test('a core that crashes ends the making, and what is there stays', async () => {
  const page = await open('1', { speed: 100 });
  await page.getByRole('complementary').getByRole('button', { name: 'Play' }).click();
  await picture(page, /After the last epoch/).waitFor();
  await emit(page, {
    event: 'core.crashed',
    message: { code: 'errors.core.died', values: { code: 9 } },
    id: null,
  });
  await emit(page, { event: 'core.ready' });
  await page.getByRole('button', { name: 'Continue' }).waitFor();
  await picture(page, /After the last epoch/).waitFor();
  await page.context().close();
});

test.each([
  ['light', 'en', 1280, 800],
  ['dark', 'en', 1024, 700],
  ['light', 'he', 1024, 700],
  ['dark', 'he', 1920, 1080],
] as ['light' | 'dark', 'en' | 'he', number, number][])(
  'nothing for axe or sideways in %s, %s at %i x %i',
  async (theme, language, ...size) => {
    const page = await open('2', { theme, language, size });
    const list = page.locator('nav').nth(1).getByRole('button');
    for (let figure = 0; figure < (await list.count()); figure++) {
      await list.nth(figure).click();
      await page.locator('.frame svg, .empty button').first().waitFor();
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('main, aside .fields, nav, body')].map(
          (element) => element.scrollWidth - element.clientWidth,
        ),
      );
      expect(Math.max(...wide)).toBeLessThanOrEqual(0);
      if (SHOTS) {
        await page.screenshot({
          path: `${SHOTS}/paper-${figure}-${language}-${theme}-${size[0]}.png`,
        });
      }
      // Empty, of charts, of a matrix and a histogram: the others are made of the same.
      if (![0, 1, 7].includes(figure)) continue;
      expect(await violations(page)).toEqual([]);
    }
    await page.context().close();
  },
);

test('nothing was complained about', () => expect(served.complaints).toEqual([]));
