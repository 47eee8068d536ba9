/** From sparse rows, logged by step or by epoch, to one row an epoch. */
import type { Phrase } from '../contract/words/phrase.ts';
import { logNote } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import { SIGNALS } from './log.ts';
import type { Columns, LogTable, Signal } from './log.ts';

/** One point in training: what was measured there. */
export interface LogPoint {
  /** The epoch or step, as the log writes it. */
  key: number;
  /** Its step, where the log tells it besides an epoch. */
  step: number | null;
  values: Partial<Record<Signal, number>>;
}

/** The points of a log. */
export interface Points {
  points: LogPoint[];
  /** What `key` is. */
  by: 'epoch' | 'step' | 'row';
  notes: Phrase[];
}

/** Signals that are averaged over the steps of an epoch; of the others the last value counts. */
const AVERAGED: readonly Signal[] = ['trainAccuracy', 'trainLoss'];
const HOLDOUT: readonly Signal[] = ['holdoutAccuracy', 'holdoutLoss'];

/**
 * One point for each measurement of the hold-out (without one, for each epoch), in order; what was
 * logged of training since the one before is joined to it.
 * @throws InputError where epochs are negative
 */
export function mergeRows(table: LogTable, columns: Columns): Points {
  const notes: Phrase[] = [];
  const signals = SIGNALS.flatMap((signal) => {
    const read = reader(table, columns[signal] ?? []);
    return read ? [{ signal, read }] : [];
  });
  const { by, keyOf, stepOf } = keysOf(table, columns, signals);
  if (by === 'row') notes.push(logNote('rowsCounted'));
  const groups = grouped(table.rows, signals, keyOf, stepOf, notes);
  return { points: anchored(groups), by, notes };
}

type Read = (row: number) => number;
type SignalReader = { signal: Signal; read: Read };

/** The average of some columns in a row; NaN where none has a value. Infinities count as missing. */
function reader(table: LogTable, names: readonly string[]): Read | null {
  const columns = names.flatMap((name) => table.values.get(name) ?? []);
  if (columns.length === 0) return null;
  return (row) => {
    let sum = 0;
    let count = 0;
    for (const column of columns) {
      const value = column[row]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
    return count === 0 ? NaN : sum / count;
  };
}

interface Keys {
  by: Points['by'];
  keyOf: Read;
  /** NaN where steps are not told besides epochs. */
  stepOf: Read;
}

const none: Read = () => NaN;

function keysOf(table: LogTable, columns: Columns, signals: readonly SignalReader[]): Keys {
  const epochs = reader(table, columns.epoch ?? []);
  const steps = reader(table, columns.step ?? []);
  if (epochs) {
    const filled = steps ? withEpochsOfSteps(table.rows, epochs, steps) : epochs;
    refuseNegative(table, filled);
    if (!steps || !measuresWithinEpochs(table.rows, signals, filled, steps)) {
      return { by: 'epoch', keyOf: filled, stepOf: steps ?? none };
    }
  }
  if (steps) return { by: 'step', keyOf: steps, stepOf: none };
  return { by: 'row', keyOf: (row) => row + 1, stepOf: none };
}

/** A row that tells its step only has the epoch of another row of that step. */
function withEpochsOfSteps(rows: number, epochs: Read, steps: Read): Read {
  const isLacking = (row: number) => Number.isNaN(epochs(row));
  let first = 0;
  while (first < rows && !isLacking(first)) first++;
  if (first === rows) return epochs;
  const known = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const [epoch, step] = [epochs(row), steps(row)];
    if (!Number.isNaN(epoch) && !Number.isNaN(step)) known.set(step, epoch);
  }
  return (row) => {
    const epoch = epochs(row);
    return Number.isNaN(epoch) ? (known.get(steps(row)) ?? NaN) : epoch;
  };
}

function refuseNegative(table: LogTable, keyOf: Read): void {
  for (let row = 0; row < table.rows; row++) {
    if (keyOf(row) < 0) {
      throw new InputError('log.epochNumber', {
        where: table.where,
        row: row + 1,
        epoch: keyOf(row),
      });
    }
  }
}

/** Whether the hold-out is measured several times an epoch: many steps, each its own, share an epoch. */
function measuresWithinEpochs(
  rows: number,
  signals: readonly SignalReader[],
  epochs: Read,
  steps: Read,
): boolean {
  const held = signals.filter(({ signal }) => HOLDOUT.includes(signal));
  const measured: [step: number, epoch: number][] = [];
  for (let row = 0; row < rows; row++) {
    if (!held.some(({ read }) => !Number.isNaN(read(row)))) continue;
    if (Number.isNaN(steps(row)) || Number.isNaN(epochs(row))) return false;
    measured.push([steps(row), epochs(row)]);
  }
  // Accuracy and loss may stand in rows of their own, at one step.
  const byStep = new Map(measured);
  const ordered = [...byStep].sort((a, b) => a[0] - b[0]);
  const different = new Set(ordered.map(([, epoch]) => epoch)).size;
  const rises = ordered.every(([, epoch], i) => i === 0 || epoch >= ordered[i - 1]![1]);
  // A resumed run repeats an epoch or two; measuring within epochs repeats most of them.
  return rises && different > 0 && ordered.length >= 1.5 * different;
}

interface Group {
  key: number;
  step: number | null;
  values: Partial<Record<Signal, number>>;
  /** Of averaged signals: how many steps are in the average, and the last of them with its value. */
  means: Partial<Record<Signal, { steps: number; last: number; value: number }>>;
}

/** The rows by key and step; where these are equal, in the order in which they were written. */
function inOrder(rows: number, keyOf: Read, stepOf: Read): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  const compare = (a: number, b: number): number =>
    (keyOf(a) || 0) - (keyOf(b) || 0) || (stepOf(a) || 0) - (stepOf(b) || 0) || a - b;
  // Nearly every log is in order, and then a million rows need no sorting.
  const isInOrder = order.every((row) => row === 0 || !(compare(row - 1, row) > 0));
  return isInOrder ? order : order.sort(compare);
}

function grouped(
  rows: number,
  signals: readonly SignalReader[],
  keyOf: Read,
  stepOf: Read,
  notes: Phrase[],
): Group[] {
  const groups: Group[] = [];
  const repeated = new Set<number>();
  let lost = 0;
  for (const row of inOrder(rows, keyOf, stepOf)) {
    const [key, step] = [keyOf(row), stepOf(row)];
    const values = signals
      .map(({ signal, read }) => ({ signal, value: read(row) }))
      .filter(({ value }) => !Number.isNaN(value));
    if (!Number.isFinite(key)) lost += values.length;
    if (!Number.isFinite(key) || values.length === 0) continue;
    let group = groups.at(-1);
    if (group?.key !== key) groups.push((group = { key, step: null, values: {}, means: {} }));
    if (!Number.isNaN(step)) group.step = step;
    // A row that has the hold-out too is that of an epoch, and no step among many.
    const isStep = !Number.isNaN(step) && !values.some(({ signal }) => HOLDOUT.includes(signal));
    for (const { signal, value } of values) {
      const averaged = isStep && AVERAGED.includes(signal);
      if (averaged ? average(group, signal, value, step) : replace(group, signal, value)) {
        repeated.add(key);
      }
    }
  }
  if (lost > 0) notes.push(logNote('lost', { n: lost }));
  if (repeated.size > 0) notes.push(repeatedNote([...repeated]));
  return groups;
}

/** @returns whether a value was there already, and gives way to this later one */
function replace(group: Group, signal: Signal, value: number): boolean {
  const again = group.values[signal] !== undefined;
  group.values[signal] = value;
  return again;
}

/** Takes a step into the average. @returns whether its value was there already, and gives way */
function average(group: Group, signal: Signal, value: number, step: number): boolean {
  const mean = (group.means[signal] ??= { steps: 0, last: NaN, value: NaN });
  const again = mean.last === step;
  if (!again) mean.steps++;
  const old = again ? mean.value : (group.values[signal] ?? value);
  group.values[signal] = (group.values[signal] ?? value) + (value - old) / mean.steps;
  Object.assign(mean, { last: step, value });
  return again;
}

function repeatedNote(keys: readonly number[]): Phrase {
  const [first, last] = [keys[0]!, keys.at(-1)!].map(String);
  if (keys.length === 1) return logNote('repeated', { at: first });
  return logNote('repeatedMany', { from: first, to: last, n: keys.length });
}

/** Joins to each point that counts what lies between it and the one before. */
function anchored(groups: readonly Group[]): LogPoint[] {
  const isHeld = ({ values }: Group) => HOLDOUT.some((signal) => values[signal] !== undefined);
  const counts = groups.some(isHeld) ? isHeld : () => true;
  const points: LogPoint[] = [];
  let between: Group[] = [];
  for (const group of groups) {
    if (!counts(group)) {
      between.push(group);
      continue;
    }
    const values = { ...group.values };
    for (const signal of SIGNALS) {
      const value = values[signal] ?? joined(between, signal);
      if (value !== undefined) values[signal] = value;
    }
    points.push({ key: group.key, step: group.step, values });
    between = [];
  }
  return points;
}

function joined(between: readonly Group[], signal: Signal): number | undefined {
  const found = between.flatMap(({ values }) => values[signal] ?? []);
  if (found.length === 0 || HOLDOUT.includes(signal)) return undefined;
  if (!AVERAGED.includes(signal)) return found.at(-1);
  return found.reduce((sum, value) => sum + value, 0) / found.length;
}
