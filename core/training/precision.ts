/** In which type a run computes, where the lab is to choose: the faster one on this machine. */
import { InputError } from '../contract/words/errors.ts';
import { openSession } from '../engine/session.ts';
import type { Session } from '../engine/session.ts';
import type { Precision } from '../engine/forward.ts';
import { multiplyAddsOf } from '../engine/size.ts';
import { graphSpec } from './resident.ts';
import type { Prepared } from './prepared.ts';

/**
 * Multiply-adds of a run below which nothing is measured, since it would take more than it can give:
 * about twenty seconds of the fastest networks on two cores in float32, where measuring takes about three.
 */
const WORTH_MEASURING = 2e12;
/** Forward, and back for samples and weights. */
const PASSES = 3;
/** How much faster bfloat16 has to be: less is noise, and float32 is the safer of the two. */
const FASTER = 1.1;
/** A first step that takes so much longer than in float32 says that the machine only imitates bfloat16. */
const HOPELESS = 4;
/** The largest batch of a trial: of gradient descent on all samples a few steps may be the whole run. */
const LARGEST = 512;
/** Rounds of both, and milliseconds of them after which there are no more. */
const ROUNDS = 5;
const ENOUGH = 600;

/** What was chosen, and why. */
export interface ChosenPrecision {
  precision: Precision;
  /** How many times as fast a step is in bfloat16, 0 where there is none; null where it was not measured. */
  speed: number | null;
}

/**
 * Chooses between float32 and bfloat16 by a few steps of each on this machine, in turns. The steps
 * have the run's own network, optimizer and batch, but no very large one, on samples of zeros.
 */
export async function choosePrecision(prepared: Prepared): Promise<ChosenPrecision> {
  const { epochs } = prepared.config.training;
  const samples = prepared.split.train.length * epochs;
  if (PASSES * multiplyAddsOf(prepared.layers) * samples < WORTH_MEASURING) {
    return { precision: 'float32', speed: null };
  }
  const speed = await speedOfBfloat16(prepared);
  return { precision: speed >= FASTER ? 'bfloat16' : 'float32', speed };
}

/** The time of a step in float32 over that in bfloat16. */
async function speedOfBfloat16(prepared: Prepared): Promise<number> {
  const plain = await openStep(prepared, 'float32');
  try {
    const short = await openStep(prepared, 'bfloat16');
    try {
      return ratioOf(plain, short);
    } finally {
      short.dispose();
    }
  } finally {
    plain.dispose();
  }
}

/** One call of steps; returns milliseconds. */
interface Step {
  run: () => number;
  dispose: () => void;
}

async function openStep(prepared: Prepared, precision: Precision): Promise<Step> {
  const spec = graphSpec(prepared);
  const batch = Math.min(spec.training.batch, prepared.split.train.length, LARGEST);
  const training = { ...spec.training, batch };
  const session = await openSession({ ...spec, training, precision, samples: batch, soft: false });
  const size = spec.shape.reduce((all, side) => all * side, 1) * batch;
  session.fill(
    0,
    spec.dtype === 'uint8' ? new Uint8Array(size) : new Float32Array(size),
    new Uint8Array(batch),
  );
  session.start();
  return { run: () => timeSteps(session, batch), dispose: session.dispose };
}

function timeSteps(session: Session, batch: number): number {
  const rates = new Float32Array(session.stepsPerCall);
  const indices = Int32Array.from({ length: batch * rates.length }, (_, i) => i % batch);
  const from = performance.now();
  session.steps(indices, rates, 0);
  return performance.now() - from;
}

/** Endless where this processor cannot compute in bfloat16 at all. */
function orNever(run: () => number): number {
  try {
    return run();
  } catch (error) {
    if (error instanceof InputError) return Infinity;
    throw error;
  }
}

/** Of both in turns, until that is enough; the first call of each, which builds kernels, is not counted. */
function ratioOf(plain: Step, short: Step): number {
  const first = [plain.run(), orNever(short.run)] as const;
  if (first[1] > HOPELESS * first[0]) return first[0] / first[1];
  let [slow, fast] = [0, 0];
  for (let round = 0; round < ROUNDS && slow + fast < ENOUGH; round++) {
    slow += plain.run();
    fast += short.run();
  }
  return slow / fast;
}
