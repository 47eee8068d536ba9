/** A hold-out accuracy that tells nothing gives way to a hold-out loss that does. */
import type { Phrase } from '../contract/words/phrase.ts';
import { logNote } from '../contract/words/notes.ts';
import type { Columns, LogTable } from './log.ts';

/** With fewer values nobody can say that it does not move. */
const FEWEST = 4;
/** An accuracy that moves by no more than this, or between two values, is flat. */
const FLAT = 0.002;
/** A loss that moves by this share of itself does move. */
const MOVES = 0.1;

/**
 * Leaves out an accuracy that was guessed, is constant or nearly so, and stands beside a loss that moves.
 * @param isNamed whether the person named the column, so that it is kept
 */
export function withoutFlat(
  { values }: LogTable,
  columns: Columns,
  isNamed: boolean,
): { columns: Columns; note: Phrase | null } {
  const { holdoutAccuracy = [], holdoutLoss = [], ...rest } = columns;
  const known = { columns, note: null };
  if (isNamed || holdoutAccuracy.length === 0 || holdoutLoss.length === 0) return known;
  const numbers = (name: string) =>
    [...(values.get(name) ?? [])].filter((one) => !Number.isNaN(one));
  if (!holdoutAccuracy.every((name) => isFlat(numbers(name)))) return known;
  if (!holdoutLoss.some((name) => moves(numbers(name)))) return known;
  const [name, instead] = [holdoutAccuracy.join(' and '), holdoutLoss.join(' and ')];
  return { columns: { ...rest, holdoutLoss }, note: logNote('flat', { name, instead }) };
}

function isFlat(accuracies: readonly number[]): boolean {
  if (accuracies.length < FEWEST) return false;
  const [least, most] = extent(accuracies);
  const whole = most > 1 ? 100 : 1;
  return most - least <= FLAT * whole || new Set(accuracies).size <= 2;
}

function moves(losses: readonly number[]): boolean {
  const [least, most] = extent(losses);
  return new Set(losses).size >= FEWEST && most - least >= MOVES * Math.abs(most);
}

const extent = (values: readonly number[]): [number, number] => [
  values.reduce((a, b) => Math.min(a, b), Infinity),
  values.reduce((a, b) => Math.max(a, b), -Infinity),
];
