/** Which columns of a table are labels, and which are left out. */
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import type { ReadingConfig } from '../contract/config/data-schema.ts';
import { InputError } from '../contract/words/errors.ts';
import { MOST_CLASSES } from './dataset.ts';
import { withoutBlanks } from './formats/table.ts';
import type { Column, Table } from './formats/table.ts';
import { tellTheSame, mayBeId, whyNoFeature } from './table-leaks.ts';
import type { Reason } from './table-leaks.ts';
import { isIdNamed, likelihood, nameWords, roleNamed } from './table-names.ts';
import type { NamedRole } from './table-names.ts';
import { pixelLabels } from './table-pixels.ts';

/** What each column is for. */
export interface Roles {
  /** Name of the column with the labels as given. */
  labels: string;
  /** Name of the column with the true labels; null where there is none. */
  truth: string | null;
  /** Names of the columns that a network reads. */
  features: string[];
  inferred: Phrase[];
}

/** Usual names, in lower case, the likelier first. */
export const GIVEN = ['given_label', 'noisy_label', 'noisy_labels', 'given_labels'];
export const TRUTH = ['true_label', 'true_labels', 'clean_label', 'clean_labels'];
export const LABEL = ['label', 'labels', 'class', 'target', 'y', 'category', 'classes'];

/**
 * Chooses by the reading's names, then by usual names, then the only column that can be labels.
 * @throws InputError where a named column is not there, nothing can be labels, or several columns can
 */
export function rolesOf(table: Table, reading: ReadingConfig, where: string): Roles {
  const inferred: Phrase[] = [];
  const named = (name: string) => (name ? columnNamed(table, name, where) : null);
  const askedTruth = named(reading.truth);
  const labels = named(reading.labels) ?? labelsOf(table, askedTruth, where);
  const truth = askedTruth ?? truthOf(table, labels);
  if (!reading.labels) inferred.push(note('labelsIn', { name: labels.name }));
  if (truth && !reading.truth) inferred.push(note('trueIn', { name: truth.name }));
  const others = table.columns.filter((column) => column !== labels && column !== truth);
  const why = new Map(
    others.map((column) => [column, whyLeftOut(withoutBlanks(column), labels, truth, table.rows)]),
  );
  const free = others.filter((column) => !why.get(column));
  // Where nothing else is left, they are what there is to learn from.
  const features = free.length > 0 ? free : others.filter((column) => why.get(column)!.byValues);
  for (const [column, reason] of why) {
    if (!reason) continue;
    inferred.push((features.includes(column) && reason.used) || reason.left);
  }
  const ids = features
    .filter((column) => isIdNamed(column.name) || mayBeId(column, table.rows))
    .map(({ name }) => `"${name}"`);
  if (ids.length > 0) {
    inferred.push(note('mayBeIds', { names: ids }));
  }
  if (features.length === 0) {
    const left = others.map(({ name }) => `"${name}"`);
    throw new InputError(left.length > 0 ? 'table.noFeaturesLeft' : 'table.noFeatures', {
      where,
      left,
    });
  }
  return {
    labels: labels.name,
    truth: truth?.name ?? null,
    features: features.map(({ name }) => name),
    inferred,
  };
}

function whyLeftOut(
  column: Column,
  labels: Column,
  truth: Column | null,
  rows: number,
): Reason | null {
  const why = whyNoFeature(column, rows);
  if (why) return why;
  if (likelihood(column.name) === 2 && mayBeLabel(column)) {
    return { left: note('leftLabels', { column: column.name }), used: null, byValues: false };
  }
  const same = [labels, truth].find((other) => other && tellTheSame(column, other, rows));
  if (!same) return null;
  const values = { column: column.name, labels: same.name };
  return { left: note('leftCopy', values), used: note('usedCopy', values), byValues: true };
}

/** @throws InputError where none can be, or several can */
function labelsOf(table: Table, truth: Column | null, where: string): Column {
  const free = table.columns.filter((column) => column !== truth);
  // What is called a label is one, even where it is of a single class: that is told then.
  const called = (role: NamedRole) =>
    free.filter(
      (column) =>
        roleNamed(column.name) === role && (/label/i.test(column.name) || mayBeLabel(column)),
    );
  const given = called('given');
  if (given.length > 0) return onlyOne(given, where);
  const likely = ([2, 1] as const)
    .map((sure) =>
      free.filter(
        ({ name, ...column }) =>
          likelihood(name) === sure &&
          (/label|class/i.test(name) || mayBeLabel({ name, ...column } as Column)),
      ),
    )
    .find((columns) => columns.length > 0);
  if (likely) return onlyOne(distinct(likely, table.rows), where);
  const true_ = called('truth');
  if (true_.length > 0) return onlyOne(true_, where);
  const pixels = pixelLabels(table);
  if (pixels) return pixels;
  const possible = free.filter(
    (column) =>
      mayBeLabel(column) && !mayBeId(column, table.rows) && !isKnownOther(column, table.rows),
  );
  // Votes and marks are labels only where there is nothing else.
  const plain = possible.filter(
    ({ name }) => roleNamed(name) !== 'about' || nameWords(name)[0] === 'label',
  );
  return onlyOne(distinct(plain.length > 0 ? plain : possible, table.rows), where);
}

/** Whether a column is an index, an id and the like; votes may well be the labels. */
const isKnownOther = (column: Column, rows: number): boolean =>
  roleNamed(column.name) !== 'about' && whyNoFeature(withoutBlanks(column), rows) !== null;

/** Of columns that tell the same, the first. */
const distinct = (columns: readonly Column[], rows: number): Column[] =>
  columns.filter(
    (column, i) => !columns.slice(0, i).some((other) => tellTheSame(column, other, rows)),
  );

function onlyOne(columns: readonly Column[], where: string): Column {
  if (columns.length === 1) return columns[0]!;
  if (columns.length === 0) {
    throw new InputError('table.noLabels', {
      where,
      most: MOST_CLASSES,
      field: { path: 'data.reading.labels' },
    });
  }
  throw new InputError('table.severalLabels', {
    where,
    names: columns.map(({ name }) => `"${name}"`),
    field: { path: 'data.reading.labels' },
  });
}

/** The true labels beside given ones: by name, or what is plainly called labels. */
function truthOf(table: Table, labels: Column): Column | null {
  const called = (role: NamedRole) =>
    table.columns.filter(
      (column) =>
        column !== labels && roleNamed(column.name) === role && shareKinds(column, labels),
    );
  const [byName] = called('truth');
  if (byName) return byName;
  if (roleNamed(labels.name) !== 'given') return null;
  return called('label').sort((a, b) => likelihood(b.name) - likelihood(a.name))[0] ?? null;
}

/** Whether columns have a value in common, as the same labels given twice must. */
function shareKinds(a: Column, b: Column): boolean {
  if (a.kind !== b.kind) return false;
  const of = (column: Column): Iterable<number | string> =>
    column.kind === 'words' ? column.words : column.values;
  const known = new Set<number | string>(of(a));
  for (const value of of(b)) if (known.has(value)) return true;
  return false;
}

/** @throws InputError listing the columns where it is not there */
export function columnNamed({ columns }: Table, name: string, where: string): Column {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  throw new InputError('table.noColumn', {
    where,
    name,
    names: columns.map((column) => `"${column.name}"`),
  });
}

/** Words, or whole numbers, of 2 to 256 kinds. */
export function mayBeLabel(column: Column): boolean {
  if (column.kind === 'words')
    return column.words.length > 1 && column.words.length <= MOST_CLASSES;
  const kinds = new Set<number>();
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value) || kinds.size > MOST_CLASSES) return false;
    kinds.add(value);
  }
  return kinds.size > 1 && kinds.size <= MOST_CLASSES;
}
