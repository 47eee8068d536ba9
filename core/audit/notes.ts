/** What is said of an audit beside its figures. */
import { auditNote } from '../contract/words/notes.ts';
import { wholePercent } from '../contract/words/numbers.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { RunAudit } from './audit-run.ts';

/** What is missing, and where the network is weak, what follows from that. */
export function notesOfAudit({ notes, weak, found }: RunAudit): Phrase[] {
  if (!weak) return notes;
  return [...notes, auditNote('weak', { share: wholePercent(found.accuracy) })];
}

/** The matrix of an audit, row by row: true class by given label. */
export function matrixRows({ found: { matrix }, classes: { length } }: RunAudit): number[][] {
  return Array.from({ length }, (_, c) => [...matrix.subarray(c * length, (c + 1) * length)]);
}
