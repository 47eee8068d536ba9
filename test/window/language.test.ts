/** The window's language: that of the system until another is chosen, changed at once, remembered. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asked, dropFile, emit, serve } from './serve.ts';
import type { Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => void (served = await serve()));
afterAll(() => served.close());

/** Language and direction of the document, and what the first place is called. */
const seen = (page: Page): Promise<unknown> =>
  page.evaluate(() => [
    document.documentElement.lang,
    document.documentElement.dir,
    document.querySelector('nav button')?.textContent.trim(),
  ]);
const ENGLISH = ['en', 'ltr', 'Lab'];
const HEBREW = ['he', 'rtl', 'מעבדה'];

describe('the language', () => {
  it('is the system’s', async () => {
    const page = await served.open({ language: 'system', locale: 'he-IL' });
    await expect.poll(() => seen(page)).toEqual(HEBREW);
    await page.context().close();
    const other = await served.open({ language: 'system', locale: 'fr-FR' });
    await expect.poll(() => seen(other)).toEqual(ENGLISH);
    await other.context().close();
  });

  it('changes at once in the rail, and is remembered', async () => {
    const page = await served.open();
    expect(await seen(page)).toEqual(ENGLISH);
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitemradio', { name: 'עברית' }).click();
    expect(await seen(page)).toEqual(HEBREW);
    expect(await asked(page)).toContainEqual({
      method: 'host.setLanguage',
      params: { language: 'he' },
    });
    await page.reload();
    await expect.poll(() => seen(page)).toEqual(HEBREW);
    await page.context().close();
  });

  it('changes in the menu, and the main process hears of it', async () => {
    const page = await served.open();
    await emit(page, { event: 'host.language', language: 'he' });
    expect(await seen(page)).toEqual(HEBREW);
    await page.context().close();
  });
});

/** Words that only an English text would have. */
const ENGLISH_LEFT = /\b(the|of|and|epoch|label|labels|training|accuracy|loss|wrong|stop)\b/i;

/** What a person reads, without what others called things: runs, columns, classes, paths. */
const words = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const copy = document.body.cloneNode(true) as HTMLElement;
    for (const own of copy.querySelectorAll('[dir=auto], [dir=ltr], bdi, option, .menu'))
      own.remove();
    return copy.innerText;
  });

describe.each(['light', 'dark'] as const)('in Hebrew, %s', (theme) => {
  it('Lab, Runs and a comparison are readable, and nothing English is left', async () => {
    const page = await served.open({ language: 'he', theme });
    await page.getByText('תוויות יהיו שגויות').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'אימון', exact: true }).click();
    await page.getByRole('button', { name: 'אימון מחדש' }).waitFor();
    await page.getByRole('button', { name: 'למה?' }).click();
    await page.getByRole('heading', { name: /^כדאי לעצור באפוק/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await words(page)).not.toMatch(ENGLISH_LEFT);
    await page.locator('.wall button').first().click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').getByRole('button', { name: 'ריצות' }).click();
    for (const box of [1, 2]) await page.getByRole('checkbox').nth(box).check();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'השוואה' }).click();
    await page.getByRole('heading', { name: 'השוואת שתי ריצות' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await words(page)).not.toMatch(ENGLISH_LEFT);
    await page.context().close();
  });

  it('Data and Log too, and what the core tells', async () => {
    const page = await served.open({ language: 'he', theme });
    await page.getByRole('navigation').getByRole('button', { name: 'נתונים' }).click();
    await page.getByText('60,000').first().waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await words(page)).not.toMatch(ENGLISH_LEFT);
    await dropFile(page, 'broken');
    await page.getByRole('alert').waitFor();
    const told = await page.getByRole('alert').innerText();
    expect(told).toContain('/home/ada/broken/train-images-idx3-ubyte');
    expect(told).toMatch(/[א-ת].*796.*2,000/);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('navigation').getByRole('button', { name: 'לוג' }).click();
    await dropFile(page, 'keras.csv');
    await page.getByRole('heading', { name: /^כדאי לעצור/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await words(page)).not.toMatch(ENGLISH_LEFT);
    await page.context().close();
  });
});

it('in Hebrew epochs still run from left to right, with the keys too', async () => {
  const page = await served.open({ language: 'he' });
  await page.getByRole('button', { name: 'אימון', exact: true }).click();
  await page.getByRole('button', { name: 'אימון מחדש' }).waitFor();
  const title = page.getByRole('heading', { name: /^דגימות בעלות תווית שגויה באפוק/ });
  await expect.poll(() => title.innerText()).toMatch(/6/);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => title.innerText()).toMatch(/7/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => title.innerText()).toMatch(/5/);
  await page.context().close();
});

it('what is on the screen changes its words at once: verdict, charts’ titles, messages to come', async () => {
  const page = await served.open();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('heading', { name: 'Stop at epoch 6' }).waitFor();
  await emit(page, { event: 'host.language', language: 'he' });
  await page.getByRole('heading', { name: /^כדאי לעצור באפוק/ }).waitFor();
  await page.getByRole('img', { name: /^דיוק לפי אפוק/ }).waitFor();
  await emit(page, { event: 'host.language', language: 'en' });
  await page.getByRole('heading', { name: 'Stop at epoch 6' }).waitFor();
  await page.getByRole('img', { name: /^Accuracy by epoch/ }).waitFor();
  await page.context().close();
});
