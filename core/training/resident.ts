/** A run's samples as they lie in TensorFlow. */
import { targetsOf } from '../data/clusters.ts';
import { valuesPerSample, testPart } from '../data/index.ts';
import type { Session, SoftLabels } from '../engine/session.ts';
import { activationsOf, stepsPerCall } from '../engine/size.ts';
import type { GraphSpec } from '../engine/variables.ts';
import { gatherValues, scaled } from './features.ts';
import type { Labels } from '../data/labels.ts';
import type { NoisyLabels, Prepared } from './prepared.ts';

/** What of a prepared run is trained on. */
export type Trainable = Omit<Prepared, 'noise' | 'inferred' | 'corrections'>;

/**
 * Samples evaluated in one call, and the activations of those, in floats, at most: a small network is up to
 * twice as fast as with 256, and the paper's CNN gains a tenth in bfloat16.
 */
const CHUNK = 2048;
const CHUNK_FLOATS = 160e6;
/** A wide network is fastest with so many samples, as long as their activations are no more than this. */
const WIDE_CHUNK = 256;
const WIDE_FLOATS = 256e6;

/** How many samples are evaluated in one call. */
export function chunkSize({ layers }: Trainable): number {
  const activations = activationsOf(layers);
  const many = Math.min(CHUNK, Math.floor(CHUNK_FLOATS / activations));
  if (many >= WIDE_CHUNK) return many;
  return Math.max(16, Math.min(WIDE_CHUNK, Math.floor(WIDE_FLOATS / activations)));
}

/** Pictures stay bytes and are scaled in the graph; a table's columns are scaled on the way in. */
export function graphSpec(prepared: Trainable): GraphSpec {
  const { config, dataset, split, scaling, layers, train } = prepared;
  const bytes = dataset.train.values instanceof Uint8Array;
  return {
    layers,
    shape: dataset.shape,
    classes: dataset.classes.length,
    targets: targetsOf(config.data),
    samples: split.train.length + split.holdout.length + split.test.length,
    trained: split.train.length,
    dtype: bytes ? 'uint8' : 'float32',
    mean: bytes ? scaling.mean[0]! : 0,
    deviation: bytes ? scaling.deviation[0]! : 1,
    training: config.training,
    precision: config.training.precision === 'bfloat16' ? 'bfloat16' : 'float32',
    soft: isSoft(train),
    stepsPerCall: stepsPerCall(layers, Math.min(config.training.batch, split.train.length)),
  };
}

/** Whether some labels are shared with another class. */
const isSoft = ({ soft }: NoisyLabels): boolean => soft?.shares.some((share) => share > 0) ?? false;

/** A part as it is put there. */
interface Filled {
  values: Uint8Array | Float32Array;
  places: Uint32Array;
  labels: Labels;
  soft?: SoftLabels | null | undefined;
}

/** Puts every sample of a run into TensorFlow: training, hold-out and test, in this order. */
export function fillSession(session: Session, prepared: Trainable): void {
  const { dataset, split, train, holdout, test, scaling } = prepared;
  const size = valuesPerSample(dataset.shape);
  const parts: Filled[] = [
    { values: dataset.train.values, places: split.train, labels: train.given, soft: train.soft },
    { values: dataset.train.values, places: split.holdout, labels: holdout.given },
    { values: testPart(dataset).values, places: split.test, labels: test },
  ];
  let from = 0;
  for (const { values, places, labels, soft } of parts) {
    if (labels.length === 0) continue;
    const chosen =
      values instanceof Uint8Array
        ? gatherValues(values, places, size)
        : scaled(values, places, size, scaling);
    session.fill(from, chosen, labels, soft);
    from += labels.length;
  }
}
