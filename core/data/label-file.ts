/** Given labels from a file of their own; the labels of the data set then are the true ones. */
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import { basename } from 'node:path';
import type { ReadingConfig } from '../contract/config/data-schema.ts';
import { InputError } from '../contract/words/errors.ts';
import type { LoadControl } from './control.ts';
import { valuesPerSample } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import type { NdArray } from './formats/arrays.ts';
import { isAuditTable, joinAudited } from './label-audit.ts';
import { readFields } from './label-fields.ts';
import { isKeyNamed, joinLines } from './label-join.ts';
import { newLabels, pick } from './labels.ts';
import { matchLabels } from './label-match.ts';
import { likelihood, roleNamed } from './table-names.ts';
import { openTree } from './tree/open.ts';

/** Fewer samples agree or differ by chance. */
const ENOUGH = 20;

/**
 * Gives a data set the labels of `reading.labelsFile`, where one is named. Lines are joined by a
 * column of file names, ids or places, else by order; samples without a label are left out.
 * @throws InputError where the file cannot be read, or does not fit the training part
 */
export async function withGivenLabels(
  dataset: Dataset,
  { labelsFile, labelsField }: ReadingConfig,
  control: LoadControl,
): Promise<Dataset> {
  if (labelsFile === '') return dataset;
  const tree = await openTree(labelsFile, control);
  const { path } = tree;
  const { arrays, inferred } = await readFields(tree, control);
  const isAudit = isAuditTable(arrays);
  const field = isAudit && labelsField === '' ? 'label' : chooseField(path, arrays, labelsField);
  const where = field === '' ? path : `${path}, ${field}`;
  const said = [...dataset.inferred, ...inferred];
  if (labelsField === '' && arrays.size > 1) {
    said.push(note('given', { field, file: basename(path) }));
  }
  const array = arrays.get(field)!;
  const matched = matchLabels(array, dataset, where);
  const others = new Map([...arrays].filter(([name]) => name !== field));
  const joined = isAudit
    ? joinAudited(arrays, dataset, where)
    : joinLines(others, matched.codes.length, dataset, where);
  said.push(...matched.inferred, ...joined.inferred);
  // Samples that were not audited keep their labels; of any other file they have none.
  const unnamed = (place: number) => (isAudit ? dataset.train.labels[place]! : -1);
  const given = joined.lines.map((line, place) => matched.codes[line] ?? unnamed(place));
  const kept = labelled(given, dataset, where, said);
  const truth = kept.train.truth ?? kept.train.labels;
  const labels = newLabels(kept.train.labels.length, kept.classes.length);
  labels.set(given.filter((label) => label >= 0));
  said.push(
    ...trueDoubts(others, joined.lines, given, dataset),
    ...chanceDoubt(labels, truth, kept.classes.length),
  );
  return { ...kept, inferred: said, train: { ...kept.train, labels, truth } };
}

/** The arrays or columns of a file of labels. @throws InputError where it cannot be read */
export async function labelFieldsOf(path: string, control: LoadControl): Promise<string[]> {
  const { arrays } = await readFields(await openTree(path, control), control);
  return [...arrays.keys()];
}

function chooseField(path: string, fields: ReadonlyMap<string, NdArray>, asked: string): string {
  const names = [...fields.keys()];
  if (asked !== '' && fields.has(asked)) return asked;
  const listed = names.map((name) => name || '(one array)').join(', ');
  if (asked !== '') {
    throw new InputError('labelsFile.noField', {
      where: path,
      asked,
      listed,
      field: { path: 'data.reading.labelsField' },
    });
  }
  const given = names.filter((name) => roleNamed(name) === 'given');
  if (given.length === 1) return given[0]!;
  const free = names.filter((name) => !isKeyNamed(name) && roleNamed(name) !== 'truth');
  const labels = free.filter((name) => likelihood(name) === 2);
  const possible =
    names.length === 1 ? names : given.length > 1 ? given : labels.length === 1 ? labels : free;
  if (possible.length === 1) return possible[0]!;
  const lone = namelessLabels(names, fields);
  if (lone !== null) return lone;
  throw new InputError('labelsFile.whichField', {
    where: path,
    listed,
    field: { path: 'data.reading.labelsField' },
  });
}

/** Of two columns without names, the one whose values come again beside one whose do not. */
function namelessLabels(
  names: readonly string[],
  fields: ReadonlyMap<string, NdArray>,
): string | null {
  if (names.length !== 2 || !names.every((name) => /^column \d+$/.test(name))) return null;
  const again = names.filter((name) => {
    const values = fields.get(name)!.values as ArrayLike<number | string>;
    return new Set(Array.from(values)).size < values.length;
  });
  return again.length === 1 ? again[0]! : null;
}

/** The data set without the samples that have no label, which is said. @throws InputError where few have one */
function labelled(given: Int32Array, dataset: Dataset, where: string, said: Phrase[]): Dataset {
  const keep = Uint32Array.from(given, (_, i) => i).filter((i) => given[i]! >= 0);
  if (keep.length === given.length) return dataset;
  const missing = given.length - keep.length;
  if (keep.length * 2 < given.length) {
    throw new InputError('labelsFile.fewLabels', {
      where,
      n: keep.length,
      of: given.length,
      name: dataset.name,
    });
  }
  said.push(note('labelsMissing', { n: missing, file: basename(where.split(', ')[0]!) }));
  return withSamples(dataset, keep);
}

/** The data set with some of its training samples. */
function withSamples(dataset: Dataset, keep: Uint32Array): Dataset {
  const { train, shape, ids, places, clusters } = dataset;
  const size = valuesPerSample(shape);
  const values = new (train.values.constructor as Float32ArrayConstructor)(keep.length * size);
  keep.forEach((from, to) =>
    values.set(train.values.subarray(from * size, (from + 1) * size), to * size),
  );
  return {
    ...dataset,
    train: {
      values,
      labels: pick(train.labels, keep),
      truth: train.truth && pick(train.truth, keep),
    },
    ...(ids ? { ids: Array.from(keep, (i) => ids[i]!) } : {}),
    places: { at: keep.map((i) => places?.at[i] ?? i), of: places?.of ?? train.labels.length },
    ...(clusters ? { clusters: Uint16Array.from(keep, (i) => clusters[i]!) } : {}),
  };
}

/** Says where true labels in the file differ from those on disk: then the order may be another. */
function trueDoubts(
  fields: ReadonlyMap<string, NdArray>,
  lines: Int32Array,
  given: Int32Array,
  dataset: Dataset,
): Phrase[] {
  const name = [...fields.keys()].find((field) => roleNamed(field) === 'truth');
  if (name === undefined) return [];
  const clean = matchLabels(fields.get(name)!, dataset, name).codes;
  const truth = dataset.train.truth ?? dataset.train.labels;
  const used = Uint32Array.from(given, (_, i) => i).filter((i) => given[i]! >= 0);
  const differing = used.filter((i) => clean[lines[i]!] !== truth[i]).length;
  if (differing === 0) return [];
  return [note('labelsOrder', { field: name, n: differing, all: used.length })];
}

/** Says where given labels agree with those on disk no more than chance would have it. */
function chanceDoubt(
  given: ArrayLike<number>,
  truth: ArrayLike<number>,
  classes: number,
): Phrase[] {
  const count = given.length;
  let same = 0;
  for (let i = 0; i < count; i++) if (given[i] === truth[i]) same++;
  if (count < ENOUGH || same * classes > count) return [];
  return [note('labelsChance', { n: count - same, all: count })];
}
