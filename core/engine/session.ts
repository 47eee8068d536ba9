/** A training graph that has been loaded into TensorFlow: plain typed arrays in and out. */
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-node';
import { sizeOf } from './graph.ts';
import { loadGraph } from './load.ts';
import type { LoadedGraph } from './load.ts';
import { InputError } from '../contract/words/errors.ts';
import { phasesOf } from './phases.ts';
import { schemeOf } from './schemes/index.ts';
import { loadTensorFlow } from './tensorflow.ts';
import type { TensorFlow } from './tensorflow.ts';
import { buildTrainingGraph, inPhase } from './training-graph.ts';
import type { TrainingGraph } from './training-graph.ts';
import type { GraphSpec } from './variables.ts';
import type { Labels } from '../data/labels.ts';

/** Named float32 arrays with their shapes: the weights and the optimizer's state. */
export type State = Map<string, { shape: readonly number[]; data: Float32Array }>;

/** The moves of one moment: squared Frobenius norms, by weight in the order of the network. */
export interface Moves {
  moved: Float32Array;
  start: Float32Array;
}

/** Predicted classes and losses, by the place of the sample. */
export interface Evaluation {
  classes: Labels;
  losses: Float32Array;
  /** The chance of each class, samples x classes; null where nobody asks for it. */
  probabilities?: Float32Array | null;
}

/** Labels that are shared with another class. */
export interface SoftLabels {
  /** The other class of each sample; its own where its label is not shared. */
  others: Labels;
  /** The share of the other class, 0 to 1/2. */
  shares: Float32Array;
}

/** A run's session. Its calls are synchronous and block until TensorFlow is done. */
export interface Session {
  readonly weights: TrainingGraph['weights'];
  /**
   * Puts samples into places `from`, `from + 1`, ... of the resident data.
   * @param soft their soft labels, where the graph has any; none of these are soft where it is not there
   */
  fill(
    from: number,
    values: Uint8Array | Float32Array,
    labels: Labels,
    soft?: SoftLabels | null,
  ): void;
  /** Sets the weights to their seeded start. */
  start(): void;
  /** How many steps one call of `steps` may take. */
  readonly stepsPerCall: number;
  /**
   * Optimizer steps, one after the other: `stepsPerCall` of them or one, as many as rates, all of one epoch.
   * The first step of a later phase sets what trains in it to its start.
   * @param indices the batches one after the other, all of one size
   * @param rates the learning rate of each step
   * @param first the number of the first step in the run
   * @param measured where `training.measure` is `during`: takes each sample's predicted class and
   * loss just before its step, at the sample's own place
   * @returns the mean loss of each batch before its step
   */
  steps(
    indices: Int32Array,
    rates: Float32Array,
    first: number,
    measured?: Evaluation,
  ): Float32Array;
  /** Writes what is measured of each sample, at the place `offset` on. */
  evaluate(indices: Int32Array, measured: Evaluation, offset: number): void;
  /** The chance of each class, samples x classes, rows adding up to 1. */
  predictProbabilities(indices: Int32Array): Float32Array;
  /** What the last layer is fed: samples x features. */
  features(indices: Int32Array): Float32Array;
  moves(): Moves;
  read(): State;
  /** Sets the state, and the start from which the distance is measured. @throws on other names or shapes */
  restore(state: State, start: State): void;
  dispose(): void;
}

const FILL_CHUNK = 1000;

/** Builds, writes and loads a graph. @throws InputError where TensorFlow cannot be loaded */
export async function openSession(spec: GraphSpec): Promise<Session> {
  const tf = await loadTensorFlow(spec.training.threads, spec.training.device);
  const built = buildTrainingGraph(spec);
  const loaded = await loadGraph(tf, built.graph, built.signatures);
  dispose(loaded.call('allocate', {}));
  return sessionOf(tf, spec, built, loaded);
}

/** Whether TensorFlow has no kernel for what is asked on this processor. */
const lacksKernel = (error: unknown): boolean =>
  error instanceof Error && /could not create a primitive|No OpKernel/.test(error.message);

const noBfloat16 = (): InputError =>
  new InputError('training.noBfloat16', { field: { path: 'training.precision' } });

function dispose(tensors: NamedTensorMap): void {
  for (const tensor of Object.values(tensors)) tensor.dispose();
}

function sessionOf(
  tf: TensorFlow,
  spec: GraphSpec,
  built: TrainingGraph,
  { call, dispose: end }: LoadedGraph,
): Session {
  const size = sizeOf(spec.shape);
  const { exchange } = schemeOf(spec.training);
  const phases = phasesOf(spec);
  const stepsPerEpoch = Math.ceil((spec.trained ?? spec.samples) / spec.training.batch);

  const called = (name: string, inputs: NamedTensorMap): NamedTensorMap => {
    try {
      return call(name, inputs);
    } catch (error) {
      throw spec.precision === 'bfloat16' && lacksKernel(error) ? noBfloat16() : error;
    }
  };

  /** Calls with inputs that are freed after it, and hands the outputs to `use` before they are. */
  const using = <R>(name: string, inputs: NamedTensorMap, use: (out: NamedTensorMap) => R): R => {
    const out = called(name, inputs);
    try {
      return use(out);
    } finally {
      dispose(inputs);
      dispose(out);
    }
  };
  const feed = (state: State): NamedTensorMap =>
    Object.fromEntries(
      [...state].map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape], 'float32')]),
    );
  const nothing = () => undefined;

  return {
    weights: built.weights,
    fill(from, values, labels, soft) {
      for (let at = 0; at < labels.length; at += FILL_CHUNK) {
        const n = Math.min(FILL_CHUNK, labels.length - at);
        const places = Int32Array.from({ length: n }, (_, i) => from + at + i);
        const part = values.subarray(at * size, (at + n) * size);
        const inputs = {
          places: tf.tensor1d(places, 'int32'),
          values:
            part instanceof Uint8Array
              ? tf.tensor(Int32Array.from(part), [n, ...spec.shape], 'int32')
              : tf.tensor(part, [n, ...spec.shape], 'float32'),
          classes: tf.tensor1d(Int32Array.from(labels.subarray(at, at + n)), 'int32'),
        };
        const others = (soft?.others ?? labels).subarray(at, at + n);
        const shares = soft?.shares.subarray(at, at + n) ?? new Float32Array(n);
        const softly = spec.soft && {
          others: tf.tensor1d(Int32Array.from(others), 'int32'),
          shares: tf.tensor1d(shares, 'float32'),
        };
        using('fill', { ...inputs, ...softly }, nothing);
      }
    },
    start: () => using('start', {}, nothing),
    stepsPerCall: spec.stepsPerCall,
    steps(indices, rates, first, measured) {
      const count = rates.length;
      const batch = indices.length / count;
      const eachStep = (value: (number: number) => number) =>
        tf.tensor1d(
          Int32Array.from(rates, (_, k) => value(first + k)),
          'int32',
        );
      const inputs = {
        indices: tf.tensor2d(indices, [count, batch], 'int32'),
        rates: tf.tensor1d(rates, 'float32'),
        numbers: eachStep((number) => number),
        ...(exchange && {
          kept: eachStep((number) =>
            exchange.kept(spec.training, Math.floor(number / stepsPerEpoch), batch),
          ),
        }),
      };
      const epochs = Math.floor(first / stepsPerEpoch);
      const phase = phases.filter(({ from }) => from <= epochs).length - 1;
      const isBegun = phase === 0 || first > phases[phase]!.from * stepsPerEpoch;
      if (!isBegun) using(inPhase('begin', phase), {}, nothing);
      const full = indices.length === spec.stepsPerCall * spec.training.batch;
      const name = full && count === spec.stepsPerCall ? 'steps' : 'step';
      return using(inPhase(name, phase), inputs, (out) => {
        if (measured) scatter(out, indices, measured);
        return numbers(out, 'losses') as Float32Array;
      });
    },
    evaluate(indices, { classes, losses, probabilities }, offset) {
      using('evaluate', { indices: tf.tensor1d(indices, 'int32') }, (out) => {
        losses.set(numbers(out, 'losses'), offset);
        classes.set(numbers(out, 'classes'), offset);
        probabilities?.set(numbers(out, 'probabilities'), offset * spec.classes);
      });
    },
    predictProbabilities: (indices) =>
      using(
        'predictProbabilities',
        { indices: tf.tensor1d(indices, 'int32') },
        (out) => numbers(out, 'probabilities') as Float32Array,
      ),
    features: (indices) =>
      using(
        'features',
        { indices: tf.tensor1d(indices, 'int32') },
        (out) => numbers(out, 'features') as Float32Array,
      ),
    moves: () =>
      using('distance', {}, (out) => ({
        moved: numbers(out, 'moved') as Float32Array,
        start: numbers(out, 'start') as Float32Array,
      })),
    read: () =>
      using('read', {}, (out) => new Map(built.state.map((name) => [name, taken(out[name]!)]))),
    restore(state, start) {
      using('restore', feed(state), nothing);
      // Of the state before training, moving averages are not measured from.
      const trained = new Set(built.weights.map(({ name }) => name));
      const measured = [...start].filter(([name]) => trained.has(name));
      const renamed = new Map(measured.map(([name, value]) => [`start/${name}`, value]));
      using('restoreStart', feed(renamed), nothing);
    },
    dispose: end,
  };
}

function numbers(out: NamedTensorMap, name: string): Float32Array | Int32Array {
  return out[name]!.dataSync() as Float32Array | Int32Array;
}

/** Puts what steps found of their samples at the samples' places. */
function scatter(
  out: NamedTensorMap,
  indices: Int32Array,
  { classes, losses, probabilities }: Evaluation,
): void {
  const foundLosses = numbers(out, 'sampleLosses');
  const foundClasses = numbers(out, 'sampleClasses');
  for (let i = 0; i < indices.length; i++) {
    losses[indices[i]!] = foundLosses[i]!;
    classes[indices[i]!] = foundClasses[i]!;
  }
  if (!probabilities) return;
  const foundProbabilities = numbers(out, 'sampleProbabilities');
  const width = foundProbabilities.length / indices.length;
  for (let i = 0; i < indices.length; i++) {
    const to = indices[i]! * width;
    for (let c = 0; c < width; c++) probabilities[to + c] = foundProbabilities[i * width + c]!;
  }
}

function taken(tensor: Tensor): { shape: number[]; data: Float32Array } {
  return { shape: tensor.shape, data: tensor.dataSync() as Float32Array };
}
