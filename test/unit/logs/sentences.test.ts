/** Every sentence about a log is true of it: read back from its words, and checked in the log's own numbers. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import english from '../../../assets/texts/en.json';
import { verdictWords } from '../../../core/contract/messages/verdict.ts';
import { inEnglish } from '../../../core/contract/words/texts.ts';
import type { Log } from '../../../core/logs/index.ts';
import { verdictOfLog } from '../../../core/logs/verdict.ts';
import type { LogVerdict } from '../../../core/contract/messages/logs.ts';
import { sureWords } from '../../../core/cli/epoch-lines.ts';
import { said } from '../said.ts';
import { logs, SIGNALS } from './random-logs.ts';
import type { Row } from './random-logs.ts';
import { csv, scratch } from './tools.ts';

const { read } = scratch();

const percent = (value: number) => `${(100 * value).toFixed(1)}%`;
const lastWith = (rows: readonly Row[], name: keyof Row) =>
  rows.findLast((row) => row[name] !== null);

/** What a sentence claims, checked: each by the numbers in the file alone. */
type Check = (found: readonly string[], rows: readonly Row[], verdict: LogVerdict) => void;

function valueAt(rows: readonly Row[], epoch: string, name: keyof Row): number {
  return rows.find((row) => row.epoch === Number(epoch))![name]!;
}

/** An accuracy here and at the last row that has one. */
function compared(
  name: 'val_acc' | 'train_acc',
  [here, at, later, last]: readonly string[],
  rows: readonly Row[],
) {
  expect(here).toBe(percent(valueAt(rows, at!, name)));
  expect(later).toBe(percent(valueAt(rows, last!, name)));
  expect(Number(last)).toBe(lastWith(rows, name)!.epoch);
  expect(last).not.toBe(at);
  return [Number(here!.slice(0, -1)), Number(later!.slice(0, -1))] as const;
}

const CHECKS: [RegExp, Check][] = [
  [
    /^There is no hold-out, so/,
    (_, rows) =>
      expect(rows.every((row) => row.val_acc === null && row.val_loss === null)).toBe(true),
  ],
  [
    /^Hold-out accuracy is (\S+%) at epoch (\d+), the last one\.$/,
    ([here, at], rows) => {
      expect(here).toBe(percent(valueAt(rows, at!, 'val_acc')));
      expect(lastWith(rows, 'val_acc')!.epoch).toBe(Number(at));
    },
  ],
  [
    /^Hold-out accuracy is (\S+%) at epoch (\d+) and (\S+%) at epoch (\d+), (\S+) points (lower|higher)\.$/,
    ([here, at, later, last, points, way], rows) => {
      const [a, b] = compared('val_acc', [here!, at!, later!, last!], rows);
      expect(Number(points)).toBeCloseTo(way === 'lower' ? a - b : b - a, 6);
      expect(Number(points)).toBeGreaterThan(0);
    },
  ],
  [
    /^Hold-out accuracy is (\S+%) both at epoch (\d+) and at epoch (\d+)\.$/,
    ([here, at, last], rows) => compared('val_acc', [here!, at!, here!, last!], rows),
  ],
  [
    /^The highest single value is (\S+%), at epoch (\d+); single/,
    ([peak, top], rows, { epoch }) => {
      const values = rows.flatMap(({ val_acc }) => val_acc ?? []);
      expect(peak).toBe(percent(Math.max(...values)));
      expect(valueAt(rows, top!, 'val_acc')).toBe(Math.max(...values));
      expect(valueAt(rows, top!, 'val_acc')).toBeGreaterThan(
        valueAt(rows, String(epoch), 'val_acc'),
      );
    },
  ],
  [
    /^Hold-out loss is (\S+) at epoch (\d+) and (\S+) at epoch (\d+), (\d+)% higher\.$/,
    ([here, at, later, last, more], rows) => {
      const [a, b] = [valueAt(rows, at!, 'val_loss'), valueAt(rows, last!, 'val_loss')];
      expect([here, later]).toEqual([a.toPrecision(3), b.toPrecision(3)]);
      expect(Math.abs(100 * (b / a - 1) - Number(more))).toBeLessThanOrEqual(0.51);
      expect(lastWith(rows, 'val_loss')!.epoch).toBe(Number(last));
    },
  ],
  [
    /^This rests on hold-out loss alone: (\S+) at epoch (\d+)(?: and (\S+) at epoch (\d+)\.|, the last one\.)/,
    ([here, at, later, last], rows) => {
      expect(rows.every(({ val_acc }) => val_acc === null)).toBe(true);
      expect(here).toBe(valueAt(rows, at!, 'val_loss').toPrecision(3));
      expect(lastWith(rows, 'val_loss')!.epoch).toBe(Number(last ?? at));
      if (last) expect(later).toBe(valueAt(rows, last, 'val_loss').toPrecision(3));
    },
  ],
  [
    /^By epoch (\d+) training accuracy went from (\S+%) to (\S+%)(\.|, and the hold-out is no better there)/,
    ([last, here, later, more], rows, { epoch, phase }) => {
      const [a, b] = compared('train_acc', [here!, String(epoch), later!, last!], rows);
      expect(b).toBeGreaterThan(a);
      expect(phase).toBe('past');
      if (more === '.') return;
      const [x, y] = [String(epoch), last!].map((at) => valueAt(rows, at, 'val_acc'));
      expect(y).toBeLessThanOrEqual(x!);
    },
  ],
  [
    /^Predictions of training samples changed least at epoch (\d+) \((\d+) of them\)\.$/,
    ([top, n], rows) => {
      const counts = rows.flatMap(({ prediction_changes }) => prediction_changes ?? []);
      expect(Number(n)).toBe(Math.min(...counts));
      expect(valueAt(rows, top!, 'prediction_changes')).toBe(Number(n));
    },
  ],
  [
    /^At epoch (\d+) the relative distance from initialization is (\S+); by epoch (\d+) it is (\S+) times that\.$/,
    ([at, here, last, times], rows) => {
      const [a, b] = [at, last].map((one) => valueAt(rows, one!, 'relative_distance'));
      expect(here).toBe(a!.toPrecision(3));
      expect(times).toBe((b! / a!).toFixed(1));
      expect(last).not.toBe(at);
      expect(Number(last)).toBe(lastWith(rows, 'relative_distance')!.epoch);
    },
  ],
  [
    /^The chance of a better epoch ahead is (under |over |)(\d+)%\.(?: This epoch is expected to be (\S+) points below the best one so far\.)?$/,
    ([bound, chance, points], _, verdict) => {
      const exact = 100 * verdict.chanceAhead;
      if (bound === 'under ') expect(exact).toBeLessThan(Number(chance));
      else if (bound === 'over ') expect(exact).toBeGreaterThan(Number(chance));
      else expect(Number(chance)).toBe(Math.round(exact));
      if (points) expect(points).toBe((100 * verdict.expectedLoss!).toFixed(1));
    },
  ],
];

test('whatever the log, each sentence is true of it', async () => {
  const seen = new Map(CHECKS.map(([form]) => [form, 0]));
  await fc.assert(
    fc.asyncProperty(logs, async (rows) => {
      const names = ['epoch', ...SIGNALS];
      const cells = rows.map((row) => names.map((name) => row[name as keyof Row] ?? ''));
      const log = await read(csv(names, cells)).catch(() => null);
      const verdict = log && attempt(() => verdictOfLog(log, 500));
      if (!log || !verdict) return;
      const held = rowsIn(log);
      for (const sentence of said(verdict.why)) {
        const check = CHECKS.find(([form]) => form.test(sentence));
        expect(check, sentence).toBeDefined();
        seen.set(check![0], seen.get(check![0])! + 1);
        check![1](check![0].exec(sentence)!.slice(1), held, verdict);
      }
      checkWords(verdict, held);
    }),
    { numRuns: 200, seed: 20 },
  );
  // A check that nothing was checked by shows nothing.
  for (const [form, times] of seen) expect(times, String(form)).toBeGreaterThan(0);
});

/** The numbers of a log as it was read, which joins rows between two measures of the hold-out. */
const rowsIn = (log: Log): Row[] =>
  log.rows.map((row, i) => ({
    epoch: Number(log.names[i]),
    train_acc: row.trainAccuracy,
    val_acc: row.holdoutAccuracy,
    val_loss: row.holdoutLoss,
    prediction_changes: row.predictionChanges,
    relative_distance: row.relativeDistance,
  }));

function attempt<T>(what: () => T): T | null {
  try {
    return what();
  } catch {
    return null;
  }
}

/** The sentence on top names the epochs of the log, and a range wherever there is one. */
function checkWords(verdict: LogVerdict, rows: readonly Row[]): void {
  const last = rows.at(-1)!.epoch;
  const words = verdictWords(verdict, last, inEnglish);
  const { low, high, epoch, phase, chanceAhead } = verdict;
  expect(words).toContain(low === high ? `epoch ${epoch}` : `epoch ${epoch} (${low} to ${high})`);
  if (/probably still ahead/.test(words)) expect(chanceAhead).toBeGreaterThanOrEqual(0.5);
  if (/less likely than not/.test(words)) expect(chanceAhead).toBeLessThan(0.5);
  if (/^Stop at/.test(words)) expect(phase).toBe('past');
  if (/last epoch may be as good/.test(words)) {
    expect(high).toBeGreaterThanOrEqual(last);
    checkEnd(rows, epoch, 'last');
  }
  if (/probably still ahead/.test(words)) checkEnd(rows, epoch, 'ahead');
  checkSure(verdict, rows);
}

function middleOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/**
 * What is said of the end agrees with it: of a hold-out whose last few values lie clearly below those
 * around the recommended epoch nothing good is said to come, and no last epoch is called good that is
 * itself far below, or below with a loss that rose.
 */
function checkEnd(rows: readonly Row[], epoch: number, told: 'ahead' | 'last'): void {
  const kept = rows.filter(({ epoch: at, val_acc }) => at > 0 && val_acc !== null);
  const at = kept.findIndex((row) => row.epoch === epoch);
  const after = kept.length - 1 - at;
  if (at < 0 || after < 1) return;
  const windows = (name: 'val_acc' | 'val_loss') =>
    [kept.slice(Math.max(0, at - 2), at + 3), kept.slice(-Math.min(5, after))].map((some) =>
      middleOf(some.flatMap((row) => row[name] ?? [])),
    ) as [number, number];
  const values = kept.map(({ val_acc }) => val_acc!);
  const late = values.slice(Math.floor(values.length / 2));
  const steps = late.slice(1).map((value, i) => Math.abs(value - late[i]!));
  const zigzag = 3 * Math.max(...steps);
  const [before, end] = windows('val_acc');
  const [lossBefore, lossEnd] = windows('val_loss');
  const hasRisen = lossEnd >= 1.1 * lossBefore;
  expect(before - end).toBeLessThan(hasRisen ? 0.0051 : Math.max(0.0051, zigzag));
  if (told === 'ahead') return;
  const [here, last] = [kept[at]!, kept.at(-1)!];
  const hasLastRisen = (last.val_loss ?? 0) >= 1.1 * (here.val_loss ?? Infinity);
  const drop = here.val_acc! - last.val_acc!;
  expect(drop).toBeLessThanOrEqual(hasLastRisen ? 0.0051 : Math.max(0.0101, zigzag));
}

/** A range that is all there is tells nothing, and that is said in place of how sure it is. */
function checkSure(verdict: LogVerdict, rows: readonly Row[]): void {
  const told = sureWords(verdict, 'epoch');
  const measured = (['val_acc', 'val_loss', 'prediction_changes'] as const)
    .map((name) => rows.filter((row) => row[name] !== null))
    .find((found) => found.length > 1)!;
  const { low, high } = verdict;
  const isAll = low <= measured[0]!.epoch && high >= measured.at(-1)!.epoch;
  expect(/sure/.test(told)).toBe(!isAll);
  if (isAll) expect(told).toContain(`any epoch from ${low} to ${high}`);
}

describe('what nobody said is not said', () => {
  const texts = {
    ...english.verdict.reasons,
    ...english.verdict.methods,
    ...english.verdict.headline,
  };
  const logTexts = Object.entries(english.log).filter(([, text]) => typeof text === 'string');
  test.each(
    Object.entries({ ...texts, ...Object.fromEntries(logTexts) } as Record<string, string>),
  )('%s', (_key, text) => expect(text).not.toMatch(/noisy|wrong label|overfit|not fallen/i));
});

test('loss that rose by a third is told', async () => {
  const text =
    'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.82,0.4,0.858,0.318\n1,0.91,0.2,0.8651,0.3204\n2,0.96,0.1,0.8609,0.443\n';
  const verdict = verdictOfLog(await read(text), 0)!;
  const told = said(verdict.why).join(' ');
  expect(told).toContain('86.5% at epoch 1 and 86.1% at epoch 2, 0.4 points lower');
  expect(told).toContain('0.320 at epoch 1 and 0.443 at epoch 2, 38% higher');
});

test('a measure that stands for accuracy is called by its name', async () => {
  const text = 'epoch,val_f1\n1,0.5\n2,0.7\n3,0.6\n4,0.5\n5,0.4\n';
  const told = said(verdictOfLog(await read(text), 0)!.why).join(' ');
  expect(told).toContain('val_f1 is 70.0% at epoch 2 and 40.0% at epoch 5');
  expect(told).not.toContain('accuracy');
});
