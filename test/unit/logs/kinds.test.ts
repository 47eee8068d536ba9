/** Kinds of logs of which something is refused, left out or said. */
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { readLog } from '../../../core/logs/index.ts';
import { verdictOfLog } from '../../../core/logs/verdict.ts';
import { said } from '../said.ts';
import { CURVE, eachEpoch, table } from './curve.ts';
import { scratch } from './tools.ts';

const { read, write } = scratch();

test('what stands below a heading of the test is never read, whatever it calls itself', async () => {
  const detector = eachEpoch(
    (one) =>
      `Epoch ${one.epoch}[16/5011]: loss:${one.trainLoss}, lr:0.1\nEpoch ${one.epoch} training ends, total 98.49s\nTest on Epoch ${one.epoch}\nEvaluation\nmAP: ${one.holdoutAccuracy}`,
  );
  const log = await read(detector);
  expect(log.columns).toEqual({ epoch: ['epoch'], trainLoss: ['loss'] });
  expect(() => verdictOfLog(log, 0)).toThrow(/test mAP: test data, never read/);
  const paddle = eachEpoch(
    (one) =>
      `epoch: ${one.epoch},  loss is: ${one.trainLoss}, acc is: ${one.trainAccuracy}\ntesting in eval mode……\nepoch: ${one.epoch},  loss is: ${one.holdoutLoss}, acc is: ${one.holdoutAccuracy}\nNow continue training……`,
  );
  const other = await read(paddle);
  expect(other.rows.map(({ trainLoss }) => trainLoss)).toEqual(
    CURVE.map(({ trainLoss }) => trainLoss),
  );
  expect(() => verdictOfLog(other, 0)).toThrow(/test acc: test data, never read/);
});

test('what follows on an evaluation that turns out to be of the test is of the test', async () => {
  const text = eachEpoch(
    (one) =>
      `Epoch [${one.epoch}/30], Iter [390/390] Training Accuracy: ${one.trainAccuracy}, Loss: ${one.trainLoss}\nEvaluating ...\nEpoch [${one.epoch}/30] Test Accuracy on the 10000 test images: Model1 ${100 * one.holdoutAccuracy} %`,
  );
  const log = await read(`${text}the average acc in last 10 epochs: 80.1\n`);
  expect(log.columns).not.toHaveProperty('holdoutAccuracy');
});

test.each([
  ["[%s]\tvalid_0's multi_logloss: ", /^LightGBM/],
  ['[%s]\teval-mlogloss:', /^XGBoost/],
])('the best round told again after %s is no resumed run', async (line, format) => {
  const told = (one: (typeof CURVE)[number]) =>
    `${line.replace('%s', String(one.epoch))}${one.holdoutLoss}`;
  const text = `${eachEpoch(told)}Early stopping, best iteration is:\n${told(CURVE[7]!)}\n`;
  const log = await read(text);
  expect(log.format).toMatch(format);
  expect(log.rows).toHaveLength(CURVE.length);
  expect(said(log.notes).join()).not.toMatch(/resumed/);
});

test('a best round that was not printed before counts', async () => {
  const every = CURVE.filter(({ epoch }) => epoch % 5 === 0);
  const line = (at: number, loss: number) => `[${at}]\tvalid_0's binary_logloss: ${loss}\n`;
  const text = every.map(({ epoch, holdoutLoss }) => line(epoch, holdoutLoss)).join('');
  const log = await read(
    `${text}Early stopping, best iteration is:\n${line(8, CURVE[7]!.holdoutLoss)}`,
  );
  expect(log.names).toEqual(['5', '8', '10', '15', '20', '25', '30']);
});

test('a flat accuracy gives way to a loss that moves, and that is said', async () => {
  const flat = (accuracy: (row: number) => number) =>
    table(['epoch', 'val_accuracy', 'val_loss'], (one) => [
      one.epoch,
      accuracy(one.epoch),
      one.holdoutLoss,
    ]);
  for (const text of [flat(() => 0.0135), flat((epoch) => (epoch % 2 === 0 ? 0.5 : 0.75))]) {
    const log = await read(text);
    expect(log.columns).toEqual({ epoch: ['epoch'], holdoutLoss: ['val_loss'] });
    const notes = said(log.notes).join(' ');
    expect(notes).toContain('val_accuracy hardly changes, so val_loss is judged by instead');
    expect(notes).not.toMatch(/no hold-out accuracy/);
    expect(said(verdictOfLog(log, 0)!.why)[0]).toMatch(/^This rests on hold-out loss alone/);
    const named = await read(text, { holdoutAccuracy: ['val_accuracy'] });
    expect(named.columns.holdoutAccuracy).toEqual(['val_accuracy']);
  }
  const moving = await read(flat((epoch) => CURVE[epoch - 1]!.holdoutAccuracy));
  expect(moving.columns.holdoutAccuracy).toEqual(['val_accuracy']);
});

test("CatBoost's tables say their part by their names, and test is never read", async () => {
  const errors = table(['iter', 'RMSE'], (one) => [one.epoch - 1, one.holdoutLoss], '\t');
  const path = write('catboost_info/test_error.tsv', errors);
  await expect(readLog(path)).rejects.toThrow(/test\/RMSE: test data, never read/);
  const learned = table(['iter', 'RMSE'], (one) => [one.epoch - 1, one.trainLoss], '\t');
  const learn = await readLog(write('catboost_info/learn_error.tsv', learned));
  expect(learn.columns).toEqual({ step: ['iter'], trainLoss: ['learn/RMSE'] });
  expect(() => verdictOfLog(learn, 0)).toThrow(/CatBoost\) covers the training samples only/);
  const both = await readLog(dirname(path));
  expect(both.rows.map(({ trainLoss }) => trainLoss)).toEqual(
    CURVE.map(({ trainLoss }) => trainLoss),
  );
  expect(() => verdictOfLog(both, 0)).toThrow(/test\/RMSE: test data, never read/);
  write('catboost_info/fold_0_learn_error.tsv', learned);
  await expect(readLog(dirname(path))).rejects.toThrow(/holds 2 runs/);
});

test('a coefficient of a loss is no loss', async () => {
  const log = await read('epoch,kl_loss_coef,val_acc\n1,0.001,0.5\n2,0.001,0.6\n3,0.001,0.7\n');
  expect(log.columns).toEqual({ epoch: ['epoch'], holdoutAccuracy: ['val_acc'] });
});

test('a line that begins with its step is of the step, though it tells an epoch in passing', async () => {
  const text = eachEpoch(
    (one) =>
      `(TaskRunner pid=138690) step:${10 * one.epoch} - actor/pg_loss:${one.trainLoss} - val-core/qa/acc/mean@1:${one.holdoutAccuracy} - training/global_step:${10 * one.epoch} - training/epoch:${Math.floor(one.epoch / 8)}`,
  );
  const log = await read(text);
  expect(log.columns).toEqual({
    step: ['step'],
    trainLoss: ['actor/pg_loss'],
    holdoutAccuracy: ['val-core/qa/acc/mean@1'],
  });
  expect(log.names.slice(0, 2)).toEqual(['10', '20']);
  expect(Math.abs(verdictOfLog(log, 0)!.epoch - 90)).toBeLessThanOrEqual(30);
});
