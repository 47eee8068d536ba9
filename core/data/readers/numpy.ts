/** Reads data sets of NumPy arrays: one `.npz`, or `.npy` files beside each other. */
import { dataFormat } from '../../contract/words/notes.ts';
import { basename, join, resolve } from 'node:path';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import { InputError } from '../../contract/words/errors.ts';
import { encodeLabels, labelColumn } from '../classes.ts';
import type { LoadControl } from '../control.ts';
import { emptyParts } from '../dataset.ts';
import type { Dataset } from '../dataset.ts';
import { isNpy, readNpy } from '../formats/npy.ts';
import { partNamed, wordsOfName } from '../parts.ts';
import { isLitter, namedAsPicture } from '../pictures/kinds.ts';
import type { Reader } from '../reader.ts';
import { openTree } from '../tree/open.ts';
import type { Tree } from '../tree/tree.ts';
import { chooseArrays } from './numpy-choice.ts';
import type { Chosen, Named } from './numpy-choice.ts';
import { arraySamples } from './numpy-samples.ts';

const ARRAY = /\.npy(\.gz)?$/i;
const ARCHIVE = /\.npz$/i;

/** Reads arrays from any tree. */
export const numpyReader: Reader = {
  id: 'numpy',
  format: dataFormat('numpy'),
  uses: ['labels', 'truth'],
  recognizes: async (tree) => {
    if (tree.kind === 'file') return isNpy(await tree.head(tree.first[0]!, 6));
    const files = tree.first.filter((path) => !isLitter(path));
    const arrays = files.filter((path) => ARRAY.test(path) || ARCHIVE.test(path));
    // An array of features may lie beside pictures.
    return arrays.length > 0 && arrays.length >= files.filter(namedAsPicture).length;
  },
  read: async (tree, reading, control) => {
    const arrays = await arraysOf(tree, control);
    control.fields?.(arrays.map(({ name }) => name));
    return datasetOf(tree, chooseArrays(tree.path, arrays, reading), reading);
  },
};

async function arraysOf(tree: Tree, control: LoadControl): Promise<Named[]> {
  const arrays: Named[] = [];
  const archives: string[] = [];
  await tree.visit(
    ({ path }) => {
      if (tree.kind === 'file') return true;
      if (isLitter(path)) return false;
      if (ARCHIVE.test(path)) archives.push(path);
      return ARRAY.test(path);
    },
    ({ path }, bytes) => {
      const where = tree.kind === 'file' ? tree.path : `${tree.path}, ${path}`;
      arrays.push({ name: path.replace(ARRAY, ''), where, array: readNpy(bytes, where) });
    },
    control,
  );
  if (archives.length > 0) arrays.push(...(await archivedArrays(tree, archives, control)));
  return arrays;
}

/**
 * The arrays of `.npz` files in a folder, which together are one data set.
 * @throws InputError where they are several sets, or lie in an archive themselves
 */
async function archivedArrays(
  tree: Tree,
  paths: readonly string[],
  control: LoadControl,
): Promise<Named[]> {
  if (tree.kind !== 'folder') {
    throw new InputError('numpy.unpack', { where: tree.path, paths });
  }
  const sets = new Set(paths.map(setOf));
  if (sets.size > 1) {
    throw new InputError('numpy.several', { where: tree.path, paths });
  }
  const arrays: Named[] = [];
  for (const path of [...paths].sort()) {
    const inner = await arraysOf(await openTree(join(tree.path, path), control), control);
    const name = path.replace(ARCHIVE, '');
    const named = (own: string) => (inner.length === 1 ? name : `${name}/${own}`);
    arrays.push(...inner.map((one) => ({ ...one, name: named(one.name) })));
  }
  return arrays;
}

/** What a file is called besides its part and what it holds: files of one set have it in common. */
const setOf = (path: string): string =>
  wordsOfName(path.replace(ARCHIVE, ''))
    .filter(
      (word) => partNamed(word) === null && !/^(x|y|imgs?|images?|labels?|data|set)$/.test(word),
    )
    .join(' ');

function datasetOf(tree: Tree, chosen: Chosen, reading: ReadingConfig): Dataset {
  const { train, test, inferred } = chosen;
  const parts = test ? [train, test] : [train];
  const said = [...inferred];
  const columnOf = ({ array, where }: Named) => {
    const column = labelColumn(array, where);
    if (column.inferred) said.push(column.inferred);
    return column;
  };
  // A test part is scored by its true labels, where it has them.
  const scored = parts.map((part, i) => (i === 1 ? (part.truth ?? part.labels) : part.labels));
  const labelled = [...scored, ...(train.truth ? [train.truth] : [])];
  const { codes, classes, inferred: guessed } = encodeLabels(labelled.map(columnOf));
  const pictures = parts.map(({ samples }) => arraySamples(samples, said));
  const [shape, other] = [pictures[0]!.shape, (pictures[1] ?? pictures[0]!).shape];
  const [values, tested] = alike(pictures.map((part) => part.values));
  if (shape.join() !== other.join()) {
    throw new InputError('numpy.partShapes', {
      where: tree.path,
      test: other.join(' x '),
      training: shape.join(' x '),
    });
  }
  const truth = train.truth ? codes.at(-1)! : null;
  return {
    name: basename(resolve(tree.path)).replace(/\.(npz|npy|zip|tar|tgz|tar\.gz)$/i, ''),
    format: numpyReader.format,
    ...emptyParts(),
    inferred: [...said, ...guessed, ...(reading.labels ? [] : chosen.labelsInferred)],
    shape,
    classes,
    train: { values: values!, labels: codes[0]!, truth },
    test: test ? { values: tested!, labels: codes[1]!, truth: null } : null,
  };
}

/** Bytes in both parts, or float32 in both. */
function alike(parts: (Uint8Array | Float32Array)[]): (Uint8Array | Float32Array)[] {
  if (parts.every((part) => part instanceof Uint8Array)) return parts;
  return parts.map((part) => (part instanceof Float32Array ? part : Float32Array.from(part)));
}
