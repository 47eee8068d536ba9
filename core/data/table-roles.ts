/** Which columns of a table are labels, and which are left out. */
import type { ReadingConfig } from '../config/data-schema.ts';
import { InputError } from '../errors.ts';
import { MOST_CLASSES } from './dataset.ts';
import type { Column, Table } from './formats/table.ts';

/** What each column is for. */
export interface Roles {
  /** Name of the column with the labels as given. */
  labels: string;
  /** Name of the column with the true labels; null where there is none. */
  truth: string | null;
  /** Names of the columns that a network reads. */
  features: string[];
  inferred: string[];
}

/** Usual names, in lower case, the likelier first. */
export const GIVEN = ['given_label', 'noisy_label', 'noisy_labels', 'given_labels'];
export const TRUTH = ['true_label', 'true_labels', 'clean_label', 'clean_labels'];
export const LABEL = ['label', 'labels', 'class', 'target', 'y', 'category', 'classes'];
/** A column of words with more different ones is a name or a text, not a kind. */
const MOST_KINDS = 64;

/**
 * Chooses by the reading's names, then by usual names, then the last column that can be one.
 * @throws InputError where a named column is not there, or nothing can be a label
 */
export function rolesOf(table: Table, reading: ReadingConfig, where: string): Roles {
  const inferred: string[] = [];
  const named = (name: string) => columnNamed(table, name, where);
  const usual = (names: readonly string[]) =>
    names
      .map((name) => table.columns.find((column) => column.name.toLowerCase() === name))
      // What is called a label is one, even where it is of a single class: that is told then.
      .find((column) => column && (/label|class/i.test(column.name) || mayBeLabel(column)));
  const truth = reading.truth ? named(reading.truth) : usual(TRUTH);
  const labels = reading.labels
    ? named(reading.labels)
    : (usual(GIVEN) ?? usual(LABEL) ?? [...table.columns].reverse().find(isLastResort(truth)));
  if (!labels) {
    throw new InputError(
      `${where} has no column that could be labels (2 to ${MOST_CLASSES} classes); name it with data.reading.labels.`,
    );
  }
  if (!reading.labels) inferred.push(`Labels are in column "${labels.name}".`);
  if (truth && !reading.truth) inferred.push(`True labels are in column "${truth.name}".`);
  const features = table.columns.filter((column) => {
    if (column === labels || column === truth) return false;
    const why = leftOut(column);
    if (why) inferred.push(`Column "${column.name}" was left out: ${why}.`);
    return !why;
  });
  if (features.length === 0) {
    throw new InputError(
      `${where} has no columns besides its labels that a network can read; choose another file.`,
    );
  }
  return {
    labels: labels.name,
    truth: truth?.name ?? null,
    features: features.map(({ name }) => name),
    inferred,
  };
}

/** @throws InputError listing the columns where it is not there */
export function columnNamed({ columns }: Table, name: string, where: string): Column {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  const names = columns.slice(0, 12).map((column) => `"${column.name}"`);
  throw new InputError(
    `${where} has no column "${name}"; there are ${names.join(', ')}${columns.length > 12 ? ' and more' : ''}.`,
  );
}

const isLastResort = (truth: Column | undefined) => (column: Column) =>
  column !== truth && mayBeLabel(column);

/** Words, or whole numbers, of 2 to 256 kinds. */
function mayBeLabel(column: Column): boolean {
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

/** Why a column is no feature; null where it is one. */
function leftOut(column: Column): string | null {
  if (column.kind === 'words') {
    if (column.words.length === 0) return 'it is empty';
    return column.words.length > MOST_KINDS
      ? `it has ${column.words.length.toLocaleString('en')} different texts`
      : null;
  }
  const { name, values } = column;
  if (values.every((value) => Number.isNaN(value))) return 'it is empty';
  const mayCount = name === '' || /^(unnamed: 0|index|id|row|row_?id)$/i.test(name);
  const counts = mayCount && values.every((value, i) => i === 0 || value === values[i - 1]! + 1);
  return counts ? 'it counts the rows' : null;
}
