/** What the theorems ask of a Config. */
import type { Config } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';

/** The kernel is samples x samples in float64, a few times: 2,000 keep it well below 1 GiB. */
const MOST_SAMPLES = 2000;

/**
 * Checks that a Config is about the theorems: their network, squared loss, plain gradient descent
 * on all samples at once with a constant rate.
 * @throws InputError with all settings that would make it so
 */
export function checkTheory({ data, network, training }: Config): void {
  const wanted: [boolean, string][] = [
    [network.preset === 'theory', 'network.preset=theory'],
    [network.dropout === 0, 'network.dropout=0'],
    [training.loss === 'squared', 'training.loss=squared'],
    [training.scheme === 'plain', 'training.scheme=plain'],
    [training.optimizer === 'sgd', 'training.optimizer=sgd'],
    [training.batch >= data.train, `training.batch=${Math.min(data.train, MOST_SAMPLES)}`],
    [training.weightDecay === 0, 'training.weightDecay=0'],
    [training.clipNorm === 0, 'training.clipNorm=0'],
    [training.schedule === 'constant', 'training.schedule=constant'],
    [training.warmup === 0, 'training.warmup=0'],
    [training.augment === 'none', 'training.augment=none'],
    [data.train <= MOST_SAMPLES, `data.train=${MOST_SAMPLES}`],
  ];
  const missing = wanted.filter(([holds]) => !holds).map(([, setting]) => `--set ${setting}`);
  if (missing.length > 0) {
    throw new InputError('theory.setting', { most: MOST_SAMPLES, missing: missing.join(' ') });
  }
}
