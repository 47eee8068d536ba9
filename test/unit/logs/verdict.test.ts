/** The verdict on a log speaks in the log's own epochs or steps, and works with what there is. */
import { said } from '../said.ts';
import { expect, test } from 'vitest';
import { verdictOfLog } from '../../../core/logs/verdict.ts';
import { csv, scratch } from './tools.ts';

const { read } = scratch();

/** A hold-out that rises to its row 8 and falls. */
const accuracy = (row: number): number => 0.6 - 0.002 * Math.abs(row - 8) ** 1.5;
const rows = Array.from({ length: 30 }, (_, i) => i + 1);

const own = async (toKey: (row: number) => number, name = 'epoch') => {
  const log = await read(
    csv(
      [name, 'val_acc'],
      rows.map((row) => [toKey(row), accuracy(row)]),
    ),
  );
  return verdictOfLog(log, 2000)!;
};

test.each([
  ['epochs from 0 on', (row: number) => row - 1],
  ['half epochs', (row: number) => row / 2],
  ['thirds of epochs', (row: number) => Number((row / 3).toFixed(6))],
])('%s', async (_name, toKey) => {
  const plain = await own((row) => row);
  const verdict = await own(toKey);
  expect(verdict.epoch).toBe(toKey(plain.epoch));
  expect([verdict.low, verdict.high]).toEqual([toKey(plain.low), toKey(plain.high)]);
  expect(verdict.confidence).toBe(plain.confidence);
  verdict.candidates.forEach(({ epoch }, i) =>
    expect(epoch).toBe(toKey(plain.candidates[i]!.epoch)),
  );
  expect(said(verdict.why).join()).toContain(`epoch ${Number(toKey(plain.epoch).toFixed(3))}`);
});

test('steps are called steps', async () => {
  const plain = await own((row) => row);
  const verdict = await own((row) => 250 * row, 'global_step');
  expect(verdict.epoch).toBe(250 * plain.epoch);
  expect(said(verdict.why).join()).toContain(`step ${250 * plain.epoch}`);
  expect(said(verdict.why).join()).not.toMatch(/epoch \d/);
});

test('loss alone is enough, and is said to be less sure', async () => {
  const log = await read(
    csv(
      ['epoch', 'loss', 'val_loss'],
      rows.map((row) => [row, 2 / row, 2 - accuracy(row)]),
    ),
  );
  const verdict = verdictOfLog(log, 2000)!;
  expect(Math.abs(verdict.epoch - 8)).toBeLessThanOrEqual(3);
  expect(said(log.notes).join()).toMatch(/hold-out loss but no hold-out accuracy/);
});

test('too few epochs give nothing yet; training signals alone never will', async () => {
  expect(verdictOfLog(await read('epoch,val_acc\n1,0.5\n'), 0)).toBeNull();
  const alone = await read('epoch,train_loss\n1,2\n2,1\n3,0.5\n');
  expect(() => verdictOfLog(alone, 0)).toThrow(/training samples only/);
});
