/** Tables of audits, read again as given labels. */
import { note } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import { sampleName } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import type { NdArray } from './formats/arrays.ts';
import type { Joined } from './label-join.ts';

/** Columns that together no other table has. */
const COLUMNS = ['part', 'index', 'id', 'given', 'suggested', 'flagged', 'label'];

/** Whether columns are those of an audit, whose `label` is the class after a person's decisions. */
export const isAuditTable = (fields: ReadonlyMap<string, NdArray>): boolean =>
  COLUMNS.every((name) => fields.has(name));

/**
 * Joins the lines of an audit to samples by `id`. Test samples are left out: their ids may be those of
 * training samples, and their labels are what a run is scored by.
 * @param where the file, for errors
 * @throws InputError where its samples are not those of the data set
 */
export function joinAudited(
  fields: ReadonlyMap<string, NdArray>,
  dataset: Dataset,
  where: string,
): Joined {
  const texts = (name: string) =>
    Array.from(fields.get(name)!.values as ArrayLike<number | string>, String);
  const [parts, ids] = [texts('part'), texts('id')];
  const line = new Map<string, number>();
  ids.forEach((id, i) => {
    if (parts[i] !== 'test') line.set(id, i);
  });
  const count = dataset.train.labels.length;
  const lines = Int32Array.from(
    { length: count },
    (_, place) => line.get(sampleName(dataset, place)) ?? -1,
  );
  const n = lines.reduce((sum, at) => sum + (at < 0 ? 0 : 1), 0);
  if (n < line.size) {
    throw new InputError('labelsFile.otherAudit', { where, n, of: line.size, name: dataset.name });
  }
  return { lines, inferred: [note('joined', { column: 'id', n, all: count })] };
}
