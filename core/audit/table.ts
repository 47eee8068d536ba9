/** The table of an audit: a row a sample. */
import type { AuditedPart } from '../contract/messages/labels.ts';
import type { Labels } from '../data/labels.ts';
import type { Alike } from '../labels/alike.ts';
import type { Found } from '../labels/audit.ts';

/** One sample's label, judged. */
export interface AuditRow {
  part: AuditedPart;
  /** Its place in the part, as in `labels.npz`. */
  index: number;
  /** Its file, or its row in the data set. */
  id: string;
  /** Numbers of classes. */
  given: number;
  /** The chance that the given label is wrong. */
  probability: number;
  /** The likeliest class: where the label is flagged, the likeliest other one. */
  suggested: number;
  suggestedProbability: number;
  flagged: boolean;
  /** Whether another sample looks the same and is labelled otherwise. */
  disagreeing: boolean;
  /** Whether it is like no other. */
  outlier: boolean;
}

/** A label is flagged where it is likelier wrong than right. */
const FLAGGED = 0.5;

/**
 * The rows of one part.
 * @param idOf the name of the sample at a place of the part
 * @param alike what its neighbours show
 */
export function auditRows(
  part: AuditedPart,
  given: Labels,
  { wrong, probabilities }: Found,
  idOf: (index: number) => string,
  { disagreeing, outlier }: Alike,
): AuditRow[] {
  const classes = probabilities.length / Math.max(given.length, 1);
  return Array.from(given, (label, index) => {
    const probability = wrong[index]!;
    const flagged = probability > FLAGGED;
    const from = index * classes;
    let suggested = flagged && label === 0 ? 1 : 0;
    for (let c = 0; c < classes; c++) {
      const isBetter = probabilities[from + c]! > probabilities[from + suggested]!;
      if (isBetter && !(flagged && c === label)) suggested = c;
    }
    return {
      part,
      index,
      id: idOf(index),
      given: label,
      probability,
      suggested,
      suggestedProbability: probabilities[from + suggested]!,
      flagged,
      disagreeing: disagreeing[index] === 1,
      outlier: outlier[index] === 1,
    };
  });
}
