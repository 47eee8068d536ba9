/** The parts of an audit: their samples on disk, labels and what was found of each. */
import type { AuditedPart } from '../contract/messages/labels.ts';
import { testPart } from '../data/index.ts';
import type { Samples } from '../data/index.ts';
import { pick } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';
import type { Found } from '../labels/audit.ts';
import type { RunAudit } from './audit-run.ts';
import type { AuditRow } from './table.ts';

/** One audited part. */
export interface PartOf {
  part: AuditedPart;
  /** In the order of the part. */
  rows: AuditRow[];
  /** The same, the likeliest wrong first. */
  ranked: AuditRow[];
  found: Found;
  /** The true labels, for display; null where they are not known. */
  truth: Labels | null;
  /** Where its samples lie on disk; null where the data are not at hand. */
  samples: { of: Samples; places: Uint32Array } | null;
}

/** The parts of an audit that have samples, training samples first. */
export function auditedParts(audit: RunAudit): PartOf[] {
  const unseen = [...audit.found.unseen];
  return (['train', 'holdout', 'test'] as const).flatMap((part) => {
    const rows = audit.rows.filter((row) => row.part === part);
    if (rows.length === 0) return [];
    const found = part === 'train' ? audit.found.train : unseen.shift()!;
    const ranked = rows.toSorted((a, b) => b.probability - a.probability || a.index - b.index);
    return [{ part, rows, ranked, found, ...onDisk(audit, part) }];
  });
}

function onDisk(
  { prepared, truth }: RunAudit,
  part: AuditedPart,
): Pick<PartOf, 'truth' | 'samples'> {
  if (!prepared) return { truth: part === 'train' ? truth : null, samples: null };
  const { dataset, split } = prepared;
  const places = split[part];
  if (part !== 'test') {
    return { truth: prepared[part].truth, samples: { of: dataset.train, places } };
  }
  const of = testPart(dataset);
  return { truth: of.truth && pick(of.truth, places), samples: { of, places } };
}
