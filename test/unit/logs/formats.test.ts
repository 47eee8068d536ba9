/** Logs that the real programs wrote (see test/fixtures/logs/README.md) are read as what they are. */
import { said } from '../said.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { maskedCrc } from '../../../core/logs/formats/tfrecord.ts';
import { isLog, readLog } from '../../../core/logs/index.ts';
import { verdictOfLog } from '../../../core/logs/verdict.ts';
import { FIXTURES, record, scalarEvent, scratch } from './tools.ts';

const { write } = scratch();
const truth = JSON.parse(readFileSync(join(FIXTURES, 'truth.json'), 'utf8')) as Record<
  string,
  number[]
>;
const HOLDOUT = 400;

test.each([
  ['keras.csv', /Keras CSVLogger/, 'val_accuracy', '0', '59'],
  ['keras-loss.csv', /Keras CSVLogger/, undefined, '0', '39'],
  ['keras-history.json', /Keras history/, 'val_accuracy', '1', '60'],
  ['keras-recipe.csv', /Keras CSVLogger/, 'val_accuracy', '0', '39'],
  ['keras-tensorboard', /TensorBoard/, 'validation/epoch_accuracy', '0', '59'],
  ['torch-recipe.csv', /Label Noise Lab/, 'holdoutAccuracy', '1', '50'],
  ['torch-tensorboard', /TensorBoard/, 'Accuracy/valid', '1', '50'],
  ['wandb.csv', /Weights & Biases/, 'valid/acc', '1', '50'],
  ['wandb.jsonl', /Weights & Biases/, 'valid/acc', '1', '50'],
  ['lightning.csv', /Lightning CSVLogger/, 'val_acc', '0', '49'],
  ['trainer_state.json', /Hugging Face/, 'eval_accuracy', '0.6896551724137931', '30'],
])('%s', async (name, format, holdoutAccuracy, first, last) => {
  const log = await readLog(join(FIXTURES, name));
  expect(log.format).toMatch(format);
  expect(log.columns.holdoutAccuracy).toEqual(holdoutAccuracy && [holdoutAccuracy]);
  expect([log.names[0], log.names.at(-1)]).toEqual([first, last]);
  expect(log.rows).toHaveLength(truth[name]!.length);
  expect(log.rows[0]!.epoch).toBe(1);
  expect(log.available.some((column) => column.includes('test'))).toBe(false);
  // Stopping there is better than not stopping, by the test accuracy that the log leaves out.
  const verdict = verdictOfLog(log, HOLDOUT)!;
  const at = log.names.indexOf(String(verdict.epoch));
  expect(truth[name]![at]).toBeGreaterThan(truth[name]!.at(-1)! - 0.005);
});

test('a log of ours is read with epoch 0 as before training, from its run folder too', async () => {
  const rows = [0, 1, 2].map((epoch) => ({
    epoch,
    trainLoss: 2 - epoch / 10,
    trainAccuracy: epoch / 10,
    holdoutAccuracy: epoch / 20,
    testAccuracy: 0.9,
    distanceByLayer: { a: 1 },
  }));
  write('run/metrics.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const path = write(
    'run/config.json',
    '{"config":{"training":{"epochs":2},"trainLoss":1}}',
  ).replace(/.config\.json$/, '');
  const log = await readLog(path);
  expect(log.rows.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
  expect(log.rows[2]!.holdoutAccuracy).toBe(0.1);
});

test("of a trainer's folder the longest state is read, whatever else is in it", async () => {
  const state = (evaluations: number) => {
    const row = (i: number) => ({ epoch: i, step: 10 * i, eval_accuracy: i / 10 });
    const log_history = Array.from({ length: evaluations }, (_, i) => row(i + 1));
    return JSON.stringify({ global_step: 10 * evaluations, log_history }, null, 2);
  };
  write('out/checkpoint-20/trainer_state.json', state(2));
  write('out/checkpoint-30/trainer_state.json', state(3));
  write('out/all_results.json', '{\n "epoch": 3.0,\n "eval_accuracy": 0.3\n}');
  const path = write('out/config.json', '{\n "architectures": ["Net"],\n "dropout": 0.1\n}');
  const log = await readLog(path.replace(/.config\.json$/, ''));
  expect(log.names).toEqual(['1', '2', '3']);
});

test('CSV and JSON Lines of one log give the same signals', async () => {
  const rows = [
    { epoch: 0, trainAccuracy: 0.1, holdoutAccuracy: 0.1, testAccuracy: 0.1 },
    { epoch: 1, trainAccuracy: 0.5, holdoutAccuracy: 0.4, testAccuracy: 0.9 },
  ];
  const names = Object.keys(rows[0]!);
  const text = [names, ...rows.map((row) => Object.values(row))].map((cells) => cells.join('\t'));
  const lines = rows.map((row) => JSON.stringify(row)).join('\n');
  const [a, b] = [
    await readLog(write('a.txt', text.join('\n'))),
    await readLog(write('b.txt', `${lines}\n{"epo`)),
  ];
  expect(a.rows).toEqual(b.rows);
  expect(said(b.notes).join()).toMatch(/last line is cut short/);
});

test('our own loss is the training loss of Keras, to the digits of its float', async () => {
  const [csv, board] = [
    await readLog(join(FIXTURES, 'keras.csv')),
    await readLog(join(FIXTURES, 'keras-tensorboard')),
  ];
  csv.rows.forEach((row, i) => {
    expect(board.rows[i]!.trainLoss).toBeCloseTo(row.trainLoss!, 6);
    expect(board.rows[i]!.holdoutAccuracy).toBeCloseTo(row.holdoutAccuracy!, 6);
  });
});

describe('event files', () => {
  test('have the checksum of the definition', () => {
    // CRC-32C of "123456789" is e3069283 (RFC 3720); turned right by 15 bits that is 2507c60d, and
    // with a282ead8 (TensorFlow's crc32c.h) added c78ab0e5.
    expect(maskedCrc(Buffer.from('123456789')).toString(16)).toBe('c78ab0e5');
  });

  const events = (from: number, to: number): Buffer =>
    Buffer.concat(
      Array.from({ length: to - from }, (_, i) => from + i).flatMap((step) => [
        scalarEvent(step, 'val/acc', step / 100),
        scalarEvent(step, 'train/acc', step / 50),
      ]),
    );

  test('cut short at any byte give what is whole, and say so', async () => {
    const whole = events(1, 6);
    const one = scalarEvent(1, 'val/acc', 0).length + scalarEvent(1, 'train/acc', 0).length;
    for (const cut of [1, 7, 13, one - 1]) {
      const log = await readLog(write('cut', whole.subarray(0, whole.length - cut)));
      expect(said(log.notes).join()).toMatch(/last record .* is cut short/);
      expect(log.rows.length).toBeGreaterThanOrEqual(4);
    }
  });

  test('with a changed byte are refused, with the place', async () => {
    const bytes = events(1, 6);
    const inside = bytes.length - 20;
    bytes[inside] = bytes[inside]! ^ 1;
    await expect(readLog(write('damaged', bytes))).rejects.toThrow(/byte \d+: .*checksum is wrong/);
  });

  test('with records of something else are refused', async () => {
    const bytes = Buffer.concat([record(Buffer.from([0xff, 0xff])), record(Buffer.from([0x07]))]);
    await expect(readLog(write('other', bytes))).rejects.toThrow(/not TensorBoard events/);
  });

  test('of a resumed run in one folder follow each other', async () => {
    write('resumed/events.out.tfevents.1', events(1, 6));
    const path = write('resumed/events.out.tfevents.2', events(4, 9));
    const log = await readLog(path.replace(/.events[^/\\]*$/, ''));
    expect(log.names).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    expect(said(log.notes).join()).toMatch(/4 to 5 \(2 of them\) occur more than once/);
  });

  test('of several runs are not mixed', async () => {
    write('runs/a/events.out.tfevents.1', events(1, 6));
    const path = write('runs/b/events.out.tfevents.1', events(1, 6));
    await expect(readLog(path.replace(/.b.events[^/\\]*$/, ''))).rejects.toThrow(
      /holds 2 runs \(a, b\)/,
    );
  });
});

test('a log is told from a data set', async () => {
  for (const name of ['keras.csv', 'lightning.csv', 'trainer_state.json', 'keras-tensorboard']) {
    expect(await isLog(join(FIXTURES, name))).toBe(true);
  }
  expect(await isLog(write('data.csv', 'x,y,label\n1,2,a\n'))).toBe(false);
  expect(await isLog(write('data.jsonl', '{"x":1,"label":"a"}\n{"x":2,"label":"b"}\n'))).toBe(
    false,
  );
  expect(await isLog(write('steps.csv', 'step,height,label\n1,2,a\n'))).toBe(false);
  expect(await isLog(write('x.npy', Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0])))).toBe(false);
  expect(await isLog(FIXTURES)).toBe(true);
  await expect(readLog(FIXTURES)).rejects.toThrow(/runs|logs/);
});
