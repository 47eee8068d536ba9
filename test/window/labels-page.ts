/** What tests of the place Labels look at. */
import type { Page } from 'playwright';
import { asked, emit } from './serve.ts';
import type { Opening, Served } from './serve.ts';

export const main = (page: Page) => page.getByRole('main');
/** The labels of the suspect that is looked at: `3 2`. */
export const labelsOf = (page: Page) => page.locator('article h2').innerText();
/** Where the review is: `3 of 367`. */
export const where = (page: Page) => page.locator('footer p').innerText();
export const total = async (page: Page) => Number(/of ([\d,]+)/.exec(await where(page))![1]);
export const filters = (page: Page) => page.getByRole('complementary', { name: 'Which labels' });
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** What the fake core was asked by a method. */
export const askedFor = async (page: Page, method: string) =>
  (await asked(page)).filter((one) => one.method === method).map(({ params }) => params);

/** Goes to Labels, where an audit is at hand. */
export async function openLabels(served: Served, opening: Opening = {}): Promise<Page> {
  const page = await served.open(opening);
  await emit(page, { event: 'host.command', command: 'place.labels' });
  await page.locator('article .strip svg').waitFor();
  return page;
}

/** Goes to another place and back: what is told then is what the core has kept. */
export async function leaveAndReturn(page: Page): Promise<void> {
  await emit(page, { event: 'host.command', command: 'place.runs' });
  await page.getByRole('main', { name: 'Runs' }).waitFor();
  await emit(page, { event: 'host.command', command: 'place.labels' });
  await page.locator('article .strip svg').waitFor();
}
