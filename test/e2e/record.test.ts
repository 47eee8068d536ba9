/** A record folder that grows, opened in the real window: it is followed as a run, and its labels are judged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomOf } from '../../core/random.ts';
import { writeArrays, writeHead, writeRows } from '../unit/recorded/made.ts';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];
const CLASSES = ['ant', 'bee', 'cat', 'dog'];
const SAMPLES = 2000;
const HELD = 500;
const EPOCHS = 24;

const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-record-'));
const record = join(folder, 'record');
const truth = Uint8Array.from({ length: SAMPLES + HELD }, (_, i) => i % CLASSES.length);
const random = randomOf(1, 'e2e record');
const given = truth.map((label) =>
  random.below(10) < 3 ? (label + 1 + random.below(CLASSES.length - 1)) % CLASSES.length : label,
);
/** How hard each sample is, and what it is mistaken for. */
const hard = Float32Array.from(truth, () => random.below(1000) / 1000);
const mistaken = truth.map(() => random.below(CLASSES.length));
let lab: OpenLab;

beforeAll(async () => {
  writeHead(record, {
    name: 'A training elsewhere',
    framework: 'PyTorch',
    classes: CLASSES,
    epochs: EPOCHS,
  });
  const ids = Uint32Array.from(truth.keys());
  writeArrays(record, 'samples', {
    ...{ train_id: ids.slice(0, SAMPLES), train_given: given.slice(0, SAMPLES) },
    ...{ holdout_id: ids.slice(SAMPLES), holdout_given: given.slice(SAMPLES) },
  });
  for (let epoch = 1; epoch <= EPOCHS / 2; epoch++) writeEpoch(epoch);
  lab = await openLab({ LAB_OPEN_PATH: record });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A network that learns right labels first, then the wrong ones by heart. */
function writeEpoch(epoch: number): void {
  const learned = Math.min(0.98, 0.7 + 0.06 * epoch);
  const byHeart = Math.max(0, (epoch - 8) / EPOCHS);
  const predicted = truth.map((label, i) => {
    if (i < SAMPLES && 1 - hard[i]! < byHeart) return given[i]!;
    return hard[i]! < learned - byHeart / 2 ? label : mistaken[i]!;
  });
  const loss = Float32Array.from(predicted, (label, i) => (label === given[i] ? 0.2 : 2));
  const told = (prefix: string, from: number, to: number) => ({
    [`${prefix}predicted`]: predicted.slice(from, to),
    [`${prefix}loss`]: loss.slice(from, to),
    [`${prefix}top_class`]: {
      values: Uint16Array.from(predicted.slice(from, to)),
      shape: [to - from, 1],
    },
    [`${prefix}top_probability`]: {
      values: new Uint16Array(to - from).fill(55_000),
      shape: [to - from, 1],
    },
  });
  writeArrays(record, `dynamics/epoch-${String(epoch).padStart(4, '0')}`, {
    ...told('', 0, SAMPLES),
    ...told('holdout_', SAMPLES, SAMPLES + HELD),
  });
  writeRows(
    record,
    Array.from({ length: epoch }, (_, i) => i + 1),
  );
}

it('opens as a run and is followed to its end', async () => {
  const { page } = lab;
  await page.getByRole('navigation').getByRole('button', { name: 'Log' }).click();
  await page.getByRole('button', { name: 'Open folder…' }).first().click();
  await page.getByRole('heading', { name: 'A training elsewhere' }).waitFor();
  await page.getByText(/Epoch 12 of 24 is the newest/).waitFor();
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/record-live.png` });
  const ended = lab.nextEvent('run.ended');
  for (let epoch = EPOCHS / 2 + 1; epoch <= EPOCHS; epoch++) writeEpoch(epoch);
  writeHead(record, {
    ...{ name: 'A training elsewhere', framework: 'PyTorch', classes: CLASSES, epochs: EPOCHS },
    ended: '2026-11-29T13:00:00.000Z',
  });
  const { row } = await ended;
  expect(row).toMatchObject({ status: 'finished', lastEpoch: EPOCHS, config: null });
  expect(row.recommended).toBeGreaterThan(3);
  expect(row.recommended).toBeLessThan(16);
  await page.getByRole('heading', { name: `Stop at epoch ${row.recommended}` }).waitFor();
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/record-ended.png` });
});

it('tells which of its labels are likely wrong', async () => {
  const { page } = lab;
  await page.getByRole('button', { name: 'Find wrong labels' }).first().click();
  const told = page.getByText(/^About \d+%/).first();
  await told.waitFor();
  const share = Number(/\d+/.exec(await told.innerText())![0]);
  expect(Math.abs(share - 30)).toBeLessThan(10);
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/record-labels.png` });
});
