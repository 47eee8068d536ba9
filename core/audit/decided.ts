/** Audited labels with what people decided about them. */
import type { Decision } from '../contract/messages/labels.ts';
import type { Review } from '../review/review.ts';
import type { RunAudit } from './audit-run.ts';
import type { AuditRow } from './table.ts';

/** An audited run and its review. */
export interface DecidedLabels {
  /** The run's folder. */
  run: string;
  /** The name of the experiment. */
  name: string;
  audit: RunAudit;
  /** What holds of a sample by now; null where nobody decided, or reviewers differ. */
  decisionOf: (row: AuditRow) => Decision | null;
  /** Everyone's last decision about it, by name. */
  decisionsOf: (row: AuditRow) => { reviewer: string; decision: Decision }[];
}

/** Labels that nobody has looked at. */
export const undecided = (run: string, name: string, audit: RunAudit): DecidedLabels => ({
  ...{ run, name, audit },
  decisionOf: () => null,
  decisionsOf: () => [],
});

/** Labels as a review has them. */
export const reviewedLabels = (
  run: string,
  name: string,
  audit: RunAudit,
  review: Review,
): DecidedLabels => ({
  ...{ run, name, audit },
  decisionOf: (row) => review.decisionOf(row),
  decisionsOf: (row) => review.decisionsOf(row),
});

/** The same, but where nobody decided each flagged label is taken as it is suggested. */
export const withSuggested = (labels: DecidedLabels): DecidedLabels => ({
  ...labels,
  decisionOf(row) {
    if (labels.decisionsOf(row).length > 0 || !row.flagged) return labels.decisionOf(row);
    return { choice: 'class', class: row.suggested };
  },
});

/** The class of a sample after all decisions: null where it is removed. */
export function decidedClass(row: AuditRow, { decisionOf }: DecidedLabels): number | null {
  const decision = decisionOf(row);
  if (decision?.choice === 'remove') return null;
  return decision?.choice === 'class' ? decision.class : row.given;
}

/** What people decided; null where nobody did, or they differ. */
export const reviewed = (row: AuditRow, labels: DecidedLabels): Decision | null =>
  labels.decisionsOf(row).length > 0 ? labels.decisionOf(row) : null;

/** What decisions are called in files. */
export const DECISION_WORDS = ['accepted', 'kept', 'changed', 'removed', 'unsure'] as const;
export type DecisionWord = (typeof DECISION_WORDS)[number];

/** A decision in a word: `accepted` is the suggested class, `kept` the given one, `changed` any other. */
export function decisionWord(row: AuditRow, decision: Decision): DecisionWord {
  if (decision.choice === 'remove') return 'removed';
  if (decision.choice === 'unsure') return 'unsure';
  if (decision.class === row.given) return 'kept';
  return decision.class === row.suggested ? 'accepted' : 'changed';
}
