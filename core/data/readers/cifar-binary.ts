/** Reads CIFAR-10 and CIFAR-100 in their binary layout; files may be shorter than the official ones. */
import { dataFormat } from '../../contract/words/notes.ts';
import { basename, resolve } from 'node:path';
import { InputError } from '../../contract/words/errors.ts';
import type { Reader } from '../reader.ts';
import type { Tree } from '../tree/tree.ts';
import { checkLabels, cifarDataset, gatherBatches, PICTURE } from './planar.ts';
import type { Batch } from './planar.ts';

/** CIFAR-10 has one byte of label before each picture; CIFAR-100 a coarse and a fine one. */
interface Layout {
  classes: 10 | 100;
  labelBytes: 1 | 2;
}

const TEN: Layout = { classes: 10, labelBytes: 1 };
const HUNDRED: Layout = { classes: 100, labelBytes: 2 };
const BATCH = /^(?:data_batch_(\d{1,3})|(test_batch)|(train)|(test))\.bin(?:\.gz)?$/i;
const NAMES = /^(batches\.meta|fine_label_names)\.txt$/i;
/** Training batches of the official CIFAR-10. */
const TRAINING = 5;

/** Reads batches from any tree, or one alone. */
export const cifarBinaryReader: Reader = {
  id: 'cifar-binary',
  format: dataFormat('cifarBinaryBoth'),
  uses: [],
  recognizes: async (tree) =>
    tree.first.some((path) => BATCH.test(basename(path))) || (await layoutAlone(tree)) !== null,
  read: async (tree, _reading, control) => {
    const [train, test] = [gatherBatches(tree.kind === 'file' ? 1 : TRAINING), gatherBatches(1)];
    let names: string[] | null = null;
    let layout: Layout | null = null;
    const alone = await layoutAlone(tree);
    await tree.visit(
      ({ path }) => alone !== null || isPart(path),
      ({ path }, bytes) => {
        if (NAMES.test(basename(path))) {
          names = Buffer.from(bytes).toString('utf8').split(/\r?\n/).filter(Boolean);
          return;
        }
        const where = tree.kind === 'file' ? tree.path : `${tree.path}, ${path}`;
        const own = alone ?? layoutOf(path, bytes);
        if (layout && layout !== own) throw mixed(where);
        layout = own;
        const { part, order } = placeOf(path);
        (part === 'train' ? train : test).add({ order, ...recordsOf(bytes, own, where) });
      },
      control,
      ({ path, size }) => {
        if (!BATCH.test(basename(path))) return null;
        const { part, order } = placeOf(path);
        return (part === 'train' ? train : test).room(order, size);
      },
    );
    const { classes } = (layout ?? TEN) as Layout;
    return cifarDataset({
      name: tree.kind === 'folder' ? basename(resolve(tree.path)) : `CIFAR-${classes}`,
      format: dataFormat('cifarBinary', { n: classes }),
      path: tree.path,
      classes,
      names,
      train: train.done(),
      test: test.done(),
    });
  },
};

function isPart(path: string): boolean {
  return BATCH.test(basename(path)) || NAMES.test(basename(path));
}

/** Where a batch belongs. */
function placeOf(path: string): { part: 'train' | 'test'; order: number } {
  const found = BATCH.exec(basename(path));
  return { part: found?.[2] || found?.[4] ? 'test' : 'train', order: Number(found?.[1] ?? 1) };
}

/** What a single file under another name holds, told by its size; null where it is no batch. */
async function layoutAlone(tree: Tree): Promise<Layout | null> {
  const name = tree.first[0] ?? '';
  if (tree.kind !== 'file' || BATCH.test(name) || !/\.bin(\.gz)?$/i.test(name)) return null;
  const [entry] = await tree.list({});
  const fits = [TEN, HUNDRED].filter(
    ({ labelBytes }) => entry!.size % (labelBytes + PICTURE) === 0,
  );
  return entry!.size > 0 ? (fits[0] ?? null) : null;
}

/** CIFAR-100 calls its files train.bin and test.bin, CIFAR-10 data_batch_1.bin and so on. */
function layoutOf(path: string, bytes: Uint8Array): Layout {
  if (/batch/i.test(basename(path))) return TEN;
  const ten = bytes.length % (PICTURE + TEN.labelBytes) === 0;
  const hundred = bytes.length % (PICTURE + HUNDRED.labelBytes) === 0;
  return ten && !hundred ? TEN : HUNDRED;
}

function recordsOf(bytes: Uint8Array, layout: Layout, where: string): Omit<Batch, 'order'> {
  const stride = layout.labelBytes + PICTURE;
  if (bytes.length === 0 || bytes.length % stride !== 0) {
    throw new InputError('cifar.cutShort', { where, found: bytes.length, stride });
  }
  const labels = new Uint8Array(bytes.length / stride);
  // The fine label of CIFAR-100 is the second.
  for (let i = 0; i < labels.length; i++) labels[i] = bytes[i * stride + layout.labelBytes - 1]!;
  checkLabels(labels, layout.classes, where);
  return { planes: bytes.subarray(layout.labelBytes), stride, labels };
}

function mixed(where: string): InputError {
  return new InputError('cifar.mixed', { where });
}
