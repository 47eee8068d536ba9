/** Who wrote a table of epochs, told by its columns. */
import { SIGNALS } from './log.ts';
import type { LogTable } from './log.ts';

type Dialect = Pick<LogTable, 'format' | 'zeroIsBefore'>;

/**
 * The writer of a table with these columns.
 * @param container what the rows lie in, such as `CSV`
 */
export function dialectOf(names: readonly string[], container: string): Dialect {
  const has = (name: string) => names.includes(name);
  const some = (test: RegExp) => names.some((name) => test.test(name));
  if (has('epoch') && SIGNALS.slice(0, 4).some(has)) {
    return { format: `Label Noise Lab (${container})`, zeroIsBefore: true };
  }
  const trained = (writer: string): Dialect => ({
    format: `${writer} (${container})`,
    zeroIsBefore: false,
  });
  if (has('_step') || has('_runtime') || (has('Step') && some(/ - /))) {
    return trained('Weights & Biases history');
  }
  if (has('epoch') && has('step')) return trained('Lightning CSVLogger');
  if (has('epoch') && has('loss') && some(/^val_|^accuracy$|^lr$|^learning_rate$/)) {
    return trained('Keras CSVLogger');
  }
  return { format: container, zeroIsBefore: false };
}
