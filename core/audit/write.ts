/** Writes audited labels to files, and those of a whole data set to a folder. */
import { extname, join } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import type { Language } from '../contract/words/texts.ts';
import { csvOf } from '../csv/write.ts';
import { sampleName } from '../data/index.ts';
import { makeFolder, writeWhole } from '../disk/write.ts';
import type { Review } from '../review/review.ts';
import { runName, readRunConfig } from '../run-folder/stored.ts';
import type { RunAudit } from './audit-run.ts';
import { reviewedLabels } from './decided.ts';
import type { DecidedLabels } from './decided.ts';
import { LABEL_FORMATS } from './formats/index.ts';
import type { LabelFormat } from './label-format.ts';
import { wholeLabels } from './whole-labels.ts';

/** The audited labels of a run with all that people decided about them. */
export const labelsOfRun = (run: string, audit: RunAudit, review: Review): DecidedLabels =>
  reviewedLabels(run, runName(readRunConfig(run)), audit, review);

/** The format that the ending of a path names. @throws InputError where none ends so */
export function labelFormatOf(path: string): LabelFormat {
  const ending = extname(path).slice(1).toLowerCase();
  const found = LABEL_FORMATS.all.find(({ extension }) => extension === ending);
  if (found) return found;
  const endings = LABEL_FORMATS.all.flatMap(({ extension }) =>
    extension ? [`.${extension}`] : [],
  );
  throw new InputError('audit.format', { path, endings: [...new Set(endings)] });
}

/**
 * Writes labels in a format.
 * @throws InputError where there is no such format, or the data are not at hand that it needs, DiskError
 */
export async function writeLabels(
  format: string,
  path: string,
  labels: DecidedLabels,
  language: Language = 'en',
): Promise<void> {
  await LABEL_FORMATS.of(format).write(path, labels, language);
}

/**
 * Writes the labels of the whole training part of the data set as CSV, which is read again as given labels;
 * those of removed samples are empty.
 * @param folder an empty one, or one that is made
 * @returns the path of the file
 * @throws InputError where the data are not at hand, DiskError
 */
export function exportLabels(folder: string, labels: DecidedLabels): string {
  const { dataset, classes } = wholeLabels(labels);
  const names = labels.audit.classes;
  const path = join(folder, 'labels.csv');
  const cells = Array.from(classes, (label, place) => [
    sampleName(dataset, place),
    names[label] ?? null,
  ]);
  makeFolder(folder);
  writeWhole(path, csvOf([dataset.ids ? 'id' : 'index', 'label'], cells));
  return path;
}
