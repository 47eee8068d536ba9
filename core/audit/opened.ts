/** An audit that is open in the window, with its review. */
import { CHANCE_BINS } from '../contract/messages/labels.ts';
import type {
  AuditView,
  Decision,
  PartAudit,
  ReviewCounts,
  SamplePlace,
} from '../contract/messages/labels.ts';
import { InputError } from '../contract/words/errors.ts';
import { meanOf } from '../labels/model.ts';
import type { Review } from '../review/review.ts';
import { checkWhole } from '../run-folder/check.ts';
import type { CheckedRun } from '../run-folder/check.ts';
import { runName } from '../run-folder/stored.ts';
import { verdictOf } from '../run-folder/verdict.ts';
import type { RunAudit } from './audit-run.ts';
import { reviewedLabels } from './decided.ts';
import type { DecidedLabels } from './decided.ts';
import { pairsOf } from './pairs.ts';
import { auditedParts } from './parts.ts';
import type { PartOf } from './parts.ts';
import { thoroughSeconds } from './thorough.ts';
import type { AuditRow } from './table.ts';

/** Everything that the window asks about. */
export class OpenedAudit {
  readonly parts: readonly PartOf[];
  readonly checked: CheckedRun;

  constructor(
    readonly run: string,
    readonly id: string,
    readonly audit: RunAudit,
    readonly review: Review,
  ) {
    this.checked = checkWhole(run);
    this.parts = auditedParts(audit);
  }

  /** The labels with what was decided about them. */
  decided(): DecidedLabels {
    return reviewedLabels(this.run, runName(this.checked.stored), this.audit, this.review);
  }

  /** One part. @throws InputError where it was not audited */
  part(name: SamplePlace['part']): PartOf {
    const found = this.parts.find(({ part }) => part === name);
    if (found) return found;
    throw this.noSample(name);
  }

  /** One sample's row. @throws InputError where there is none */
  row({ part, index }: SamplePlace): AuditRow {
    const row = this.part(part).rows[index];
    if (row) return row;
    throw this.noSample(part);
  }

  private noSample(part: SamplePlace['part']): InputError {
    const name = runName(this.checked.stored);
    return new InputError('audit.noSample', { name, part: { code: `cli.part.${part}` } });
  }

  /** Accepts what each of some samples likely is; all of it is undone at once. */
  accept(reviewer: string, rows: readonly AuditRow[]): void {
    this.review.decide(
      reviewer,
      rows.map(({ part, index, suggested }) => ({
        sample: { part, index },
        decision: { choice: 'class', class: suggested },
      })),
    );
  }

  /** How far the review has come. */
  counts(): ReviewCounts {
    const { review } = this;
    const counts = { looked: 0, changed: 0, removed: 0, unsure: 0, disputed: 0 };
    for (const place of review.reviewed()) {
      const row = this.part(place.part).rows[place.index];
      if (!row) continue;
      counts.looked++;
      if (review.isDisputed(place)) counts.disputed++;
      const decision = review.decisionOf(place);
      if (decision?.choice === 'remove') counts.removed++;
      if (decision?.choice === 'unsure') counts.unsure++;
      if (isChange(decision, row)) counts.changed++;
    }
    const reviewers = review.reviewers();
    const undoable = reviewers.some((name) => review.isUndoable(name));
    return { ...counts, undoable, reviewers };
  }

  /** All that is told at first. @param retrained ids of runs that were trained on corrected labels */
  view(retrained: string[]): AuditView {
    const { audit, checked } = this;
    const { found, classes, prepared } = audit;
    const verdict = verdictOf(this.run, checked)!;
    const { truth, rows } = this.parts[0]!;
    const wrong = truth && rows.map((row, i) => Number(truth[i] !== row.given));
    return {
      id: this.id,
      name: runName(checked.stored),
      classes,
      shape: checked.stored.shape,
      columns: checked.stored.columns ?? [],
      rate: found.noiseRate,
      realRate: wrong && meanOf(wrong),
      accuracy: found.accuracy,
      weak: audit.weak,
      method: audit.method,
      notes: audit.notes,
      parts: this.parts.map((part) => partView(part, audit)),
      stop: verdict.epoch,
      end: verdict.high,
      thoroughSeconds: prepared && thoroughSeconds(checked, verdict),
      review: this.counts(),
      retrained,
    };
  }
}

/** Whether a decision changes what a run is trained on. */
function isChange(decision: Decision | null, row: AuditRow): boolean {
  if (decision?.choice === 'class') return decision.class !== row.given;
  return decision?.choice === 'remove';
}

function partView(part: PartOf, audit: RunAudit): PartAudit {
  const { rows, truth } = part;
  const bins = new Array<number>(CHANCE_BINS).fill(0);
  const wrong = new Array<number>(CHANCE_BINS).fill(0);
  const counts = { flagged: 0, right: 0, disagreeing: 0, outliers: 0 };
  rows.forEach((row, i) => {
    const bin = Math.min(CHANCE_BINS - 1, Math.floor(row.probability * CHANCE_BINS));
    bins[bin]!++;
    wrong[bin]! += row.probability;
    if (row.disagreeing) counts.disagreeing++;
    if (row.outlier) counts.outliers++;
    if (!row.flagged) return;
    counts.flagged++;
    if (truth && truth[i] !== row.given) counts.right++;
  });
  const { flagged, disagreeing, outliers } = counts;
  return {
    part: part.part,
    samples: rows.length,
    ...{ flagged, bins, wrong, disagreeing, outliers },
    pairs: pairsOf(part, audit.classes.length, audit.found.noiseRate),
    precision: truth && flagged > 0 ? counts.right / flagged : null,
  };
}
