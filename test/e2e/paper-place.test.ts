/** The place Paper in the real window: drawn by the real core, with formulas, and saved as a picture. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

let folder: string;
let lab: OpenLab;
/** What the page complained about, its policy included. */
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-paper-'));
  lab = await openLab({ LAB_SAVE_PATH: join(folder, 'figure.png') });
  lab.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

it('figure 2 follows its slider', async () => {
  const { page } = lab;
  await page.getByRole('navigation').getByRole('button', { name: 'Paper' }).click();
  const list = page.getByRole('navigation', { name: 'Figures and theorems' });
  await list.getByRole('button', { name: 'Clusterable data' }).click();
  await page.getByRole('slider', { name: 'Samples n' }).fill('60');
  await page.getByRole('cell', { name: /\/ 60$/ }).waitFor();
  expect(await page.locator('.frame svg[role=img]').count()).toBe(2);
});

it('formulas are set in fonts of the page’s own', async () => {
  const { page } = lab;
  await page.locator('.katex').first().waitFor();
  expect(
    await page.evaluate(async () => (await document.fonts.load('16px KaTeX_Math')).length),
  ).toBe(1);
});

it('a picture is saved where the person says', async () => {
  const { page } = lab;
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /PNG/ }).click();
  await page.getByText(/^Saved the figure to/).waitFor();
  const { format, width } = await sharp(readFileSync(join(folder, 'figure.png'))).metadata();
  expect(format).toBe('png');
  expect(width).toBeGreaterThan(1500);
  expect(complaints).toEqual([]);
});
