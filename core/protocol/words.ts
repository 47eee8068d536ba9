/** A verdict in words: window, reports and command line say the same of the same run. */
import type { Verdict } from './records.ts';

/** What the words are made from; epochs may be those of a log, and then need not be whole. */
export type Judged = Pick<Verdict, 'epoch' | 'low' | 'high' | 'phase' | 'chanceAhead'>;

/** How a log counts, and how it writes a place. */
export interface Counting {
  /** `epoch`, or `step`. */
  unit: string;
  write: (at: number) => string;
}

/** How our own runs count. */
export const BY_EPOCH: Counting = { unit: 'epoch', write: String };

/** What to do, in a few words without a full stop. @param last the newest epoch */
export function verdictHeadline(verdict: Judged, last: number, counting = BY_EPOCH): string {
  const { unit, write } = counting;
  switch (verdict.phase) {
    case 'past':
      return `Stop at ${unit} ${write(verdict.epoch)}`;
    case 'learning':
      return 'Not there yet: the best is probably still ahead';
    case 'flat':
      return verdict.high >= last
        ? `No stop needed: the last ${unit} is as good as any`
        : `No sign of overfitting: keep ${unit} ${write(verdict.epoch)}`;
  }
}

/**
 * What a headline that names no epoch leaves open: the best one so far and, while the best is ahead,
 * the chance of that. Empty after a headline that names one.
 */
export function verdictNote(verdict: Judged, last: number, counting = BY_EPOCH): string {
  return note(verdict, last, counting, '');
}

/** Headline, range and note as sentences, for a line of text. */
export function verdictWords(verdict: Judged, last: number, counting = BY_EPOCH): string {
  const range = rangeWords(verdict, counting);
  const headline = verdictHeadline(verdict, last, counting);
  const more = note(verdict, last, counting, range);
  return more === '' ? `${headline}${range}.` : `${headline}. ${more}`;
}

function note(verdict: Judged, last: number, { unit, write }: Counting, range: string): string {
  const { epoch, high, phase, chanceAhead } = verdict;
  if (phase === 'past' || (phase === 'flat' && high < last)) return '';
  const best = `Best so far: ${unit} ${write(epoch)}${range}.`;
  return phase === 'flat' ? best : `${aheadWords(chanceAhead, unit)} ${best}`;
}

/** ` (4 to 9)`; empty where the range is one epoch. */
export function rangeWords({ low, high }: Judged, { write } = BY_EPOCH): string {
  return low === high ? '' : ` (${write(low)} to ${write(high)})`;
}

/** The chance that going on helps, a sentence; never told as 0 or 100 %. @param chance 0 to 1 */
export function aheadWords(chance: number, unit = 'epoch'): string {
  const share =
    chance < 0.01 ? 'under 1 %' : chance > 0.99 ? 'over 99 %' : `${Math.round(100 * chance)} %`;
  return `The chance of a better ${unit} ahead is ${share}.`;
}

/** What stands beside the recommended epoch in a chart. */
export function markWords(
  { phase, epoch }: Pick<Judged, 'phase' | 'epoch'>,
  { write } = BY_EPOCH,
): string {
  return phase === 'past' ? `stop at ${write(epoch)}` : `best so far: ${write(epoch)}`;
}

/** What a run that ended by itself saved. @param savedEpochs planned and not trained */
export function savedWords(savedEpochs: number, last: number): string {
  const saved = `${savedEpochs.toLocaleString('en')} ${savedEpochs === 1 ? 'epoch' : 'epochs'}`;
  return `Stopped by itself after epoch ${last} of ${last + savedEpochs}: ${saved} saved`;
}
