import { writeWhole } from '../../disk/write.ts';
import { toNpy } from '../../run-folder/npz.ts';
import { reviewed } from '../decided.ts';
import type { DecidedLabels } from '../decided.ts';
import type { LabelFormat } from '../label-format.ts';
import { onDisk, wholeLabels } from '../whole-labels.ts';

/**
 * The chance of each class to be the true one: samples x classes, in the order of the data set's training
 * part on disk. What a person decided about and what was not audited is certain; a removed sample has zeros.
 */
export const labelsSoft: LabelFormat = {
  id: 'soft',
  extension: 'npy',
  write(path, labels) {
    const { length } = labels.audit.classes;
    const whole = wholeLabels(labels);
    const rows = onDisk(whole, (place) => place);
    const out = new Float32Array(rows.length * length);
    rows.forEach((place, at) => {
      const label = place === undefined ? -1 : whole.classes[place]!;
      if (label < 0) return;
      const chances = chancesOf(labels, whole.rows[place!]!);
      if (chances) out.set(chances, at * length);
      else out[at * length + label] = 1;
    });
    writeWhole(path, toNpy(out, [rows.length, length]));
  },
};

/** What is believed of an audited sample; null where a person decided, or nothing is known. */
function chancesOf(labels: DecidedLabels, at: number): Float32Array | null {
  const { audit } = labels;
  const row = audit.rows[at];
  if (!row || reviewed(row, labels)?.choice === 'class') return null;
  const found = row.part === 'train' ? audit.found.train : audit.found.unseen[0]!;
  const { length } = audit.classes;
  return found.probabilities.subarray(row.index * length, (row.index + 1) * length);
}
