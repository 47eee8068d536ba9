/** Trains the theorems' network by full-batch gradient descent, and looks at it as the proof does. */
import type { Config } from '../config/schema.ts';
import { openSession } from '../engine/session.ts';
import type { Session } from '../engine/session.ts';
import { InputError } from '../errors.ts';
import type { PlacedLayer } from '../models/index.ts';
import { Breather } from '../training/breather.ts';
import type { Control } from '../training/breather.ts';
import type { Clustering } from './centres.ts';
import type { TheoryData } from './inputs.ts';
import { openKernel } from './kernel.ts';
import type { HiddenWeights, Kernel } from './kernel.ts';
import { Watch } from './milestones.ts';
import type { Milestone, Milestones, Shares } from './milestones.ts';
import { Proof } from './proof.ts';
import type { Decay, Picture } from './proof.ts';

/** What was found at one iteration, 0 being before training. */
export interface TheoryPoint extends Milestone, Shares {
  /** Mean of half squares against the labels as given. */
  loss: number;
  decay: Decay;
}

/** What a theory run found. */
export interface TheoryRun {
  /** Iterations that were done. */
  iterations: number;
  /** eta, the paper's learning rate: of the sum of half squares, so training.learningRate over the samples. */
  eta: number;
  points: TheoryPoint[];
  /** The proof's picture at the start, once every sample had its true class, and at the end. */
  pictures: Picture[];
  milestones: Milestones;
}

/** What a theory run is made of. */
export interface TheorySetup {
  config: Config;
  data: TheoryData;
  clustering: Clustering;
  /** The smallest gap between the numbers of two classes. */
  delta: number;
  layers: readonly PlacedLayer[];
}

/** About how many points are recorded, evenly on a log axis. */
const POINTS = 40;

/**
 * Runs gradient descent for `training.epochs` iterations; ends early when stopped.
 * @throws InputError where the learning rate is too high, or TensorFlow cannot be loaded
 */
export async function runTheory(setup: TheorySetup, control: Control = {}): Promise<TheoryRun> {
  const { config, data } = setup;
  const { samples, dimension } = data;
  const { activation } = config.network;
  const { threads } = config.training;
  const kernel = await openKernel({ samples, dimension, activation }, data.inputs, threads);
  try {
    const session = await openSession(specOf(setup));
    try {
      session.fill(0, data.inputs, data.given);
      session.start();
      return await descend(setup, session, kernel, control);
    } finally {
      session.dispose();
    }
  } finally {
    kernel.dispose();
  }
}

function specOf({ config, data, layers }: TheorySetup) {
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
    training: { ...config.training, batch: samples, measure: 'during' as const },
    stepsPerCall: 1,
  };
}

async function descend(
  setup: TheorySetup,
  session: Session,
  kernel: Kernel,
  control: Control,
): Promise<TheoryRun> {
  const { config, data, clustering, delta } = setup;
  const { epochs, learningRate } = config.training;
  const { samples } = data;
  const all = Int32Array.from({ length: samples }, (_, i) => i);
  const measured = { classes: new Uint8Array(samples), losses: new Float32Array(samples) };
  const watch = new Watch(data, clustering.of, delta);
  const eta = learningRate / samples;
  const proof = new Proof(data, kernel, clustering.centres.length, eta);
  const clock = new Breather(control);
  const recorded = recordedIterations(epochs);
  const points: TheoryPoint[] = [];
  let iteration = 0;
  for (; ; iteration++) {
    const last = iteration === epochs || !(await clock.breathe(iteration, iteration / epochs));
    const record = last || recorded.has(iteration);
    const weights = record || proof.wants(watch.found) ? weightsOf(session) : null;
    const decay = weights && proof.see(weights, iteration, last || proof.wants(watch.found));
    if (iteration === 0) checkRate(proof.pictures[0]!, learningRate, samples);
    const moment = momentOf(session, iteration);
    if (last) session.judge(all, measured.classes, measured.losses, 0);
    else session.steps(all, Float32Array.of(learningRate), iteration, measured);
    const loss = measured.losses.reduce((sum, value) => sum + value, 0) / samples;
    const shares = watch.see(measured, moment);
    if (record && decay) points.push({ ...moment, ...shares, loss, decay });
    if (last) break;
  }
  return { iterations: iteration, eta, points, pictures: proof.pictures, milestones: watch.found };
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

/** 0, and whole numbers evenly on a log axis. */
function recordedIterations(epochs: number): Set<number> {
  const steps = Array.from({ length: POINTS }, (_, i) => Math.round(epochs ** (i / (POINTS - 1))));
  return new Set([0, ...steps]);
}

/** From eta sigma^2 = 2 on, each step along the largest singular vector overshoots by more than the last. */
function checkRate({ singular }: Picture, rate: number, samples: number): void {
  const most = (2 * samples) / singular[0]! ** 2;
  if (rate < most) return;
  throw new InputError(
    `training.learningRate: with ${rate} gradient descent overshoots along the largest singular vector, ` +
      `where the theorems say nothing; give less than ${most.toPrecision(2)}.`,
  );
}
