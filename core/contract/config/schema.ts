/** The Config: all that is needed to repeat a run. One schema serves files, `--set` and the window. */
import * as v from 'valibot';
import { DataSchema } from './data-schema.ts';
import {
  allowed,
  kindName,
  kindsPart,
  listSchema,
  realSchema,
  seed,
  title,
  wholeSchema,
} from './fields.ts';
import { NoiseSchema } from './noise-schema.ts';

export { ClustersSchema, DataSchema, inferAll, ReadingSchema } from './data-schema.ts';
export type { ClustersConfig, DataConfig, ReadingConfig } from './data-schema.ts';

export { NoiseSchema } from './noise-schema.ts';
export type { NoiseConfig } from './noise-schema.ts';

/** Which network. Fields after `preset` have defaults, which are the preset's own. */
export const NetworkSchema = kindsPart({
  preset: kindName('networks'),
  /** Units or filters of its layers, first to last; none for the preset's own. */
  widths: v.optional(listSchema(wholeSchema(1, 65_536), 64), []),
  /** Layers of a ResNet, 6n + 2; 0 for the preset's own. */
  depth: v.optional(wholeSchema(0, 200), 0),
  /** Activation function of hidden layers, where a preset leaves the choice (MLP, theory). */
  activation: v.optional(v.picklist(['relu', 'softplus', 'tanh']), 'relu'),
  /** Share of hidden dense units that are dropped in training. */
  dropout: v.optional(realSchema(0, 0.95), 0),
});

const RATE = allowed('above', { low: 0, high: 100 });

/** Kinds of noise that a rate is enough to know. */
export const RATED_NOISES = ['symmetric', 'pair'] as const;
export type RatedNoiseKind = (typeof RATED_NOISES)[number];

/** How it is trained. Fields after `threads` have defaults, which turn them off. */
export const TrainingSchema = kindsPart({
  optimizer: kindName('optimizers'),
  learningRate: v.pipe(v.number(), v.gtValue(0, RATE), v.maxValue(100, RATE)),
  /** Used by momentum and Nesterov. */
  momentum: realSchema(0, 0.9999),
  /** As many as there are training samples, or more, is full-batch gradient descent. */
  batch: wholeSchema(1, 1_000_000),
  epochs: wholeSchema(1, 50_000),
  seed,
  /** Threads of TensorFlow; another number gives other last bits, so it belongs to the Config. */
  threads: wholeSchema(1, 256),
  /** `gpu`: an NVIDIA GPU, after `npm run setup -- --gpu`; its last bits differ from the CPU's. */
  device: v.optional(v.picklist(['cpu', 'gpu']), 'cpu'),
  loss: v.optional(kindName('losses'), 'cross-entropy'),
  /** How it takes its steps: one network as a whole, or part by part, or with a second one that chooses its samples. */
  scheme: v.optional(kindName('schemes'), 'plain'),
  /** Share of the target that is spread evenly over all classes (cross-entropy only). */
  labelSmoothing: v.optional(realSchema(0, 0.99), 0),
  /** L2 penalty: added to the gradient, or with AdamW taken from the weights directly. */
  weightDecay: v.optional(realSchema(0, 10), 0),
  /** Weight lambda of the squared distance from the start, lambda ||W - W0||^2; 0 for none (Hu, Li, Yu 2020). */
  startPenalty: v.optional(realSchema(0, 1_000), 0),
  /**
   * Each sample is mixed with another of its batch, by a share from Beta(mixup, mixup); 0 for never (Zhang et
   * al. 2018). Training samples are then measured after the epoch.
   */
  mixup: v.optional(realSchema(0, 100), 0),
  /** Largest norm of the whole gradient; 0 for no limit. */
  clipNorm: v.optional(realSchema(0, 1_000_000), 0),
  /**
   * In which type hidden layers compute; weights, losses, statistics and the optimizer stay float32.
   * `auto`: what a few steps of both show to be faster on this machine, which a run then keeps.
   */
  precision: v.optional(v.picklist(['float32', 'bfloat16', 'auto']), 'float32'),
  /** How the learning rate goes on after the warm-up. */
  schedule: v.optional(v.picklist(['constant', 'step', 'cosine']), 'constant'),
  /** Epochs over which the learning rate rises from 0. */
  warmup: v.optional(realSchema(0, 5_000), 0),
  /** Schedule `step`: every so many epochs the learning rate is multiplied by `decayFactor`. */
  decayEvery: v.optional(wholeSchema(1, 5_000), 30),
  decayFactor: v.optional(realSchema(0, 1), 0.1),
  /** `flip-crop`: mirrored half of the time and moved by up to 4 pixels (He et al. 2016). */
  augment: v.optional(v.picklist(['none', 'flip-crop']), 'none'),
  /**
   * When each training sample's class and loss are taken: by a pass over all of them `after` the
   * epoch, or `during` it, from the step that trains on the sample, which costs next to nothing.
   */
  measure: v.optional(v.picklist(['after', 'during']), 'after'),
  /** Training stops automatically once the chance of a better epoch stays below this; 0 for never. */
  stopChance: v.optional(realSchema(0, 0.5), 0),
  /** Training stops automatically once this share of the given labels has been fitted for five epochs; 0 for never. */
  stopFitted: v.optional(realSchema(0, 1), 0),
  /** What kind of noise the labels have, for the recommendation without a hold-out, where its rate is known. */
  knownKind: v.optional(v.picklist(['unknown', ...RATED_NOISES]), 'unknown'),
  /** That rate: the share of wrong labels. */
  knownRate: v.optional(realSchema(0, 0.99), 0),
});

/**
 * All that is needed to repeat a run. Kinds are bounded names here; which there are, and the fields of
 * their own, `configSchemaOf` checks.
 */
export const ConfigSchema = v.strictObject({
  name: title,
  data: DataSchema,
  noise: NoiseSchema,
  network: NetworkSchema,
  training: TrainingSchema,
});

export type NetworkConfig = v.InferOutput<typeof NetworkSchema>;
export type TrainingConfig = v.InferOutput<typeof TrainingSchema>;
export type Config = v.InferOutput<typeof ConfigSchema>;
