import { join } from 'node:path';
import { InputError } from '../../contract/words/errors.ts';
import { openTree } from '../../data/tree/open.ts';
import { sampleName } from '../../data/index.ts';
import { makeFolder, writeWhole } from '../../disk/write.ts';
import type { DecidedLabels } from '../decided.ts';
import { pictureNames } from '../file-names.ts';
import type { LabelFormat } from '../label-format.ts';
import { isPicture, pngOf, valuesAt } from '../pixels.ts';
import { dataAtHand, wholeLabels } from '../whole-labels.ts';
import type { WholeLabels } from '../whole-labels.ts';

/**
 * A folder for each class with copies of its pictures, as the lab and other programs read them: of the
 * whole training part, removed samples left out. Pictures that lie in arrays become PNG files.
 */
export const labelsSorted: LabelFormat = {
  id: 'sorted',
  extension: null,
  async write(path, labels) {
    const whole = wholeLabels(labels);
    const { dataset } = whole;
    const areFiles = dataset.format.code === 'data.formats.pictures';
    if (!areFiles && !(isPicture(dataset.shape) && dataset.train.values instanceof Uint8Array)) {
      throw new InputError('audit.noPictures', { where: labels.run });
    }
    const ids = Array.from(whole.classes, (_, place) => sampleName(dataset, place));
    const files = pictureNames(
      areFiles ? ids : ids.map((id) => `${id}.png`),
      Array.from(whole.classes, (label) => labels.audit.classes[label] ?? null),
      labels.audit.classes,
    );
    if (areFiles) await copyFiles(path, labels, ids, files);
    else writePixels(path, whole, files);
  },
};

/** Copies pictures out of their folder or archive. @param files where each goes; null for nowhere */
async function copyFiles(
  folder: string,
  labels: DecidedLabels,
  ids: readonly string[],
  files: readonly (string | null)[],
): Promise<void> {
  const goal = new Map(ids.map((id, i) => [id, files[i]!]));
  const { source } = dataAtHand(labels).config.data;
  const tree = await openTree(source);
  makeFolder(folder);
  const left = new Set(ids.filter((id) => goal.get(id) !== null));
  await tree.visit(
    ({ path }) => left.has(path),
    ({ path }, bytes) => {
      writePicture(folder, goal.get(path)!, bytes);
      left.delete(path);
    },
    {},
  );
  const [gone] = left;
  if (gone !== undefined) throw new InputError('audit.pictureGone', { where: source, file: gone });
}

function writePixels(
  folder: string,
  { dataset: { train, shape } }: WholeLabels,
  files: readonly (string | null)[],
): void {
  makeFolder(folder);
  files.forEach((file, place) => {
    if (file === null) return;
    writePicture(folder, file, pngOf(valuesAt(train, shape, place) as Uint8Array, shape));
  });
}

function writePicture(folder: string, file: string, bytes: Uint8Array): void {
  const path = join(folder, file);
  makeFolder(join(path, '..'));
  // They can be made again; a wait for the disk at each would take minutes.
  writeWhole(path, bytes, false);
}
