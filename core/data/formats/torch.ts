/** PyTorch's `.pt` files: a zip with a pickle and, beside it, the numbers of its tensors. */
import { basename } from 'node:path';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import type { Tree } from '../tree/tree.ts';
import { readPickle } from './pickle.ts';
import type { Value } from './pickle-values.ts';

/** Whether a zip is one that `torch.save` wrote. */
export const isTorch = ({ kind, first }: Tree): boolean =>
  kind === 'zip' && first.some((path) => basename(path) === 'data.pkl');

/** The first pickle of the layout that PyTorch had before 1.6: a number that marks it. */
export const isOldTorch = (head: Uint8Array): boolean =>
  Buffer.from(head.subarray(2, 14)).toString('hex') === '8a0a6cfc9c46f9206aa85019';

/**
 * Reads what was saved.
 * @throws InputError where it is damaged, or holds anything but data
 */
export async function readTorch(tree: Tree, control: LoadControl): Promise<Value> {
  const storages = new Map<string, Uint8Array>();
  let pickle: { bytes: Uint8Array; where: string } | null = null;
  await tree.visit(
    ({ path }) => basename(path) === 'data.pkl' || /(^|\/)data\/[^/]+$/.test(path),
    ({ path }, bytes) => {
      if (basename(path) === 'data.pkl') pickle = { bytes, where: `${tree.path}, ${path}` };
      else storages.set(basename(path), bytes);
    },
    control,
  );
  if (!pickle) throw new InputError('torch.noPickle', { where: tree.path });
  const { bytes, where } = pickle as { bytes: Uint8Array; where: string };
  return readPickle(bytes, where, (key) => storages.get(key) ?? null);
}
