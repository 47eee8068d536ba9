/** What the place Labels says. */
import type {
  AuditedPart,
  AuditView,
  Decision,
  ReviewCounts,
  SuspectDetail,
} from '../../../core/contract/messages/labels.ts';
import type { RunRow } from '../../../core/contract/messages/records.ts';
import { chance, percent, plural, significant, wholePercent } from '../../words/format.ts';
import { cellName } from '../../words/rows.ts';
import { nameOfClass } from '../../words/class-names.ts';
import { t, words } from '../../words/texts.ts';

/** The share of wrong labels, with its interval; of a weak audit first that it is weak. */
export function headline(view: AuditView): string {
  if (!view.weak) return t('labels.head.rate', rateValues(view));
  return t('labels.head.weak', { accuracy: wholePercent(view.accuracy) });
}

const rateValues = ({ rate }: AuditView) => ({
  rate: wholePercent(rate.estimate),
  low: wholePercent(rate.low),
  high: wholePercent(rate.high),
});

/** How many are likely, and how far the review is: `412 are likely wrong; 37 looked at, 31 changed.` */
export function courseWords({ parts }: AuditView, counts: ReviewCounts): string {
  const flagged = parts.find(({ part }) => part === 'train')?.flagged ?? 0;
  const parted = [
    plural('labels.head.looked', counts.looked),
    plural('labels.head.changed', counts.changed),
    ...(['removed', 'unsure', 'disputed'] as const).flatMap((what) =>
      counts[what] > 0 ? [plural(`labels.head.${what}`, counts[what])] : [],
    ),
  ];
  return t('labels.head.course', {
    likely: plural('labels.head.likely', flagged),
    review: parted.join(t('labels.head.and')),
  });
}

/** What else there is to say: the share of a weak audit, how thorough it was, what is known in hindsight, doubts. */
export function besidesWords(view: AuditView): string[] {
  const { weak, method, realRate, parts, notes } = view;
  const precision = parts.find(({ part }) => part === 'train')?.precision ?? null;
  return [
    ...(weak ? [t('labels.head.weakRate', rateValues(view))] : []),
    ...(method === 'folds' ? [t('labels.head.thorough')] : []),
    ...(realRate !== null ? [t('labels.head.hindsight', { rate: percent(realRate) })] : []),
    ...(precision !== null ? [t('labels.head.precision', { share: wholePercent(precision) })] : []),
    // The headline of a weak audit says that already.
    ...notes.filter(({ code }) => code !== 'audit.notes.weak').map(words),
  ];
}

/** What training again came to, where both runs were tested: at the stop and at the end of each. */
export function outcomeWords(before: RunRow | null, after: RunRow | null): string | null {
  const shares = [after?.testAtStop, after?.testLast, before?.testAtStop, before?.testLast];
  if (shares.some((share) => share == null)) return null;
  const [atStop, last, wasAtStop, wasLast] = shares.map((share) => percent(share!));
  return t('labels.head.outcome', {
    ...{ atStop: atStop!, last: last! },
    ...{ wasAtStop: wasAtStop!, wasLast: wasLast! },
  });
}

/** How a part is called. */
export const partName = (part: AuditedPart): string => t(`labels.parts.${part}`);

/** How likely it is that a label is wrong, in words. */
export function chanceWord(wrong: number): string {
  if (wrong >= 0.95) return t('labels.chance.surely');
  if (wrong >= 0.8) return t('labels.chance.very');
  if (wrong >= 0.5) return t('labels.chance.likely');
  return t(wrong >= 0.2 ? 'labels.chance.perhaps' : 'labels.chance.hardly');
}

/** The same as a number, and what it is a chance of. */
export const chanceWords = (given: string, wrong: number): string =>
  t('labels.chance.wrong', { name: given, chance: chance(wrong) });

/** What was decided, in a few words. */
export function decisionWords(
  decision: Decision,
  given: number,
  classes: readonly string[],
): string {
  if (decision.choice !== 'class') return t(`labels.decided.${decision.choice}`);
  const name = nameOfClass(classes, decision.class);
  return t(decision.class === given ? 'labels.decided.kept' : 'labels.decided.changed', { name });
}

/** How a decision is marked: by shape and colour. */
export type DecisionMark = 'changed' | 'kept' | 'remove' | 'unsure';
export const markOf = (decision: Decision, given: number): DecisionMark =>
  decision.choice !== 'class' ? decision.choice : decision.class === given ? 'kept' : 'changed';

const number = (value: number): string => String(Number(significant(value, 3).replaceAll(',', '')));

/** A value that a suspect's neighbours do not have; of a column of kinds only the kind that the suspect is of. */
export function unusualWords(
  { column, value, usual }: SuspectDetail['unusual'][number],
  columns: readonly string[],
): string[] {
  const name = cellName(columns, column);
  const whole = columns[column] ?? name;
  if (whole === name) {
    return [t('labels.suspect.unusual', { name, value: number(value), usual: number(usual) })];
  }
  return value > 0
    ? [t('labels.suspect.unusualKind', { name: whole, share: wholePercent(usual) })]
    : [];
}
