/** Logs as they come: cut, ragged, repeated, shuffled, sparse. One clear sentence, or a right answer. */
import { said } from '../said.ts';
import { describe, expect, test } from 'vitest';
import { parseColumns, readLog } from '../../../core/logs/index.ts';
import { csv, scratch } from './tools.ts';

const { read, write } = scratch();

describe('refused with one sentence that says where', () => {
  test.each([
    ['an empty file', '', /log is empty/],
    ['nothing below the names', 'epoch,val_acc\n', /has no epochs/],
    [
      'no known column',
      'epoch,height\n1,2\n',
      /no column with a known name.*Its columns: epoch, height/,
    ],
    ['only test columns', 'epoch,test_acc\n1,0.5\n', /\(test_acc: test data, never read\)/],
    [
      'test data of two networks below one measure',
      'Epoch [1/2], Iter [50/390] Training Accuracy1: 50.0, Loss1: 0.5\nEpoch [1/2] Test Accuracy on the 10000 test images: Model1 45.6 % Model2 46.8 %\nEpoch [2/2] Test Accuracy on the 10000 test images: Model1 55.2 % Model2 54.7 %\n',
      /\(Test Accuracy on test Model1, Test Accuracy on test Model2: test data, never read\)/,
    ],
    [
      'folds for epochs',
      '[VAL] Fold 1/3 | mIoU: 0.51\n[VAL] Fold 2/3 | mIoU: 0.62\n[VAL] Fold 3/3 | mIoU: 0.58\n',
      /counts folds of a cross-validation \(Fold\) and no epochs/,
    ],
    [
      'a table of folds',
      'fold,val_acc\n1,0.5\n2,0.6\n',
      /counts folds of a cross-validation \(fold\) and no epochs/,
    ],
    [
      'text for a number',
      'epoch,val_acc\n1,high\n',
      /row 1: val_acc is "high"; it must be a number/,
    ],
    [
      'a ragged row',
      'epoch,val_acc\n1,0.5\n2,0.5,9\n3,0.6\n',
      /row 2 has 3 values where .* 2 columns/,
    ],
    ['a short row inside', 'epoch,val_acc\n1,0.5\n2\n3,0.6\n', /row 2 has 1 value where/],
    ['an open quote', 'epoch,val_acc\n1,0.5\n"2,0.5\n', /a quote is opened but not closed/],
    ['a negative epoch', 'epoch,val_acc\n-1,0.5\n', /row 1: epoch is -1/],
    [
      'no accuracy',
      'epoch,val_acc\n1,0.5\n2,512\n',
      /goes from 0\.5 to 512, which is not an accuracy/,
    ],
    ['a broken line', '{"epoch":0,"val_acc":0.1}\n{oops\n{"epoch":1}\n', /line 2 is not a JSON/],
    ['cut JSON', '{\n "log_history": [\n  {"epoch": 1, "eval_accuracy"', /not valid JSON/],
    ['other JSON', '{\n "name": "x",\n "epoch": 1\n}', /is JSON but holds no log: neither/],
    ['numbers without names', '1,0.5\n2,0.6\n', /first line holds numbers where names/],
    [
      'prose',
      'Dear all,\nthe training went well.\n',
      /no accuracy or loss by epoch was found. Looked/,
    ],
    ['bytes', '\u0000\u0001\u0002\u0003', /is not a log that can be read/],
    [
      'several runs',
      'Step,a - val_acc,b - val_acc\n1,0.5,0.6\n',
      /holds several runs \(a, b\); export one of them/,
    ],
  ])('%s', async (_name, text, message) => {
    const error: unknown = await read(text).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'InputError' });
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });

  test('a path that is not there', async () => {
    await expect(readLog('/nowhere/log.csv')).rejects.toThrow(/does not exist/);
  });

  test.each([
    ['accuracy=x', /give SIGNAL=COLUMN/],
    ['nonsense', /give SIGNAL=COLUMN/],
    ['holdoutAccuracy=nothing', /has no column nothing; it has epoch, val_acc/],
    ['holdoutAccuracy=test_acc', /never read/],
  ])('--columns %s', async (text, message) => {
    const attempt = async () => read('epoch,val_acc,test_acc\n1,0.5,0.6\n', parseColumns([text]));
    await expect(attempt()).rejects.toThrow(message);
  });
});

describe('put right, and said', () => {
  const epochs = async (text: string) => (await read(text)).rows.map(({ epoch }) => epoch);
  const accuracies = async (text: string) =>
    (await read(text)).rows.map(({ holdoutAccuracy }) => holdoutAccuracy);

  test('a last row that a kill cut short', async () => {
    const log = await read('epoch,val_acc,val_loss\n1,0.5,1\n2,0.6');
    expect(log.names).toEqual(['1']);
    expect(said(log.notes).join()).toMatch(/last row is cut short \(2 of 3 values\)/);
  });

  test('NaN, infinity, NA and nothing are missing values', async () => {
    const text =
      'epoch,acc,val_acc,loss\n1,nan,0.5,inf\n2,NA,,1\n3,,0.6,NaN\n4,0.5,null,-Infinity\n';
    const { rows } = await read(text);
    expect(rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual([0.5, 0.6]);
    expect(rows.map(({ trainLoss }) => trainLoss)).toEqual([null, 1]);
  });

  test("Python's bare NaN in JSON", async () => {
    const { rows } = await read('{"epoch": 1, "val_acc": 0.5, "val_loss": NaN}\n');
    expect(rows[0]).toMatchObject({ holdoutAccuracy: 0.5, holdoutLoss: null });
  });

  test('percent, told by the values or the sign', async () => {
    expect(await accuracies('epoch,val_acc\n1,1.2\n2,57.5\n')).toEqual([0.012, 0.575]);
    expect(await accuracies('epoch,val_acc\n1,50%\n2,57.5%\n')).toEqual([0.5, 0.575]);
    expect(await accuracies('epoch,val_acc\n1,0.5\n2,1\n')).toEqual([0.5, 1]);
  });

  test('a decimal comma between semicolons', async () => {
    expect(await accuracies('epoch;val_acc\n1;0,5\n2;0,75\n')).toEqual([0.5, 0.75]);
  });

  test('epochs that are missing keep their distance', async () => {
    expect(await epochs('epoch,val_acc\n1,0.5\n2,0.6\n5,0.7\n10,0.6\n')).toEqual([1, 2, 5, 10]);
  });

  test('epochs from 0 on are counted from 1, unless 0 is known to be before training', async () => {
    const log = await read('epoch,loss,val_accuracy\n0,2,0.5\n1,1,0.6\n');
    expect(log.rows.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(log.names).toEqual(['0', '1']);
    expect(await epochs('epoch,holdoutAccuracy\n0,0.5\n1,0.6\n')).toEqual([0, 1]);
  });

  test('epochs that are not whole keep their order', async () => {
    const log = await read('epoch,eval_accuracy\n0.5,0.5\n1.0,0.6\n1.5,0.7\n2.5,0.6\n2.6,0.5\n');
    expect(log.rows.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 5, 6]);
    expect(log.names).toEqual(['0.5', '1', '1.5', '2.5', '2.6']);
  });

  test('steps stand for epochs where there are none', async () => {
    const log = await read('global_step,val_acc\n500,0.5\n1000,0.6\n1500,0.7\n');
    expect(log.rows.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect([log.names, log.byStep]).toEqual([['500', '1000', '1500'], true]);
  });

  test('several measures of the hold-out within an epoch are told apart by step', async () => {
    const rows = [1, 2, 3, 4, 5, 6].map((i) => [Math.floor((i - 1) / 3), i * 50, 0.5 + i / 100]);
    const log = await read(csv(['epoch', 'step', 'val_acc'], rows));
    expect(log.names).toEqual(['50', '100', '150', '200', '250', '300']);
  });

  test('rows are counted where there is neither', async () => {
    const log = await read('train_acc,val_acc\n0.5,0.5\n0.6,0.6\n');
    expect(log.rows.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(said(log.notes).join()).toMatch(/rows were counted/);
  });

  test('a repeated epoch: the later row is used', async () => {
    const log = await read('epoch,val_acc\n1,0.5\n2,0.6\n3,0.1\n2,0.7\n3,0.8\n4,0.9\n');
    expect(log.rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual([0.5, 0.7, 0.8, 0.9]);
    expect(said(log.notes).join()).toMatch(
      /2 to 3 \(2 of them\) occur more than once.*later row is used/,
    );
  });

  test('a line of names that a resumed run wrote again', async () => {
    expect(await epochs('epoch,val_acc\n1,0.5\nepoch,val_acc\n2,0.6\n')).toEqual([1, 2]);
  });

  test('sparse rows of an epoch are joined, and steps averaged', async () => {
    const text =
      'epoch,step,train_loss,val_acc\n1,10,2,\n1,20,1,\n1,20,,0.5\n2,30,1,\n2,40,0.5,\n2,40,,0.6\n';
    const { rows } = await read(text);
    expect(rows.map(({ trainLoss }) => trainLoss)).toEqual([1.5, 0.75]);
    expect(rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual([0.5, 0.6]);
  });

  test('training logged between two measures of the hold-out belongs to the later one', async () => {
    const lines = [
      { epoch: 0.3, loss: 3 },
      { epoch: 0.6, loss: 2 },
      { epoch: 1, eval_accuracy: 0.5 },
      { epoch: 1.3, loss: 1 },
      { epoch: 2, eval_accuracy: 0.6 },
      { epoch: 2, train_runtime: 9, train_loss: 2 },
    ];
    const document = JSON.stringify({ log_history: lines }, null, 2);
    const { rows } = await read(document);
    expect(rows.map(({ trainLoss }) => trainLoss)).toEqual([2.5, 1]);
  });

  test('several hold-outs: their average', async () => {
    const names = ['epoch', 'val_acc/dataloader_idx_0', 'val_acc/dataloader_idx_1'];
    const log = await read(
      csv(names, [
        [1, 0.4, 0.6],
        [2, 0.5, 0.9],
      ]),
    );
    expect(log.rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual([0.5, 0.7]);
    expect(said(log.notes).join()).toMatch(/holdoutAccuracy is the average of .*idx_0 and .*idx_1/);
  });

  test('running bests, test columns, true labels and other measures are not taken', async () => {
    const names = 'epoch,best_val_acc,val_acc_top5,test_acc,val_acc_true,val_f1,val_acc'.split(',');
    const log = await read(csv(names, [[1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.5]]));
    expect(log.columns.holdoutAccuracy).toEqual(['val_acc']);
    expect(log.available).not.toContain('test_acc');
    expect(log.available).not.toContain('val_acc_true');
  });

  test('a plain distance is left out, for it needs the norm of the start', async () => {
    const log = await read('epoch,val_acc,distance\n1,0.5,3\n');
    expect(log.columns.relativeDistance).toBeUndefined();
    expect(said(log.notes).join()).toMatch(/distance was not taken/);
  });

  test('named columns are taken, two for one signal averaged, and none where none is named', async () => {
    const text = 'when,a,b,val_acc,loss\n1,0.2,0.4,0.9,3\n2,0.4,0.6,0.9,2\n';
    const chosen = parseColumns([
      'epoch=when,holdoutAccuracy=a',
      'holdoutAccuracy=b',
      'trainLoss=',
    ]);
    const log = await read(text, chosen);
    expect(log.columns).toEqual({ epoch: ['when'], holdoutAccuracy: ['a', 'b'] });
    log.rows.forEach((row, i) => expect(row.holdoutAccuracy).toBeCloseTo([0.3, 0.5][i]!, 12));
    expect(parseColumns(['holdoutAccuracy=a,b (x),epoch=t'])).toEqual({
      holdoutAccuracy: ['a,b (x)'],
      epoch: ['t'],
    });
  });

  test('a list a column in JSON, and an object a column as pandas writes it', async () => {
    const lists = '{"epoch": [1, 2], "val_acc": [0.5, 0.6]}';
    const objects = '{"epoch":{"0":1,"1":2},"val_acc":{"0":0.5,"1":0.6}}';
    expect((await read(lists)).rows).toEqual((await read(objects)).rows);
    expect(await accuracies(lists)).toEqual([0.5, 0.6]);
  });

  test('a row of a resumed run that has all is no step to average over', async () => {
    const rows = [
      [1, 10, 0.5, 0.5],
      [2, 20, 0.9, 0.6],
      [2, 30, 0.7, 0.65],
      [3, 40, 0.8, 0.7],
    ];
    const log = await read(csv(['epoch', '_step', 'train_acc', 'val_acc'], rows));
    expect(log.rows.map(({ trainAccuracy }) => trainAccuracy)).toEqual([0.5, 0.7, 0.8]);
  });

  test('UTF-16, as spreadsheets write it', async () => {
    const text = Buffer.from('\ufeffepoch\tval_acc\n1\t0.5\n2\t0.6\n', 'utf16le');
    const log = await readLog(write('utf16.txt', text));
    expect(log.rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual([0.5, 0.6]);
  });

  test('a file that grows: a last line without its end is left for later', async () => {
    const path = write('grows.csv', 'epoch,val_acc\n1,0.5\n2,0.6');
    const { names } = await readLog(path, { growing: true });
    expect(names).toEqual(['1']);
  });

  test('more rows than any training has epochs are averaged', async () => {
    const rows = Array.from({ length: 25_000 }, (_, i) => [i + 1, 0.5 + (i % 3) / 10]);
    const log = await read(csv(['step', 'val_acc'], rows));
    expect(log.rows.length).toBe(8334);
    expect(log.rows[0]!.holdoutAccuracy).toBeCloseTo(0.6, 12);
    expect(said(log.notes).join()).toMatch(/25,000 rows, so 3 at a time were averaged/);
  });
});
