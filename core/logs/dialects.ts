/** Who wrote a table of epochs, told by its columns where they are one program's alone. */
import type { LogTable } from './log.ts';

type Dialect = Pick<LogTable, 'format' | 'zeroIsBefore'>;

/** Columns of ours; of each list one has to be there. */
const OURS = [
  ['holdoutAccuracy', 'holdoutLoss', 'trainAccuracy', 'trainLoss'],
  ['holdoutAccuracy', 'holdoutLoss', 'relativeDistance', 'predictionChanges', 'trainAccuracyTrue'],
];

/**
 * The writer of a table with these columns.
 * @param container what the rows lie in, such as `CSV`
 */
export function dialectOf(names: readonly string[], container: string): Dialect {
  const has = (name: string) => names.includes(name);
  const some = (test: RegExp) => names.some((name) => test.test(name));
  if (has('epoch') && OURS.every((list) => list.some(has))) {
    return { format: `Label Noise Lab (${container})`, zeroIsBefore: true };
  }
  const writer = writerOf(names, container, has, some);
  return { format: writer === null ? container : `${writer} (${container})`, zeroIsBefore: false };
}

function writerOf(
  names: readonly string[],
  container: string,
  has: (name: string) => boolean,
  some: (test: RegExp) => boolean,
): string | null {
  if (has('_step') || has('_runtime') || (has('Step') && some(/ - /))) {
    return 'Weights & Biases history';
  }
  if (container !== 'CSV') return null;
  if (some(/^metrics\/accuracy_top1$/) && some(/^lr\/pg0$/)) return 'Ultralytics';
  if (some(/^metrics\/mAP50/) && some(/^(train|val)\/box_loss$/)) return 'Ultralytics';
  // Keras sorts what follows the epoch.
  const [first, ...rest] = names;
  const isSorted = rest.every((name, i) => i === 0 || rest[i - 1]! <= name);
  if (first === 'epoch' && has('loss') && rest.length > 1 && isSorted) return 'Keras CSVLogger';
  if (has('epoch') && has('step') && (some(/_(step|epoch)$/) || some(/^(train|val)_/))) {
    return 'Lightning CSVLogger';
  }
  return null;
}
