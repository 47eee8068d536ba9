/** The labels of the whole training part of a data set, after an audit and its review. */
import { InputError } from '../contract/words/errors.ts';
import type { Dataset } from '../data/index.ts';
import { decidedClass } from './decided.ts';
import type { DecidedLabels } from './decided.ts';
import type { Prepared } from '../training/prepare.ts';

/** Stands for the class of a sample that is taken out. */
export const REMOVED = -1;

/** Labels of the training part of a data set. */
export interface WholeLabels {
  dataset: Dataset;
  /** By place; `REMOVED` where one is taken out. */
  classes: Int32Array;
  /** The audited sample at each place, as its place among the rows of the audit; -1 where there is none. */
  rows: Int32Array;
}

/**
 * Samples that the run did not take keep the labels that are on disk.
 * @throws InputError where the data are not at hand
 */
export function wholeLabels(labels: DecidedLabels): WholeLabels {
  const { dataset, split, corrections } = dataAtHand(labels);
  const classes = Int32Array.from(
    dataset.train.labels,
    (label, place) => corrections.classes.get(place) ?? label,
  );
  const rows = new Int32Array(classes.length).fill(-1);
  labels.audit.rows.forEach((row, i) => {
    // The labels of test samples are never changed: they are what a run is scored by.
    if (row.part === 'test') return;
    const place = split[row.part][row.index]!;
    classes[place] = decidedClass(row, labels) ?? REMOVED;
    rows[place] = i;
  });
  return { dataset, classes, rows };
}

/** The data of an audited run. @throws InputError where they are not at hand */
export function dataAtHand({ run, audit: { prepared } }: DecidedLabels): Prepared {
  if (prepared) return prepared;
  throw new InputError('audit.noData', { where: run });
}

/**
 * Values of samples in the order of the data set's training part on disk, whose rows that were left out
 * while reading have none.
 * @param of the value at a place of the training part; undefined where it is left out
 */
export function onDisk<T>({ dataset }: WholeLabels, of: (place?: number) => T): T[] {
  const { places, train } = dataset;
  if (!places) return Array.from(train.labels, (_, place) => of(place));
  const at = new Map(Array.from(places.at, (on, place) => [on, place]));
  return Array.from({ length: places.of }, (_, on) => of(at.get(on)));
}
