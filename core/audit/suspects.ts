/** Pages of labels that may be wrong, the likeliest first. */
import type { Suspect, SuspectFilter } from '../contract/messages/labels.ts';
import type { SampleView } from '../contract/messages/records.ts';
import { valuesPerSample } from '../data/index.ts';
import { sampleView } from '../run-folder/sample-view.ts';
import type { OpenedAudit } from './opened.ts';
import type { PartOf } from './parts.ts';
import type { AuditRow } from './table.ts';

/** All rows that a filter lets through, the likeliest wrong first. */
export function filtered(opened: OpenedAudit, filter: SuspectFilter): AuditRow[] {
  const { ranked } = opened.part(filter.part);
  const { given, likely, above } = filter;
  const says = searcher(opened, filter.search);
  const shows = shower(opened, filter.show);
  return ranked.filter(
    (row) =>
      row.probability >= above &&
      (given === null || row.given === given) &&
      (likely === null || row.suggested === likely) &&
      shows(row) &&
      says(row),
  );
}

function shower({ review }: OpenedAudit, show: SuspectFilter['show']): (row: AuditRow) => boolean {
  switch (show) {
    case 'open':
      return (row) => review.decisionsOf(row).length === 0 || review.isDisputed(row);
    case 'decided':
      return (row) => review.decisionsOf(row).length > 0;
    case 'disputed':
      return (row) => review.isDisputed(row);
    case 'disagreeing':
      return (row) => row.disagreeing;
    case 'outliers':
      return (row) => row.outlier;
    default:
      return () => true;
  }
}

function searcher({ audit }: OpenedAudit, search: string): (row: AuditRow) => boolean {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return () => true;
  const named = audit.classes.map((name) => name.toLowerCase().includes(wanted));
  return (row) =>
    named[row.given]! || named[row.suggested]! || row.id.toLowerCase().includes(wanted);
}

/** A page of them, and of how many of all the likely class is expected to be the true one. */
export function suspectPage(
  opened: OpenedAudit,
  filter: SuspectFilter,
  from: number,
  count: number,
): { total: number; right: number; suspects: Suspect[] } {
  const rows = filtered(opened, filter);
  const part = opened.part(filter.part);
  const suspects = rows
    .slice(from, from + count)
    .map((row) => suspectOf(opened, row, sampleOf(opened, part, row.index)));
  const right = rows.reduce((sum, row) => sum + row.suggestedProbability, 0);
  return { total: rows.length, right, suspects };
}

function suspectOf({ review }: OpenedAudit, row: AuditRow, sample: SampleView | null): Suspect {
  const decision = review.decisionOf(row);
  return {
    ...{ part: row.part, index: row.index, id: row.id, given: row.given },
    chance: row.probability,
    likely: row.suggested,
    likelyChance: row.suggestedProbability,
    flagged: row.flagged,
    decision,
    others: review
      .decisionsOf(row)
      .filter((made) => JSON.stringify(made.decision) !== JSON.stringify(decision)),
    sample,
  };
}

/** One sample of a part as the window draws it; null where the data are not at hand. */
export function sampleOf(
  { audit }: OpenedAudit,
  { samples, truth, rows }: PartOf,
  index: number,
): SampleView | null {
  const { prepared } = audit;
  if (!samples || !prepared) return null;
  const size = valuesPerSample(prepared.dataset.shape);
  const place = samples.places[index]!;
  return sampleView(
    samples.of.values.subarray(place * size, (place + 1) * size),
    prepared.scaling,
    {
      index: place,
      given: rows[index]!.given,
      truth: truth ? truth[index]! : null,
    },
  );
}
