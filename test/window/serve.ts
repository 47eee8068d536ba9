/** Builds the window on its fake core, serves it under the real policy, and opens it in Chromium. */
import { rm } from 'node:fs/promises';
import { chromium } from 'playwright';
import type { Browser, Page } from 'playwright';
import type { PluginOption } from 'vite';
import { preview } from 'vite';
import { inject } from 'vitest';
import { buildWindow, CONFIG } from './build.ts';
import type { LanguageChoice } from '../../core/contract/words/texts.ts';

/** How to open a page. */
export interface Opening {
  scenario?: string;
  /** Milliseconds an epoch. */
  speed?: number;
  theme?: 'light' | 'dark';
  language?: LanguageChoice;
  /** The system's language. */
  locale?: string;
  size?: [number, number];
  /** The file that is chosen where a transition matrix is asked for. */
  matrix?: string;
}

/** A served window. */
export interface Served {
  open(opening?: Opening): Promise<Page>;
  /** What pages complained about on their console, broken policies included. */
  complaints: string[];
  close(): Promise<void>;
}

const ARGUMENTS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
];

/**
 * Starts a server and a browser of a test file's own.
 * @param plugins that change what is built: then it is built anew
 */
export async function serve(plugins: PluginOption[] = []): Promise<Served> {
  const isChanged = plugins.length > 0;
  const outDir = isChanged ? await buildWindow(plugins) : inject('windowBuild');
  const server = await preview({
    configFile: CONFIG,
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  const base = server.resolvedUrls?.local[0] ?? '';
  const browser: Browser = await chromium.launch({
    executablePath: process.env['LAB_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ARGUMENTS,
  });
  const complaints: string[] = [];

  async function open(opening: Opening = {}): Promise<Page> {
    const { scenario = '', speed = 5, theme = 'light', size = [1280, 800], matrix = '' } = opening;
    const { language = 'en', locale = 'en-US' } = opening;
    const context = await browser.newContext({
      viewport: { width: size[0], height: size[1] },
      colorScheme: theme,
      reducedMotion: 'reduce',
      locale,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    const query = new URLSearchParams({ scenario, speed: String(speed), matrix, language, locale });
    await page.goto(`${base}?${query}`);
    await page.getByRole('navigation').waitFor();
    return page;
  }

  async function close(): Promise<void> {
    await browser.close();
    await server.close();
    if (isChanged) await rm(outDir, { recursive: true, force: true });
  }

  return { open, complaints, close };
}

/** Presses Train and waits for the end. */
export async function trainToTheEnd(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: 'Train again' }).waitFor();
  await page.getByRole('heading', { name: /^Mislabelled samples|^Samples/ }).waitFor();
  // The charts draw at most ten times a second.
  await page.waitForTimeout(250);
}

/** Goes to Runs and waits for the table. */
export async function goToRuns(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click();
  await page.getByRole('main', { name: 'Runs' }).waitFor();
}

/** What the window asked the fake core for. */
export function asked(page: Page): Promise<{ method: string; params: unknown }[]> {
  return page.evaluate(
    () =>
      (window as unknown as { fake: { asked: { method: string; params: unknown }[] } }).fake.asked,
  );
}

/** Makes the fake core say something. */
export function emit(page: Page, event: unknown): Promise<void> {
  return page.evaluate(
    (one) => (window as unknown as { fake: { emit(event: unknown): void } }).fake.emit(one),
    event,
  );
}

/** Goes to Data and waits for it. */
export async function goToData(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Data' }).click();
  await page.getByRole('main', { name: 'Data' }).waitFor();
}

/** Drops a file on the window, which the fake lab finds in Ada's home. */
export function dropFile(page: Page, name: string): Promise<void> {
  return page.evaluate((file) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([], file));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
  }, name);
}

/** Opens Paper at a figure. */
export async function openFigure(served: Served, id: string, opening: Opening = {}): Promise<Page> {
  const page = await served.open(opening);
  await page.evaluate(
    (figure) => localStorage.setItem('label-noise-lab.paper.figure', JSON.stringify(figure)),
    id,
  );
  await page.reload();
  await emit(page, { event: 'host.command', command: 'place.paper' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** What was asked by one method. */
export const askedFor = async (page: Page, method: string) =>
  (await asked(page)).filter((one) => one.method === method);
