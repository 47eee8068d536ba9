/** Tells MNIST from other data whose classes are called 0 to 9, such as Fashion-MNIST or CIFAR-10 by number. */
import { createHash } from 'node:crypto';
import type { Dataset } from './dataset.ts';

/** SHA-256 of the labels of its 60,000 training samples, a byte each, in their own order. */
const LABELS = '1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13';

/** Whether the true labels of the training part are MNIST's. */
export function isMnist({ train, classes }: Dataset): boolean {
  if (classes.join(' ') !== '0 1 2 3 4 5 6 7 8 9' || train.labels.length !== 60_000) return false;
  const labels = Uint8Array.from(train.truth ?? train.labels);
  return createHash('sha256').update(labels).digest('hex') === LABELS;
}
