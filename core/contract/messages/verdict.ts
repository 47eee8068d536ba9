/** A verdict in words: window, reports and command line say the same of the same run. */
import type { Verdict } from './records.ts';
import { inWords } from '../words/phrase.ts';
import type { Phrase } from '../words/phrase.ts';
import type { TextKey, TextValues, Translate } from '../words/texts.ts';

/** What the words are made from; epochs may be those of a log, and then need not be whole. */
export type Advice = Pick<
  Verdict,
  'epoch' | 'low' | 'high' | 'phase' | 'chanceAhead' | 'endsLower'
>;

/** How a log counts, and how it writes a place. */
export interface Counting {
  unit: 'epoch' | 'step';
  write: (at: number) => string;
  /** Of how many samples the prediction changes are, where a log tells them as a share. */
  changesOf?: number;
  /** What stands for hold-out accuracy, where it is another measure. */
  measure?: string;
}

/** What hold-out accuracy is called: by its name, or by that of the measure that stands for it. */
export const accuracyName = (measure: string | undefined): Phrase | string =>
  measure ?? { code: 'verdict.holdoutAccuracy' };

/** How our own runs count. */
export const BY_EPOCH: Counting = { unit: 'epoch', write: String };

/** What to do, in a few words without a full stop. @param last the newest epoch */
export function verdictHeadline(
  verdict: Advice,
  last: number,
  t: Translate,
  { unit, write }: Counting = BY_EPOCH,
): string {
  const values = { unit, at: write(verdict.epoch) };
  switch (verdict.phase) {
    case 'past':
      return t('verdict.headline.past', values);
    case 'learning':
      return t('verdict.headline.learning', values);
    case 'flat':
      return t(
        isLastGood(verdict, last) ? 'verdict.headline.lastIsGood' : 'verdict.headline.keep',
        values,
      );
  }
}

/** Whether the last epoch may be as good as the recommended one. */
const isLastGood = ({ high, endsLower }: Advice, last: number): boolean =>
  high >= last && !endsLower;

/**
 * What a headline that names no epoch leaves open: the best one so far and, while the best is ahead,
 * the chance of that. Empty after a headline that names one.
 */
export function verdictNote(
  verdict: Advice,
  last: number,
  t: Translate,
  counting: Counting = BY_EPOCH,
): string {
  return note(verdict, last, t, counting, '');
}

/** Headline, range and note as sentences, for a line of text. */
export function verdictWords(
  verdict: Advice,
  last: number,
  t: Translate,
  counting: Counting = BY_EPOCH,
): string {
  const range = rangeWords(verdict, t, counting);
  const headline = verdictHeadline(verdict, last, t, counting);
  const more = note(verdict, last, t, counting, range);
  return more === '' ? `${headline}${range}.` : `${headline}. ${more}`;
}

function note(
  verdict: Advice,
  last: number,
  t: Translate,
  { unit, write }: Counting,
  range: string,
): string {
  const { epoch, phase, chanceAhead } = verdict;
  if (phase === 'past' || (phase === 'flat' && !isLastGood(verdict, last))) return '';
  const best = t('verdict.bestSoFar', { unit, at: write(epoch), range });
  return phase === 'flat' ? best : `${aheadWords(chanceAhead, t, unit)} ${best}`;
}

/** ` (4 to 9)`; empty where the range is one epoch. */
export function rangeWords(
  { low, high }: Pick<Advice, 'low' | 'high'>,
  t: Translate,
  { write }: Counting = BY_EPOCH,
): string {
  return low === high ? '' : ` ${t('verdict.range', { low: write(low), high: write(high) })}`;
}

/** Instead of how sure the range is, where it is all that was measured; null where it is not. */
export function allAlikeWords(
  { low, high, allAlike }: Pick<Verdict, 'low' | 'high' | 'allAlike'>,
  t: Translate,
  { unit, write }: Counting = BY_EPOCH,
): string | null {
  return allAlike ? t('verdict.allAlike', { unit, low: write(low), high: write(high) }) : null;
}

/** The chance that going on helps, a sentence; never told as 0 or 100%. @param chance 0 to 1 */
export function aheadWords(chance: number, t: Translate, unit: Counting['unit'] = 'epoch'): string {
  const { key, share } = aheadPhrase(chance);
  return t(`verdict.${key}`, { unit, share });
}

/** The text of a chance, below `verdict`, and what is filled in. @param chance 0 to 1 */
export function aheadPhrase(chance: number): {
  key: 'ahead' | 'aheadUnder' | 'aheadOver';
  share: string;
} {
  const key = chance < 0.01 ? 'aheadUnder' : chance > 0.99 ? 'aheadOver' : 'ahead';
  return { key, share: `${Math.round(100 * chance)}%` };
}

/** What stands beside the recommended epoch in a chart. */
export function markPhrase(
  { phase, epoch }: Pick<Advice, 'phase' | 'epoch'>,
  { write }: Counting = BY_EPOCH,
): Phrase {
  const code = phase === 'past' ? 'verdict.markStop' : 'verdict.markBest';
  return { code, values: { at: write(epoch) } };
}

/** What a run that ended by itself saved. @param savedEpochs planned and not trained */
export function savedWords(savedEpochs: number, last: number, t: Translate): string {
  const planned = last + savedEpochs;
  return withCount(t, 'verdict.saved', savedEpochs, { last, planned });
}

/** A text with a plural: `value` chooses its form and stands, with separators, at `{{n}}`. */
export function withCount(
  t: Translate,
  key: TextKey,
  value: number,
  values: TextValues = {},
): string {
  return t(key, { ...values, count: value, n: value.toLocaleString('en') });
}

/** A verdict as it is told outside: sentences in a language, each with its code beside it. */
export function verdictInWords<V extends Pick<Verdict, 'method' | 'why'> & ToldRules>(
  { method, why, candidates, ...verdict }: V,
  t: Translate,
) {
  return {
    ...verdict,
    method: methodName(method, t),
    methodCode: method,
    reasons: why.map((reason) => inWords(reason, t)),
    why,
    candidates: candidates.map(({ rule, epoch }) => ({ method: ruleNameIn(rule, t), epoch, rule })),
  };
}

interface ToldRules {
  candidates: readonly { rule: string; epoch: number }[];
}

/** What a verdict rests on, in words. */
export const methodName = (method: string, t: Translate): string =>
  inWords({ code: `verdict.methods.${method}` }, t);

/** What a verdict rests on: the hold-out by accuracy, the hold-out by loss alone, or training signals. */
export type Basis = 'holdout' | 'loss' | 'training';

/** What a verdict by this method rests on. */
export function basisOf(method: string): Basis {
  if (method === 'loss') return 'loss';
  return ['samples', 'zigzags', 'accuracyAlone'].includes(method) ? 'holdout' : 'training';
}

/** What is known for and against what a verdict rests on, with its sources. */
export const basisNotes = (method: string, t: Translate): string[] =>
  (['supports', 'limits'] as const).map((side) => t(`verdict.basis.${basisOf(method)}.${side}`));

/** What a rule is called. */
export const ruleNameIn = (rule: string, t: Translate): string =>
  inWords({ code: `verdict.rules.${rule}` }, t);
