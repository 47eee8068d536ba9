/** Help: the guide in the window, by F1, menu and rail, with its links and a search over all pages. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
const title = (page: Page) => page.getByRole('article').getByRole('heading', { level: 1 });

/** Opens Help from the rail. */
async function open(opening: Opening = {}): Promise<Page> {
  const page = await served.open(opening);
  const name = opening.language === 'he' ? 'עזרה' : 'Help';
  await page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
  await title(page).waitFor();
  return page;
}

test('F1 opens the page that belongs to a card, to what has the focus first, and goes back', async () => {
  const page = await served.open();
  await page.getByText(/labels will be wrong/).waitFor();
  await page.getByLabel('Noise rate').hover();
  await page.keyboard.press('F1');
  await expect.poll(() => title(page).innerText()).toBe('Noise');
  await page.keyboard.press('F1');
  await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
  await page.getByLabel('Data set', { exact: true }).focus();
  await page.keyboard.press('F1');
  await expect.poll(() => title(page).innerText()).toBe('Your data');
  await page.keyboard.press('Escape');
  await trainToTheEnd(page);
  await page.getByRole('button', { name: 'Why?' }).focus();
  await page.keyboard.press('F1');
  await expect.poll(() => title(page).innerText()).toBe('The recommendation');
  await page.context().close();
});

test.each([
  ['place.runs', 'The run’s folder'],
  ['place.paper', 'The paper'],
  ['place.labels', 'Wrong labels'],
  ['place.data', 'Your data'],
  ['place.log', 'The log of another training'],
])('F1 in %s opens its page; the menu does so too', async (command, expected) => {
  const page = await served.open();
  await page.mouse.move(0, 0);
  await emit(page, { event: 'host.command', command });
  await page.keyboard.press('F1');
  await expect.poll(async () => (await title(page).innerText()).replace("'", '’')).toBe(expected);
  await emit(page, { event: 'host.command', command: 'place.help' });
  await expect.poll(() => title(page).count()).toBe(0);
  await page.context().close();
});

test('links lead to other pages and their headings, and none leaves the window', async () => {
  const page = await open();
  const article = page.getByRole('article');
  await article.getByRole('button', { name: 'the log of a training in another program' }).click();
  await expect.poll(() => title(page).innerText()).toBe('The log of another training');
  await article.getByText('PyTorch', { exact: true }).first().click();
  await article.getByText('class StopLog:').waitFor();
  await page.getByRole('button', { name: 'Developing' }).click();
  await article.getByRole('button', { name: "the run's folder" }).click();
  const heading = article.getByRole('heading', { name: 'Nothing is lost' });
  await expect.poll(() => heading.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await article.locator('a').count()).toBe(0);
  await page.context().close();
});

test('a search goes over all pages, by headings first, and opens what it found', async () => {
  const page = await open();
  await page.getByRole('searchbox').fill('checksums damage');
  await page.getByText(/sections? found/).waitFor();
  await page.getByRole('button', { name: /Nothing is lost/ }).click();
  await expect.poll(() => title(page).innerText()).toMatch(/^The run.s folder$/);
  await page.getByRole('searchbox').fill('clipNorm');
  await page.getByRole('button', { name: /The config/ }).click();
  await page.getByRole('article').getByText('training.clipNorm').waitFor();
  await page.getByRole('searchbox').fill('no such words anywhere');
  await page.getByText('0 sections found').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('searchbox').inputValue()).toBe('');
  await page.context().close();
});

test('pictures are drawn, and Markdown becomes elements', async () => {
  const page = await open();
  const picture = page.getByRole('article').getByRole('img');
  await expect
    .poll(() => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(800);
  await page.getByRole('button', { name: 'Noise', exact: true }).last().click();
  await page.getByRole('article').getByRole('cell', { name: 'symmetric', exact: true }).waitFor();
  expect(await page.getByRole('article').innerText()).not.toMatch(/\*\*|\]\(|\|/);
  await page.context().close();
});

test('Hebrew pages where there are, English ones marked as such where there are none', async () => {
  const page = await open({ language: 'he' });
  expect(await title(page).innerText()).toBe('הריצה הראשונה');
  const article = page.getByRole('article');
  expect(await article.getAttribute('dir')).toBe('rtl');
  await page.getByRole('button', { name: 'Speed' }).click();
  await expect.poll(() => article.getAttribute('lang')).toBe('en');
  expect(await article.getAttribute('dir')).toBe('ltr');
  await page.getByRole('searchbox').fill('שיבוש');
  await page.getByRole('button', { name: /המאמר › איורים/ }).click();
  await expect.poll(() => title(page).innerText()).toBe('המאמר');
  await page.context().close();
});

test.each([
  ['light', 'en', [1280, 800]],
  ['dark', 'en', [1024, 700]],
  ['light', 'he', [1024, 700]],
  ['dark', 'he', [1920, 1080]],
] as const)('nothing for axe or sideways in %s, %s at %s', async (theme, language, size) => {
  const page = await open({ theme, language, size: [...size] });
  const shoot = async (name: string) => {
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(size[0]);
    const path = `${SHOTS}/help-${name}-${theme}-${language}-${size[0]}.png`;
    if (SHOTS) await page.screenshot({ path });
  };
  await shoot('first');
  const pages = page.getByRole('article');
  await page.locator('nav li button').nth(2).click();
  await pages.getByRole('table').waitFor();
  await shoot('noise');
  await page.getByRole('searchbox').fill('MNIST');
  await shoot('search');
  await page.context().close();
});

test('no page complained, nor broke the content security policy', () => {
  expect(served.complaints).toEqual([]);
});
