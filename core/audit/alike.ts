/** Which samples of an audited run look the same as others, or like none. */
import { firstsOf } from '../data/index.ts';
import type { Labels } from '../data/labels.ts';
import { alikeOf, disagreeingCopies } from '../labels/alike.ts';
import type { Alike } from '../labels/alike.ts';
import type { AuditedPart } from '../contract/messages/labels.ts';
import type { Prepared } from '../training/prepare.ts';
import type { PartNeighbours } from './look.ts';

/** The given labels of each part that is audited. */
export type GivenByPart = Partial<Record<AuditedPart, Labels>> & { train: Labels };

/**
 * Marks the samples of each part by their neighbours, and those of training part and hold-out also by exact
 * copies of each other.
 * @param neighbours null where none are known
 * @param prepared null where the data are not at hand
 */
export async function alikeIn(
  given: GivenByPart,
  neighbours: PartNeighbours | null,
  prepared: Prepared | null,
): Promise<Record<AuditedPart, Alike>> {
  const of = (part: AuditedPart): Alike => {
    const labels = given[part] ?? new Uint8Array();
    const near = neighbours?.[part];
    if (near) return alikeOf(near, labels, given.train);
    return { disagreeing: new Uint8Array(labels.length), outlier: new Uint8Array(labels.length) };
  };
  const found = { train: of('train'), holdout: of('holdout'), test: of('test') };
  if (!prepared) return found;
  const firsts = await firstsOf(prepared.dataset);
  const { train, holdout } = prepared.split;
  const copies = [...train, ...holdout].map((place) => firsts[place]!);
  const labels = [...given.train, ...(given.holdout ?? [])];
  const differing = disagreeingCopies(Int32Array.from(copies), Uint16Array.from(labels));
  differing.forEach((mark, i) => {
    if (mark === 0) return;
    if (i < train.length) found.train.disagreeing[i] = 1;
    else found.holdout.disagreeing[i - train.length] = 1;
  });
  return found;
}
