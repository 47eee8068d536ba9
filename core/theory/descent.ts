/** Full-batch gradient descent of the theorems' network, watched at every iteration. */
import type { TrainingConfig } from '../contract/config/schema.ts';
import { openSession } from '../engine/session.ts';
import type { Evaluation, Session } from '../engine/session.ts';
import type { PlacedLayer } from '../models/index.ts';
import { Breather } from '../training/breather.ts';
import type { Control } from '../training/breather.ts';
import type { Clustering } from './centres.ts';
import type { TheoryData } from './inputs.ts';
import { outputWeights } from './kernel.ts';
import type { HiddenWeights } from './kernel.ts';
import { Watch } from './milestones.ts';
import type { Milestone, Milestones, SamplePair, Shares } from './milestones.ts';

/** What is descended on. */
export interface DescentSetup {
  data: TheoryData;
  clustering: Clustering;
  /** The smallest gap between the numbers of two classes. */
  delta: number;
  layers: readonly PlacedLayer[];
  training: TrainingConfig;
}

/** One iteration; 0 is before training. */
export interface Moment extends Milestone, Shares {
  /** Mean of half squares against the labels as given. */
  loss: number;
  /** Of every sample; valid until the next iteration. */
  measured: Evaluation;
  /** The pairs by which a wrong label is fitted at this iteration, where it is the first such. */
  pairs: readonly SamplePair[];
}

/** What watches a descent. */
export interface Watcher {
  /** Before the iteration's step. @param last whether no step follows */
  before?(iteration: number, last: boolean, weights: () => HiddenWeights, found: Milestones): void;
  /** What that iteration was like. @returns true where nothing more needs to be seen */
  after?(moment: Moment, last: boolean, found: Milestones): boolean | void;
}

/**
 * Descends for so many iterations; ends early when stopped or when the watcher has seen enough.
 * @throws InputError where TensorFlow cannot be loaded
 */
export async function descend(
  setup: DescentSetup,
  iterations: number,
  watcher: Watcher,
  control: Control = {},
): Promise<{ iterations: number; milestones: Milestones }> {
  const { data, training } = setup;
  const session = await openSession(specOf(setup));
  try {
    session.fill(0, data.inputs, data.given);
    session.start();
    const all = Int32Array.from({ length: data.samples }, (_, i) => i);
    const measured = {
      classes: new Uint8Array(data.samples),
      losses: new Float32Array(data.samples),
    };
    const rate = Float32Array.of(training.learningRate);
    const watch = new Watch(data, setup.clustering.of, setup.delta, outputsOf(session, all));
    const clock = new Breather(control);
    for (let iteration = 0; ; iteration++) {
      const share = iteration / iterations;
      const last = iteration === iterations || !(await clock.breathe(iteration, share));
      watcher.before?.(iteration, last, () => weightsOf(session), watch.found);
      const milestone = momentOf(session, iteration);
      if (last) session.evaluate(all, measured, 0);
      else session.steps(all, rate, iteration, measured);
      const shares = watch.see(measured, milestone);
      const loss = measured.losses.reduce((sum, value) => sum + value, 0) / data.samples;
      const first = watch.found.firstWrongFit?.iteration === iteration;
      const pairs = first ? watch.pairs : [];
      const enough = watcher.after?.(
        { ...milestone, ...shares, loss, measured, pairs },
        last,
        watch.found,
      );
      if (last || enough) return { iterations: iteration, milestones: watch.found };
    }
  } finally {
    session.dispose();
  }
}

function specOf({ data, layers, training }: DescentSetup) {
  const { samples, dimension, alphas } = data;
  return {
    layers,
    shape: [1, 1, dimension] as const,
    classes: alphas.length,
    targets: alphas,
    samples,
    dtype: 'float32' as const,
    mean: 0,
    deviation: 1,
    // Each step measures all samples on its way, so every iteration is seen at no cost.
    training: { ...training, batch: samples, measure: 'during' as const },
    stepsPerCall: 1,
  };
}

/** Samples whose hidden units are read at a time, so that memory does not grow with all of them. */
const AT_ONCE = 256;

/** f(W, x) of each sample: its hidden units, summed with the signs of the output layer. */
function outputsOf(session: Session, all: Int32Array): Float64Array {
  const outputs = new Float64Array(all.length);
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const part = all.subarray(from, from + AT_ONCE);
    const hidden = session.features(part);
    const units = hidden.length / part.length;
    const signs = outputWeights(units);
    part.forEach((_, i) => {
      for (let r = 0; r < units; r++) outputs[from + i]! += signs[r]! * hidden[i * units + r]!;
    });
  }
  return outputs;
}

function weightsOf(session: Session): HiddenWeights {
  const { shape, data } = session.read().get(session.weights[0]!.name)!;
  return { data, units: shape[1]! };
}

function momentOf(session: Session, iteration: number): Milestone {
  const { moved, start } = session.moves();
  const distance = Math.sqrt(moved[0]!);
  return { iteration, distance, relativeDistance: distance / Math.sqrt(start[0]!) };
}

/** About how many points are recorded of a run. */
const POINTS = 40;

/** 0, and whole numbers evenly on a log axis. */
export function recordedIterations(iterations: number): Set<number> {
  const steps = Array.from({ length: POINTS }, (_, i) =>
    Math.round(iterations ** (i / (POINTS - 1))),
  );
  return new Set([0, ...steps]);
}
