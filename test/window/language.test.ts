/** The window's language: that of the system until another is chosen, changed at once, remembered. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asked, emit, serve } from './serve.ts';
import type { Served } from './serve.ts';

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
