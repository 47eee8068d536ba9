/** Stopping by itself, while a run goes on. */
import type { Verdict } from '../contract/messages/records.ts';

/** So many verdicts in a row must agree that waiting does not help. */
export const IN_A_ROW = 5;

/**
 * Whether to stop now: the newest verdicts all give waiting less than this chance to help.
 * @param verdicts one an epoch, oldest first; null where there was none yet
 * @param chance 0 to 1
 */
export function shouldStop(verdicts: readonly (Verdict | null)[], chance: number): boolean {
  const newest = verdicts.slice(-IN_A_ROW);
  return (
    newest.length === IN_A_ROW &&
    newest.every((verdict) => verdict !== null && verdict.chanceAhead < chance)
  );
}
