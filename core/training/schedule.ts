/** Learning-rate schedules. */
import type { TrainingConfig } from '../contract/config/schema.ts';

/**
 * The learning rate of a step: it rises linearly over the warm-up (Goyal et al. 2017), then stays,
 * falls by steps, or follows half a cosine down to zero (Loshchilov, Hutter 2017).
 * @param step number of the step in the whole run, from 0
 */
export function learningRateAt(
  training: TrainingConfig,
  step: number,
  stepsPerEpoch: number,
): number {
  const { learningRate, warmup, epochs, schedule, decayEvery, decayFactor } = training;
  const warm = warmup * stepsPerEpoch;
  if (step < warm) return (learningRate * (step + 1)) / warm;
  switch (schedule) {
    case 'constant':
      return learningRate;
    case 'step':
      return learningRate * decayFactor ** Math.floor(step / stepsPerEpoch / decayEvery);
    case 'cosine': {
      const share = (step - warm) / Math.max(1, epochs * stepsPerEpoch - warm);
      return learningRate * 0.5 * (1 + Math.cos(Math.PI * share));
    }
  }
}
