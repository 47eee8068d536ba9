/** What is said of the end of a hold-out's curve, beside the recommended epoch. */
import { expect, test } from 'vitest';
import { sureWords } from '../../../core/cli/epoch-lines.ts';
import { verdictWords } from '../../../core/contract/messages/verdict.ts';
import { inEnglish } from '../../../core/contract/words/texts.ts';
import { verdictOfLog } from '../../../core/logs/verdict.ts';
import { four } from './random-logs.ts';
import { csv, scratch } from './tools.ts';

const { read } = scratch();

/** Hold-out accuracy and loss by epoch, as a log. */
const heldOut = (points: readonly (readonly [number, number])[]) =>
  csv(
    ['epoch', 'val_acc', 'val_loss'],
    points.map(([accuracy, loss], i) => [i + 1, four(accuracy), four(loss)]),
  );

async function headlineOf(points: readonly (readonly [number, number])[]): Promise<string> {
  const verdict = verdictOfLog(await read(heldOut(points)), 0)!;
  return verdictWords(verdict, points.length, inEnglish);
}

test('nothing is still ahead of a hold-out that declines after a step of the learning rate', async () => {
  const zigzag = (i: number, size: number) => size * Math.sin(7 * i * i);
  const points = Array.from({ length: 165 }, (_, i): [number, number] => {
    const slow = 0.42 - 0.35 * Math.exp(-i / 9);
    if (i < 128) return [slow + zigzag(i, 0.02), 2.9 + zigzag(i, 0.2)];
    return [0.59 - 0.0008 * (i - 128) + zigzag(i, 0.005), 2.2 + 0.025 * (i - 128)];
  });
  const words = await headlineOf(points);
  expect(words).toMatch(/^A better epoch ahead is less likely than not: keep epoch 1[23]\d/);
});

test('a last epoch that is far below the best is not called as good as any', async () => {
  const points = Array.from({ length: 60 }, (_, i): [number, number] => [
    0.42 - 0.4 * Math.exp(-i / 10) + 0.01 * Math.sin(5 * i * i) - (i === 59 ? 0.06 : 0),
    1,
  ]);
  expect(await headlineOf(points)).not.toMatch(/may be as good as any/);
});

test('so is none that is below with a loss that rose', async () => {
  const points = Array.from({ length: 18 }, (_, i): [number, number] => [
    0.92 - 0.02 * Math.exp(-i) - 0.0006 * i + 0.004 * Math.sin(5 * i * i),
    0.3 + 0.02 * i,
  ]);
  expect(await headlineOf(points)).not.toMatch(/may be as good as any|still ahead/);
});

test('two epochs of which either may be the best are not told with 99%', async () => {
  const verdict = verdictOfLog(await read('epoch,val_loss\n1,0.51\n2,0.5\n'), 0)!;
  expect(verdict.allAlike).toBe(true);
  expect(sureWords(verdict, 'epoch')).toBe(
    'Nothing tells them apart: any epoch from 1 to 2 may be the best so far.',
  );
});

test.each([
  ['thousands', 1000],
  ['thousandths', 0.001],
])('a loss in %s is judged by what it is measured in', async (_, unit) => {
  const losses = Array.from({ length: 30 }, (_row, i) => 0.6 + Math.abs(i - 12) / 20);
  const text = csv(
    ['epoch', 'val_rmse'],
    losses.map((loss, i) => [i + 1, unit * loss]),
  );
  const verdict = verdictOfLog(await read(text), 0)!;
  expect(Math.abs(verdict.epoch - 13)).toBeLessThanOrEqual(2);
  expect(verdict.high - verdict.low).toBeLessThan(12);
  expect(verdict.phase).toBe('past');
});
