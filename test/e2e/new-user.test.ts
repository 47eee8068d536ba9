/**
 * A new user with data of their own, as people's libraries write them: open, train, and read the
 * verdict, with nothing chosen. `test/fixtures/new-user/make.py` made the files.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

const FIXTURES = resolve('test/fixtures/new-user');
const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-new-user-'));
let lab: OpenLab;
beforeAll(async () => {
  const files = unzipSync(readFileSync(join(FIXTURES, 'image-folder.zip')));
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, 'digits', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  // Decoded pictures are kept there.
  lab = await openLab({ XDG_CACHE_HOME: join(folder, 'cache') });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens by the window's own list of data sets, answering the dialog that would open. */
async function open(kind: 'file' | 'folder', path: string): Promise<void> {
  await lab.app.evaluate((_electron, answer) => {
    process.env['LAB_OPEN_PATH'] = answer;
  }, path);
  const { page } = lab;
  await page.getByText('Lab', { exact: true }).first().click();
  const newOne = page.getByRole('button', { name: 'New experiment', exact: true }).first();
  if (await newOne.isVisible()) await newOne.click();
  await page.getByLabel('Data set').selectOption(kind);
  const headline = new RegExp(`${basename(path)} samples, labelled as on disk`);
  await page.getByRole('heading', { name: headline }).waitFor();
}

const digits = { classes: 10, train: 400 };
it.each([
  ['torchvision ImageFolder', 'folder', join(folder, 'digits'), digits, 0.7],
  ['Keras .npz', 'file', join(FIXTURES, 'keras.npz'), digits, 0.7],
  ['KMNIST .npz', 'folder', join(FIXTURES, 'kmnist'), digits, 0.7],
  ['Hugging Face Parquet', 'folder', join(FIXTURES, 'hugging-face'), digits, 0.7],
  ['scikit-learn CSV', 'file', join(FIXTURES, 'scikit-learn.csv'), { classes: 3, train: 150 }, 0.7],
  [
    'pandas CSV with its index',
    'file',
    join(FIXTURES, 'pandas.csv'),
    { classes: 2, train: 300 },
    0.7,
  ],
] as const)(
  '%s',
  async (_name, kind, path, holds, least) => {
    await open(kind, path);
    const { page } = lab;
    const started = lab.nextEvent('run.started');
    const ended = lab.nextEvent('run.ended');
    await page.getByRole('button', { name: 'Train', exact: true }).first().click();
    const { view } = await started;
    expect(view.classes).toHaveLength(holds.classes);
    expect(view.trainCount + view.holdoutCount).toBeLessThanOrEqual(holds.train);
    expect(view.trainCount).toBeGreaterThan(holds.train * 0.6);
    expect(view.row.config!.noise.kind).toBe('none');
    expect(view.row.config!.data.labelsAreTrue).toBe(false);
    // An index that is no feature tells nothing; the labels of a test part are of the same classes.
    expect(view.columns.join(' ')).not.toMatch(/unnamed|index/i);
    const { row } = await ended;
    expect(row.status).toBe('finished');
    expect(row.testBest!).toBeGreaterThan(least);
    await page
      .getByRole('heading', { name: /^(Stop at|A better|No need|Keep training)/ })
      .waitFor();
  },
  120_000,
);
