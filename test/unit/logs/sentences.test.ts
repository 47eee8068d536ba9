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
import { csv, scratch } from './tools.ts';

const { read } = scratch();

const share = fc.double({ min: 0.02, max: 0.99, noNaN: true }).map((x) => Number(x.toFixed(4)));
const loss = fc.double({ min: 0.01, max: 3, noNaN: true }).map((x) => Number(x.toFixed(4)));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 8 });

/** A training that rises to a peak and falls, or not, with zigzags and gaps. */
interface Row {
  epoch: number;
  train_acc: number | null;
  val_acc: number | null;
  val_loss: number | null;
  prediction_changes: number | null;
  relative_distance: number | null;
}

const jagged: fc.Arbitrary<Omit<Row, 'epoch'>[]> = fc.array(
  fc.record({
    train_acc: maybe(share),
    val_acc: maybe(share),
    val_loss: maybe(loss),
    prediction_changes: maybe(fc.integer({ min: 0, max: 900 })),
    relative_distance: maybe(share),
  }),
  { minLength: 2, maxLength: 30 },
);

const smooth = fc
  .record({
    length: fc.integer({ min: 3, max: 40 }),
    peak: fc.integer({ min: 1, max: 30 }),
    fall: fc.double({ min: 0, max: 0.03, noNaN: true }),
    rise: fc.double({ min: 0, max: 0.1, noNaN: true }),
  })
  .map(({ length, peak, fall, rise }): Omit<Row, 'epoch'>[] =>
    Array.from({ length }, (_, i) => ({
      train_acc: four(1 - 0.6 * Math.exp(-(i + 1) / 9)),
      val_acc: four(
        Math.max(0.05, 0.8 - 0.4 * Math.exp(-(i + 1) / 3) - fall * Math.max(0, i + 1 - peak)),
      ),
      val_loss: four(0.5 + Math.exp(-(i + 1) / 3) + rise * Math.max(0, i + 1 - peak)),
      prediction_changes: Math.round(900 / (i + 1)),
      relative_distance: four(0.1 * Math.sqrt(i + 1)),
    })),
  );

/**
 * A training that gains by a step of the learning rate and is lost again after it, or not, among zigzags:
 * at its end there is much to contradict.
 */
const stepped = fc
  .record({
    before: fc.integer({ min: 5, max: 60 }),
    after: fc.integer({ min: 3, max: 40 }),
    gain: fc.double({ min: 0, max: 0.2, noNaN: true }),
    fall: fc.double({ min: -0.001, max: 0.003, noNaN: true }),
    rise: fc.double({ min: 0, max: 0.02, noNaN: true }),
    zigzag: fc.double({ min: 0.001, max: 0.03, noNaN: true }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .map(({ before, after, gain, fall, rise, zigzag, seed }): Omit<Row, 'epoch'>[] =>
    Array.from({ length: before + after }, (_, i) => {
      const since = Math.max(0, i + 1 - before);
      const noise = zigzag * (((seed * (i + 7) * 16807) % 1013) / 506.5 - 1);
      const gained = since > 0 ? gain : 0;
      return {
        train_acc: four(1 - 0.6 * Math.exp(-(i + 1) / 40)),
        val_acc: four(0.6 - 0.3 * Math.exp(-(i + 1) / 8) + gained - fall * since + noise),
        val_loss: four(1.5 + Math.exp(-(i + 1) / 8) - gained + rise * since),
        prediction_changes: Math.round(900 / (i + 1)),
        relative_distance: four(0.1 * Math.sqrt(i + 1)),
      };
    }),
  );

function four(value: number): number {
  return Number(value.toFixed(4));
}

const SIGNALS = [
  'train_acc',
  'val_acc',
  'val_loss',
  'prediction_changes',
  'relative_distance',
] as const;

/** A log with some of the columns. */
const logs = fc
  .record({
    rows: fc.oneof(jagged, smooth, stepped),
    columns: fc.subarray([...SIGNALS], { minLength: 1 }),
    first: fc.constantFrom(0, 1, 7),
  })
  .map(({ rows, columns, first }) =>
    rows.map((row, i): Row => {
      const kept = SIGNALS.map((name) => [name, columns.includes(name) ? row[name] : null]);
      return { epoch: first + i, ...(Object.fromEntries(kept) as Omit<Row, 'epoch'>) };
    }),
  );

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
  const drop = values[at]! - values.at(-1)!;
  expect(drop).toBeLessThanOrEqual(hasRisen ? 0.0051 : Math.max(0.0101, zigzag));
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
    'Nothing tells them apart yet: any epoch from 1 to 2 may be the best so far.',
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
