/** The language of the real app: window, menu and the next start. */
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

let lab: OpenLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

/** The titles of the menu bar. */
const menu = (): Promise<string[]> =>
  lab.app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.items.map(({ label }) => label));

it('is the system’s until another is chosen; then the menu follows, and the next start', async () => {
  expect(await lab.request('host.info', {})).toMatchObject({ language: 'system' });
  expect(await menu()).toEqual(['&File', '&Edit', '&Train', '&View', '&Help']);
  await lab.page.getByRole('button', { name: 'Language' }).click();
  await lab.page.getByRole('menuitemradio', { name: 'עברית' }).click();
  await expect.poll(menu).toEqual(['&קובץ', '&עריכה', '&אימון', '&תצוגה', 'ע&זרה']);
  await lab.app.close();
  lab = await openLab({}, dirname(lab.runs));
  expect(await menu()).toContain('&קובץ');
  await lab.page.getByRole('navigation', { name: 'מקומות' }).waitFor();
  expect(await lab.page.evaluate(() => document.documentElement.dir)).toBe('rtl');
});

it('changes in the menu as well', async () => {
  await lab.app.evaluate(({ Menu }) => {
    const find = (items: Electron.MenuItem[], label: string): Electron.MenuItem | undefined =>
      items
        .flatMap((item) => [item, ...(item.submenu?.items ?? [])])
        .flatMap((item) => [item, ...(item.submenu?.items ?? [])])
        .find((item) => item.label === label);
    find(Menu.getApplicationMenu()!.items, 'English')!.click();
  });
  await lab.page.getByRole('navigation', { name: 'Places' }).waitFor();
  await expect.poll(menu).toContain('&File');
});
