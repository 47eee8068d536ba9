/** Audited labels with what people decided about them. */
import type { Decision } from '../contract/messages/labels.ts';
import type { Labels } from '../data/labels.ts';
import { newLabels } from '../data/labels.ts';
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
  decisionOf: (row: Pick<AuditRow, 'part' | 'index'>) => Decision | null;
  /** Everyone's last decision about it, by name. */
  decisionsOf: (
    row: Pick<AuditRow, 'part' | 'index'>,
  ) => { reviewer: string; decision: Decision }[];
}

/** The class of a sample after all decisions: null where it is removed. */
export function decidedClass(row: AuditRow, { decisionOf }: DecidedLabels): number | null {
  const decision = decisionOf(row);
  if (decision?.choice === 'remove') return null;
  return decision?.choice === 'class' ? decision.class : row.given;
}

/** The rows of an audit that stay, and their labels after all decisions. */
export function decidedRows(labels: DecidedLabels): { rows: AuditRow[]; labels: Labels } {
  const { rows, classes } = labels.audit;
  const kept = rows.filter((row) => decidedClass(row, labels) !== null);
  const out = newLabels(kept.length, classes.length);
  kept.forEach((row, i) => (out[i] = decidedClass(row, labels)!));
  return { rows: kept, labels: out };
}
