/** Trains the theorems' network by full-batch gradient descent, and looks at it as the proof does. */
import { InputError } from '../contract/words/errors.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';
import type { Control } from '../training/breather.ts';
import { descend, recordedIterations } from './descent.ts';
import type { DescentSetup } from './descent.ts';
import { openKernel } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import type { Milestone, Milestones, Shares } from './milestones.ts';
import { Proof } from './proof.ts';
import type { Decay, ProofState } from './proof.ts';

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
  pictures: ProofState[];
  milestones: Milestones;
}

/** What a theory run is made of. */
export interface TheorySetup extends DescentSetup {
  activation: 'relu' | 'softplus' | 'tanh';
}

/**
 * Runs gradient descent for `training.epochs` iterations; ends early when stopped.
 * @throws InputError where the learning rate is too high, or TensorFlow cannot be loaded
 */
export async function runTheory(setup: TheorySetup, control: Control = {}): Promise<TheoryRun> {
  const { data, activation, training } = setup;
  const { samples, dimension } = data;
  const spec = { samples, dimension, activation };
  await loadTensorFlow(training.threads, training.device);
  const kernel = await openKernel(spec, data.inputs, training.threads);
  try {
    return await watched(setup, kernel, control);
  } finally {
    kernel.dispose();
  }
}

async function watched(setup: TheorySetup, kernel: Kernel, control: Control): Promise<TheoryRun> {
  const { data, clustering, training } = setup;
  const { epochs, learningRate } = training;
  const eta = learningRate / data.samples;
  const proof = new Proof(data, kernel, clustering.centres.length, eta);
  const recorded = recordedIterations(epochs);
  const points: TheoryPoint[] = [];
  let decay: Decay | null = null;
  const { iterations, milestones } = await descend(
    setup,
    epochs,
    {
      before(iteration, last, weights, found) {
        const wanted = proof.wants(found);
        const looks = last || wanted || recorded.has(iteration);
        decay = looks ? proof.see(weights(), iteration, last || wanted) : null;
        if (iteration === 0) checkRate(proof.pictures[0]!, learningRate, data.samples);
      },
      after({ measured: _measured, pairs: _pairs, ...moment }, last) {
        const { iteration } = moment;
        if (decay && (last || recorded.has(iteration))) points.push({ ...moment, decay });
      },
    },
    control,
  );
  return { iterations, eta, points, pictures: proof.pictures, milestones };
}

/** From eta sigma^2 = 2 on, each step along the largest singular vector overshoots by more than the last. */
function checkRate({ singular }: ProofState, rate: number, samples: number): void {
  const most = (2 * samples) / singular[0]! ** 2;
  if (rate < most) return;
  throw new InputError('theory.overshoots', {
    rate,
    most: most.toPrecision(2),
    field: { path: 'training.learningRate' },
  });
}
