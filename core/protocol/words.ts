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

const BY_EPOCH: Counting = { unit: 'epoch', write: String };

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
  const { epoch, phase, chanceAhead } = verdict;
  const { unit, write } = counting;
  if (phase === 'past' || (phase === 'flat' && verdict.high < last)) return '';
  const best = `Best so far: ${unit} ${write(epoch)}${rangeWords(verdict, counting)}.`;
  if (phase === 'flat') return best;
  return `${chanceWords(chanceAhead)} that training on finds a better ${unit}. ${best}`;
}

/** ` (4 to 9)`; empty where the range is one epoch. */
export function rangeWords({ low, high }: Judged, { write } = BY_EPOCH): string {
  return low === high ? '' : ` (${write(low)} to ${write(high)})`;
}

/** Headline, range and note as sentences, for a line of text. */
export function verdictWords(verdict: Judged, last: number, counting = BY_EPOCH): string {
  const note = verdictNote(verdict, last, counting);
  const headline = verdictHeadline(verdict, last, counting);
  return note === '' ? `${headline}${rangeWords(verdict, counting)}.` : `${headline}. ${note}`;
}

/** What a run that ended by itself saved. @param savedEpochs planned and not trained */
export function savedWords(savedEpochs: number, last: number): string {
  const saved = `${savedEpochs.toLocaleString('en')} ${savedEpochs === 1 ? 'epoch' : 'epochs'}`;
  return `Stopped by itself after epoch ${last} of ${last + savedEpochs}: ${saved} saved`;
}

/** A chance in whole percent, never 0 or 100. @param chance 0 to 1 */
export function chanceWords(chance: number): string {
  if (chance < 0.01) return 'A chance under 1 %';
  return chance > 0.99 ? 'A chance over 99 %' : `A chance of ${Math.round(100 * chance)} %`;
}
