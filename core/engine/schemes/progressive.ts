import { ownNumber, whole } from '../../contract/catalogue/field.ts';
import type { SchemeKind } from './scheme.ts';

/** T_1 and T_2 of Bai et al.'s own code for CIFAR-10; there T_3 is 5, here the last part trains to the end. */
const WHOLE = { ...whole('wholeEpochs', 1, 50_000), initial: 25 };
const LATER = { ...whole('laterEpochs', 1, 50_000), initial: 7 };

/**
 * The whole network trains for T_1 epochs; then its later third begins anew and trains alone for T_2, and
 * then its last layer (Bai et al. 2021, progressive early stopping): later layers fit wrong labels sooner
 * than earlier ones, so they are stopped sooner.
 */
export const progressive: SchemeKind = {
  id: 'progressive',
  reads: [WHOLE, LATER],
  parts: {
    least: 3,
    phases: (training, all) => {
      const second = ownNumber(training, WHOLE);
      return [
        { from: 0, blocks: all },
        { from: second, blocks: Math.max(2, Math.ceil(all / 3)) },
        { from: second + ownNumber(training, LATER), blocks: 1 },
      ];
    },
  },
};
