/** Chooses which samples to train on, which to hold out and which to test on. */
import type { DataConfig } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';
import { randomOf, shuffle } from '../random.ts';
import type { Dataset, Samples } from './dataset.ts';
import type { Labels } from './labels.ts';

/** What a split is made by. */
export type SplitConfig = Pick<DataConfig, 'train' | 'holdoutShare' | 'test' | 'seed'>;

/** Places in the data set: `train` and `holdout` in its training part, `test` in `testPart`. */
export interface Split {
  train: Uint32Array;
  holdout: Uint32Array;
  test: Uint32Array;
}

/** The samples that are tested on: the test part, or the training part where there is no other. */
export function testPart({ train, test }: Dataset): Samples {
  return test ?? train;
}

/**
 * Splits a data set. Each part has the classes in the shares of the whole, and the same seed
 * gives the same samples; more samples to train on include those of fewer. Where the data have no
 * test part, test samples are the last of the training part's order, and in no other part.
 * @throws InputError where the data set is too small, naming the field
 */
export function splitDataset(dataset: Dataset, data: SplitConfig): Split {
  const held = Math.round(data.train * data.holdoutShare);
  const order = evenOrder(dataset.train.labels, dataset.classes.length, data.seed, 'split');
  checkSizes(dataset, data, held, order.length);
  const testOrder = dataset.test
    ? evenOrder(dataset.test.labels, dataset.classes.length, data.seed, 'test')
    : order.slice().reverse();
  return {
    train: order.slice(0, data.train),
    holdout: order.slice(data.train, data.train + held),
    test: testOrder.slice(0, data.test),
  };
}

function checkSizes(dataset: Dataset, data: SplitConfig, held: number, available: number): void {
  const tested = dataset.test ? 0 : data.test;
  if (data.train + held + tested > available) {
    const values = { train: data.train, tested, held, available, name: dataset.name };
    if (data.train + held > available) {
      const field = { path: 'data.train' };
      const other = { path: 'data.holdoutShare' };
      throw new InputError(tested > 0 ? 'split.tooManyTested' : 'split.tooMany', {
        ...values,
        field,
        other,
      });
    }
    const [field, other] = [{ path: 'data.test' }, { path: 'data.train' }];
    throw new InputError('split.tooManyTested', { ...values, field, other });
  }
  const testAvailable = dataset.test?.labels.length ?? available;
  if (data.test > testAvailable) {
    throw new InputError('split.testTooMany', {
      test: data.test,
      testAvailable,
      name: dataset.name,
      field: { path: 'data.test' },
    });
  }
}

/**
 * A random order in which every beginning has the classes in their shares of the whole: the
 * k-th of a class's n samples is sorted by (k + 1/2) / n.
 */
function evenOrder(labels: Labels, classes: number, seed: number, use: string): Uint32Array {
  const all = Uint32Array.from(labels, (_, i) => i);
  shuffle(all, randomOf(seed, use));
  const counts = new Uint32Array(classes);
  for (const label of labels) counts[label]!++;
  const seen = new Uint32Array(classes);
  const rank = new Float64Array(labels.length);
  for (const i of all) rank[i] = (seen[labels[i]!]!++ + 0.5) / counts[labels[i]!]!;
  return all.sort((a, b) => rank[a]! - rank[b]! || labels[a]! - labels[b]!);
}
