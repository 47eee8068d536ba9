/** Reads data sets of NumPy arrays: one `.npz`, or `.npy` files beside each other. */
import { basename, resolve } from 'node:path';
import type { ReadingConfig } from '../../config/data-schema.ts';
import { InputError } from '../../errors.ts';
import { encodeLabels, labelColumn } from '../classes.ts';
import { plain } from '../dataset.ts';
import type { Dataset } from '../dataset.ts';
import { isNpy, readNpy } from '../formats/npy.ts';
import type { Reader } from '../reader.ts';
import type { Tree } from '../tree/tree.ts';
import { chooseArrays } from './numpy-choice.ts';
import type { Chosen, Named } from './numpy-choice.ts';
import { samplesOf } from './numpy-samples.ts';

const ARRAY = /\.npy(\.gz)?$/i;

/** Reads arrays from any tree. */
export const numpyReader: Reader = {
  format: 'NumPy arrays (.npz, .npy)',
  recognizes: async (tree) => {
    if (tree.kind === 'file') return isNpy(await tree.head(tree.first[0]!, 6));
    return tree.first.some((path) => ARRAY.test(path));
  },
  read: async (tree, reading, control) => {
    const arrays: Named[] = [];
    await tree.visit(
      ({ path }) => tree.kind === 'file' || ARRAY.test(path),
      ({ path }, bytes) => {
        const where = tree.kind === 'file' ? tree.path : `${tree.path}, ${path}`;
        arrays.push({ name: path.replace(ARRAY, ''), where, array: readNpy(bytes, where) });
      },
      control,
    );
    return datasetOf(tree, chooseArrays(tree.path, arrays, reading), reading);
  },
};

function datasetOf(tree: Tree, chosen: Chosen, reading: ReadingConfig): Dataset {
  const { train, test, inferred } = chosen;
  const parts = test ? [train, test] : [train];
  const said = [...inferred];
  const columnOf = ({ array, where }: Named) => {
    const column = labelColumn(array, where);
    if (column.inferred) said.push(column.inferred);
    return column;
  };
  const labelled = [...parts.map(({ labels }) => labels), ...(train.truth ? [train.truth] : [])];
  const { codes, classes, inferred: guessed } = encodeLabels(labelled.map(columnOf));
  const pictures = parts.map(({ samples }) => samplesOf(samples, said));
  const [shape, other] = [pictures[0]!.shape, (pictures[1] ?? pictures[0]!).shape];
  const [values, tested] = alike(pictures.map((part) => part.values));
  if (shape.join() !== other.join()) {
    throw new InputError(
      `${tree.path}: samples of the test part are ${other.join(' x ')} and of the training part ` +
        `${shape.join(' x ')}; they must be alike, so choose arrays that belong together.`,
    );
  }
  const truth = train.truth ? codes.at(-1)! : null;
  return {
    name: basename(resolve(tree.path)).replace(/\.(npz|npy|zip|tar|tgz|tar\.gz)$/i, ''),
    format: numpyReader.format,
    ...plain(),
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
