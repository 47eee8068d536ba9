/** Given labels from a file of their own; the labels of the data set then are the true ones. */
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ReadingConfig } from '../config/data-schema.ts';
import { InputError } from '../errors.ts';
import { labelColumn } from './classes.ts';
import type { LoadControl } from './control.ts';
import type { Dataset } from './dataset.ts';
import type { Labels } from './labels.ts';
import type { NdArray } from './formats/arrays.ts';
import { isNpy, readNpy } from './formats/npy.ts';
import { isPickle, readPickle } from './formats/pickle.ts';
import { asArray } from './formats/pickle-names.ts';
import type { Value } from './formats/pickle-values.ts';
import { isOldTorch, isTorch, readTorch } from './formats/torch.ts';
import { openTree } from './tree/open.ts';
import type { Tree } from './tree/tree.ts';

/** Columns or arrays by their names. */
type Fields = Map<string, NdArray>;

/** What fields of given labels are called, the surest first. */
const GIVEN = ['given_label', 'given_labels', 'noisy_label', 'noisy_labels', 'given', 'noisy'];
/** Fields that are no given labels. */
const OTHER = /^(.*index|.*_row|row|id|clean.*|true.*|truth)$/i;
/** What fields of true labels are called. */
const TRUE = ['clean_label', 'clean_labels', 'true_label', 'true_labels'];
/** The first bytes tell all kinds apart. */
const HEAD = 16;

/**
 * Gives a data set the labels of `reading.labelsFile`, where one is named.
 * @throws InputError where the file cannot be read, or does not fit the training part
 */
export async function withGivenLabels(
  dataset: Dataset,
  { labelsFile, labelsField }: ReadingConfig,
  control: LoadControl,
): Promise<Dataset> {
  if (labelsFile === '') return dataset;
  const tree = await openTree(labelsFile, control);
  const fields = await readFields(tree, control);
  const field = chooseField(tree.path, fields, labelsField);
  const given = codesOf(fields.get(field)!, dataset, place(tree.path, field));
  const truth = dataset.train.truth ?? dataset.train.labels;
  const inferred = [...dataset.inferred];
  if (labelsField === '' && fields.size > 1) {
    inferred.push(`The given labels are ${field} of ${basename(tree.path)}.`);
  }
  inferred.push(...doubts(fields, dataset, truth));
  return { ...dataset, inferred, train: { ...dataset.train, labels: given, truth } };
}

const place = (path: string, field: string): string => (field === '' ? path : `${path}, ${field}`);

async function readFields(tree: Tree, control: LoadControl): Promise<Fields> {
  const { path } = tree;
  if (isTorch(tree)) return fieldsOf(await readTorch(tree, control), path);
  const fields: Fields = new Map();
  const head = tree.kind === 'file' ? await tree.head(tree.first[0]!, HEAD) : new Uint8Array();
  await tree.visit(
    ({ path: inner }) => tree.kind === 'file' || /\.npy$/i.test(inner),
    ({ path: inner }, bytes) => {
      if (tree.kind !== 'file') {
        fields.set(inner.replace(/\.npy$/i, ''), readNpy(bytes, place(path, inner)));
      } else if (isNpy(head)) {
        fields.set('', readNpy(bytes, path));
      } else if (isOldTorch(head)) {
        throw new InputError(
          `${path} is in the layout that PyTorch had before 1.6; save it again with torch.save.`,
        );
      } else {
        const own = isPickle(head) ? fieldsOf(readPickle(bytes, path), path) : readCsv(bytes, path);
        own.forEach((array, name) => fields.set(name, array));
      }
    },
    control,
  );
  if (fields.size > 0) return fields;
  throw new InputError(`${path} holds no labels; give a .npy, .npz, .pt or .csv file of them.`);
}

/** The arrays of a dict, or one array alone. */
function fieldsOf(value: Value, path: string): Fields {
  const fields: Fields = new Map();
  const entries = value instanceof Map ? [...value] : [['', value] as const];
  for (const [name, item] of entries) {
    const array = asArray(item);
    if (array) fields.set(String(name), array);
  }
  if (fields.size > 0) return fields;
  throw new InputError(`${path} holds no arrays of labels; save a dict of arrays, or one array.`);
}

function readCsv(bytes: Uint8Array, path: string): Fields {
  let rows: string[][];
  try {
    rows = parse(Buffer.from(bytes), { bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    throw new InputError(`${path} is no CSV file of labels (${why}); correct that line.`);
  }
  const [head, ...body] = rows;
  if (!head || body.length === 0 || head.some((name) => name.includes('\0'))) {
    throw new InputError(
      `${path} holds no labels; give a .npy, .npz or .pt file, or a CSV with a line of names first.`,
    );
  }
  return new Map(head.map((name, i) => [name, columnOf(body.map((row) => row[i]!))]));
}

function columnOf(texts: string[]): NdArray {
  const shape = [texts.length];
  const numbers = texts.map((text) => (text === '' ? NaN : Number(text)));
  if (numbers.some(Number.isNaN)) return { shape, kind: 'text', values: texts };
  return { shape, kind: 'int', values: Float64Array.from(numbers) };
}

function chooseField(path: string, fields: Fields, asked: string): string {
  const names = [...fields.keys()];
  if (asked !== '' && fields.has(asked)) return asked;
  const listed = names.map((name) => name || '(one array)').join(', ');
  if (asked !== '') {
    throw new InputError(
      `${path} has no "${asked}"; it has ${listed}, so name one of those with data.reading.labelsField.`,
    );
  }
  const known = GIVEN.find((name) => fields.has(name));
  if (known) return known;
  const possible = names.length === 1 ? names : names.filter((name) => !OTHER.test(name));
  if (possible.length === 1) return possible[0]!;
  throw new InputError(
    `${path} has ${listed}; say which are the given labels with data.reading.labelsField.`,
  );
}

/** Labels as the classes of the data set. @throws InputError where count or classes do not fit */
function codesOf(array: NdArray, { train, classes, name }: Dataset, where: string): Uint8Array {
  const { values } = labelColumn(array, where);
  const wanted = train.labels.length;
  if (values.length !== wanted) {
    throw new InputError(
      `${where} has ${values.length.toLocaleString('en')} labels for the ` +
        `${wanted.toLocaleString('en')} training samples of ${name}; they must be as many and in ` +
        'the same order, so give the file that belongs to it.',
    );
  }
  const places = new Map(classes.map((label, i) => [label, i]));
  return Uint8Array.from({ length: wanted }, (_, i) => {
    const value = values[i]!;
    const code = typeof value === 'string' ? (places.get(value) ?? -1) : value;
    if (Number.isInteger(code) && code >= 0 && code < classes.length) return code;
    throw new InputError(
      `${where}: the label of sample ${i} is ${String(value).slice(0, 60)}, which is none of the ` +
        `${classes.length} classes of ${name}; give a file of its own labels.`,
    );
  });
}

/** Says where true labels in the file differ from those on disk: then the order may be another. */
function doubts(fields: Fields, dataset: Dataset, truth: Labels): string[] {
  const name = TRUE.find((field) => fields.has(field));
  if (name === undefined) return [];
  const clean = codesOf(fields.get(name)!, dataset, name);
  const differing = clean.reduce((sum, label, i) => sum + (label === truth[i] ? 0 : 1), 0);
  if (differing === 0) return [];
  return [
    `${name} differs from the labels on disk for ${differing.toLocaleString('en')} of ` +
      `${clean.length.toLocaleString('en')} samples; the order of the file may be another.`,
  ];
}
