/** What never changes the recommended epoch: names, percent, test columns, the order of rows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseColumns, readLog } from '../../../core/logs/index.ts';
import type { Columns } from '../../../core/logs/index.ts';
import { verdictOfLog } from '../../../core/logs/verdict.ts';
import { csv, scratch } from './tools.ts';

const { write } = scratch();
const RUNS = { numRuns: 25 };

const share = fc.double({ min: 0.02, max: 1, noNaN: true }).map((x) => Number(x.toFixed(4)));
const history = fc.array(fc.record({ train: share, held: share, test: share }), {
  minLength: 3,
  maxLength: 40,
});
type History = { train: number; held: number; test: number }[];

const NAMES = ['epoch', 'train_acc', 'val_acc', 'test_acc'];
const cellsOf = (rows: History) =>
  rows.map(({ train, held, test }, i) => [i + 1, train, held, test]);

async function epochOf(
  names: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  columns: Columns = {},
) {
  const log = await readLog(write('log.csv', csv(names, rows)), { columns });
  const { epoch, low, high, confidence } = verdictOfLog(log, 500)!;
  return { epoch, low, high, confidence };
}

describe('the recommended epoch stays the same', () => {
  test('under other names of columns', async () => {
    const names = fc.constantFrom(
      ['Epoch', 'accuracy', 'val_accuracy', 'x'],
      ['epoch', 'train/acc', 'valid/acc', 'x'],
      ['epoch', 'trainAcc', 'valAcc', 'x'],
      ['train/epoch', 'Train Accuracy', 'Hold-out accuracy', 'x'],
      ['epochs', 'training.accuracy', 'validation.accuracy', 'x'],
      ['epoch', 'acc1', 'eval_acc1', 'x'],
      ['ep', 'train_categorical_accuracy', 'dev_categorical_accuracy', 'x'],
      ['epoch', 'trainAccuracy', 'holdoutAccuracy', 'x'],
    );
    await fc.assert(
      fc.asyncProperty(history, names, async (rows, other) => {
        expect(await epochOf(other, cellsOf(rows))).toEqual(await epochOf(NAMES, cellsOf(rows)));
      }),
      RUNS,
    );
  });

  test('under any names at all, where the columns are named', async () => {
    const word = fc.stringMatching(/^[b-dx-z][0-9 =/.]{0,6}[q-z]$/);
    const names = fc.uniqueArray(word, { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(history, names, async (rows, other) => {
        const [epoch, train, held] = other;
        const text = `holdoutAccuracy=${held},epoch=${epoch},trainAccuracy=${train}`;
        const found = await epochOf(other, cellsOf(rows), parseColumns([text]));
        expect(found).toEqual(await epochOf(NAMES, cellsOf(rows)));
      }),
      RUNS,
    );
  });

  test('in percent', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (rows) => {
        const inPercent = cellsOf(rows).map(([epoch, ...shares]) => [
          epoch!,
          ...shares.map((one) => Number((one * 100).toFixed(2))),
        ]);
        const found = await epochOf(NAMES, inPercent);
        const asShare = await epochOf(NAMES, cellsOf(rows));
        expect(found.epoch).toBe(asShare.epoch);
      }),
      RUNS,
    );
  });

  test('without test columns, or with any in them', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.string({ maxLength: 5 }), async (rows, text) => {
        const odd = text.replace(/[",\r\n]/g, '');
        const cells = cellsOf(rows);
        const whole = await epochOf(NAMES, cells);
        expect(
          await epochOf(
            NAMES.slice(0, 3),
            cells.map((one) => one.slice(0, 3)),
          ),
        ).toEqual(whole);
        const spoilt = cells.map((one) => [...one.slice(0, 3), `x${odd}`]);
        expect(await epochOf(NAMES, spoilt)).toEqual(whole);
      }),
      RUNS,
    );
  });

  test('in any order of rows, dense or sparse', async () => {
    const order = history.chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }),
        fc.shuffledSubarray(
          [...rows.keys(), ...rows.keys()].map((_, i) => i),
          {
            minLength: 2 * rows.length,
          },
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(order, async ([rows, dense, sparse]) => {
        const cells = cellsOf(rows);
        const sorted = await epochOf(NAMES, cells);
        expect(
          await epochOf(
            NAMES,
            dense.map((i) => cells[i]!),
          ),
        ).toEqual(sorted);
        // As Lightning writes: training and hold-out of an epoch in rows of their own.
        const halves = cells.flatMap(([epoch, train, held, tested]) => [
          [epoch!, train!, '', ''],
          [epoch!, '', held!, tested!],
        ]);
        expect(
          await epochOf(
            NAMES,
            sparse.map((i) => halves[i]!),
          ),
        ).toEqual(sorted);
      }),
      RUNS,
    );
  });
});
