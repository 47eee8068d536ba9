/** What people do against wrong labels besides stopping early, as changes of a training. */
import type { TrainingConfig } from '../contract/config/schema.ts';

/** The noise that a method is tried on. */
export interface TriedNoise {
  kind: 'symmetric' | 'pair';
  rate: number;
}

/** Changes of a training, with fields that are a kind's own. */
type TrainingChange = Partial<TrainingConfig> & {
  forgetRate?: number;
  wholeEpochs?: number;
  laterEpochs?: number;
};

/** A method: the text `figures.methods.<id>` names it, and its fields are those of `training`. */
export interface RobustMethod {
  id: string;
  /**
   * What of a training it changes.
   * @param noise which only methods that are told of it look at
   * @param epochs of the whole training
   */
  change: (noise: TriedNoise, epochs: number) => TrainingChange;
  /** Whether it is told the noise's rate, or its kind too, which nobody knows of real data. */
  isTold?: boolean;
}

/** Epochs of a phase: as its paper has them, or in a shorter training a share of that, or it would never come. */
const phase = (own: number, share: number, epochs: number): number =>
  Math.max(1, Math.min(own, Math.round(share * epochs)));

/** Plain training, then each method with its paper's own values, which stand with its loss. */
export const ROBUST_METHODS: readonly RobustMethod[] = [
  { id: 'plain', change: () => ({}) },
  { id: 'smoothing', change: () => ({ labelSmoothing: 0.1 }) },
  { id: 'gce', change: () => ({ loss: 'gce' }) },
  { id: 'sce', change: () => ({ loss: 'sce' }) },
  { id: 'softBootstrap', change: () => ({ loss: 'bootstrap-soft' }) },
  { id: 'hardBootstrap', change: () => ({ loss: 'bootstrap-hard' }) },
  {
    id: 'forward',
    isTold: true,
    change: ({ kind, rate }) => ({ loss: 'forward', knownKind: kind, knownRate: rate }),
  },
  { id: 'elr', change: () => ({ loss: 'elr' }) },
  { id: 'mixup', change: () => ({ mixup: 1 }) },
  { id: 'startPenalty', change: () => ({ startPenalty: 0.001 }) },
  {
    id: 'coTeaching',
    isTold: true,
    change: ({ rate }) => ({ scheme: 'co-teaching', forgetRate: rate }),
  },
  {
    id: 'progressive',
    change: (_, epochs) => ({
      scheme: 'progressive',
      wholeEpochs: phase(25, 1 / 4, epochs),
      laterEpochs: phase(7, 1 / 10, epochs),
    }),
  },
];
