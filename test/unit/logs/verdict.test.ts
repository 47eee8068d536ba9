/** The verdict on a log speaks in the log's own epochs or steps, and works with what there is. */
import { said } from '../said.ts';
import { expect, test } from 'vitest';
import { parseColumns } from '../../../core/logs/index.ts';
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

test.each([
  [
    'an accuracy of nobody',
    'epoch,train_loss,accuracy\n1,2,0.5\n',
    /of which samples accuracy is. Say/,
  ],
  ['an accuracy alone', 'Epoch:1   Accuracy:50.10\nEpoch:2   Accuracy:60.10\n', /Accuracy is. Say/],
  [
    'test data beside training',
    'epoch,train_acc,test_acc\n1,0.5,0.6\n',
    /\(test_acc: test data, never/,
  ],
  [
    'test data in text',
    'Epoch 1: train loss 2, test acc 0.5\nEpoch 2: train loss 1, test acc 0.6\n',
    /\(test acc: test data, never read\)/,
  ],
])('%s is told, with what to do', async (_name, text, message) => {
  const attempt = async () => verdictOfLog(await read(text), 0);
  await expect(attempt()).rejects.toThrow(message);
});

test('a named column is free of every other guess, and named once only', async () => {
  const text = 'epoch,train_loss,valid_loss,accuracy\n1,2,2,0.5\n2,1,1,0.6\n';
  const taken = await read(text, parseColumns(['trainAccuracy=accuracy']));
  expect(taken.columns).toMatchObject({ trainAccuracy: ['accuracy'], holdoutLoss: ['valid_loss'] });
  expect(taken.columns.holdoutAccuracy).toBeUndefined();
  const held = await read(text, parseColumns(['holdoutAccuracy=accuracy']));
  expect(held.columns.trainAccuracy).toBeUndefined();
  expect(() => parseColumns(['trainLoss=x,holdoutLoss=x'])).toThrow(/named for both trainLoss and/);
});

test('measures have a direction: an error is never maximized, a loss is never an accuracy', async () => {
  const text = 'epoch,val_error,val_mse,val_f1\n1,0.4,2,0.5\n2,0.3,1,0.7\n3,0.35,1.5,0.6\n';
  const guessed = await read(text);
  expect(guessed.rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual([0.6, 0.7, 0.65]);
  expect(said(guessed.notes).join()).toMatch(
    /val_f1 \(higher is better\).*val_mse \(lower is better\)/,
  );
  const asLoss = await read(text, parseColumns(['holdoutLoss=val_f1,holdoutAccuracy=']));
  expect(asLoss.rows.map(({ holdoutLoss }) => holdoutLoss!.toFixed(2))).toEqual([
    '0.50',
    '0.30',
    '0.40',
  ]);
  const wrong = read(text, parseColumns(['holdoutAccuracy=val_mse']));
  await expect(wrong).rejects.toThrow(/lower is better.*name it for holdoutLoss/);
});

test('of two trainings in one file the last is read', async () => {
  const row = (epoch: number, value: number) => `${epoch},${value}`;
  const first = rows.map((one) => row(one - 1, 0.3));
  const second = rows.slice(0, 12).map((one) => row(one - 1, accuracy(one)));
  const log = await read(['epoch,val_acc', ...first, ...second, ''].join('\n'));
  expect(log.names).toHaveLength(12);
  expect(said(log.notes).join()).toContain('The log holds 2 trainings');
});

test('so it is where settings stand above the first epoch', async () => {
  const lines = (values: readonly number[]) =>
    values.map((value, i) => `Epoch ${i + 1}/15\n65s - loss: 0.5 - val_acc: ${value}`);
  const settings = "('Drop Input: 0.1', 'Cell Count: 64')";
  const long = lines(rows.slice(0, 15).map(() => 0.3));
  const short = lines(rows.slice(0, 14).map((one) => accuracy(one)));
  const log = await read([settings, ...long, settings, ...short, ''].join('\n'));
  expect(log.names).toHaveLength(14);
  expect(said(log.notes).join()).toContain('The log holds 2 trainings');
});

test.each([
  [[], /CatBoost training \(JSON\)\) covers the training samples only/],
  [['test'], /\(test\/Logloss: test data, never read\)/],
])('CatBoost with sets %j', async (test_sets, message) => {
  const metric = [{ best_value: 'Min', name: 'Logloss' }];
  const meta = {
    test_sets,
    test_metrics: test_sets.length > 0 ? metric : [],
    learn_metrics: metric,
    learn_sets: ['learn'],
  };
  const iterations = [0.48, 0.34, 0.24].map((value, iteration) => ({
    learn: [value],
    iteration,
    ...(test_sets.length > 0 ? { test: [value + 0.1] } : {}),
  }));
  const log = await read(JSON.stringify({ meta, iterations }, null, 1), {}, 'catboost.json');
  expect(log.columns).toMatchObject({ step: ['iteration'], trainLoss: ['learn/Logloss'] });
  expect(() => verdictOfLog(log, 0)).toThrow(message);
});
