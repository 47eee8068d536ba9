/** The optimizers. A new one is one file and its line here. */
import { listed } from '../../contract/catalogue/listed.ts';
import { adadelta } from './adadelta.ts';
import { adam, adamw } from './adam.ts';
import { momentum, nesterov } from './momentum.ts';
import type { Optimizer, OptimizerConfig, OptimizerKind } from './optimizer.ts';
import { sgd } from './sgd.ts';

export type { Optimizer, Update } from './optimizer.ts';

/** Every optimizer, in the order in which they are offered. */
export const OPTIMIZERS = listed<OptimizerKind>('training.optimizer', [
  sgd,
  momentum,
  nesterov,
  adam,
  adamw,
  adadelta,
]);

/** The optimizer a Config asks for. @throws InputError where there is none of that name */
export const optimizerOf = (training: OptimizerConfig): Optimizer =>
  OPTIMIZERS.of(training.optimizer).make(training);
