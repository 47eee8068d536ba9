/** Reads CIFAR-10 and CIFAR-100 as Python pickles, without Python. */
import { dataFormat } from '../../contract/words/notes.ts';
import { basename, resolve } from 'node:path';
import { InputError } from '../../contract/words/errors.ts';
import { isPickle, readPickle } from '../formats/pickle.ts';
import { asArray } from '../formats/pickle-names.ts';
import { pickledText } from '../formats/pickle-values.ts';
import type { Dict } from '../formats/pickle-values.ts';
import type { Reader } from '../reader.ts';
import { checkLabels, cifarDataset, gatherBatches, PICTURE } from './planar.ts';
import type { Batch } from './planar.ts';

const BATCH = /^(?:data_batch_(\d{1,3})|(test_batch)|(train)|(test))(?:\.gz)?$/;
const META = /^(batches\.meta|meta)$/;
/** Training batches of the official CIFAR-10. */
const TRAINING = 5;

/** Reads batches from any tree, or one alone. */
export const cifarPythonReader: Reader = {
  id: 'cifar-python',
  format: dataFormat('cifarPythonBoth'),
  uses: [],
  recognizes: async (tree) => {
    const batch = tree.first.find((path) => BATCH.test(basename(path)));
    return batch !== undefined && isPickle(await tree.head(batch, 2));
  },
  read: async (tree, _reading, control) => {
    const [train, test] = [gatherBatches(tree.kind === 'file' ? 1 : TRAINING), gatherBatches(1)];
    let names: string[] | null = null;
    let classes: 10 | 100 | null = null;
    await tree.visit(
      ({ path }) => BATCH.test(basename(path)) || META.test(basename(path)),
      ({ path }, bytes) => {
        const where = tree.kind === 'file' ? tree.path : `${tree.path}, ${path}`;
        const dict = dictOf(bytes, where);
        if (META.test(basename(path))) names = namesIn(dict);
        else {
          const own = dict.has('fine_labels') ? 100 : 10;
          if (classes !== null && classes !== own) throw mixed(where);
          classes = own;
          const { part, order } = placeOf(path);
          (part === 'train' ? train : test).add({ order, ...recordsOf(dict, own, where) });
        }
      },
      control,
      ({ path, size }) => {
        if (!BATCH.test(basename(path))) return null;
        const { part, order } = placeOf(path);
        return (part === 'train' ? train : test).room(order, size);
      },
    );
    return cifarDataset({
      name: tree.kind === 'folder' ? basename(resolve(tree.path)) : `CIFAR-${classes ?? 10}`,
      format: dataFormat('cifarPython', { n: classes ?? 10 }),
      path: tree.path,
      classes: classes ?? 10,
      names,
      train: train.done(),
      test: test.done(),
    });
  },
};

/** Where a batch belongs. */
function placeOf(path: string): { part: 'train' | 'test'; order: number } {
  const found = BATCH.exec(basename(path));
  return { part: found?.[2] || found?.[4] ? 'test' : 'train', order: Number(found?.[1] ?? 1) };
}

function dictOf(bytes: Uint8Array, where: string): Dict {
  const value = readPickle(bytes, where);
  if (value instanceof Map) return value;
  throw new InputError('cifar.noDict', { where });
}

function namesIn(dict: Dict): string[] | null {
  const names = dict.get('fine_label_names') ?? dict.get('label_names');
  return Array.isArray(names) ? names.map((name) => pickledText(name) ?? '?') : null;
}

function recordsOf(dict: Dict, classes: 10 | 100, where: string): Omit<Batch, 'order'> {
  const data = asArray(dict.get('data'));
  const labels = asArray(dict.get(classes === 100 ? 'fine_labels' : 'labels'));
  if (!data || !labels || !(data.values instanceof Uint8Array)) {
    throw new InputError(data ? 'cifar.noLabels' : 'cifar.noData', { where });
  }
  const count = labels.values.length;
  if (count === 0 || data.values.length !== count * PICTURE) {
    throw new InputError('cifar.dataSize', {
      where,
      shape: data.shape.join(' x '),
      n: count,
      picture: PICTURE,
    });
  }
  const numbers = labels.values as ArrayLike<number>;
  checkLabels(numbers, classes, where);
  return { planes: data.values, stride: PICTURE, labels: numbers };
}

function mixed(where: string): InputError {
  return new InputError('cifar.mixed', { where });
}
