/** Trains a prepared run, epoch by epoch. */
import { openSession } from '../engine/session.ts';
import type { Session, State } from '../engine/session.ts';
import { InputError } from '../contract/words/errors.ts';
import { randomOf, shuffle } from '../random.ts';
import { Breather } from './breather.ts';
import type { Control } from './breather.ts';
import { chunkSize, fillSession, graphSpec } from './resident.ts';
import type { Trainable } from './resident.ts';
import { learningRateAt } from './schedule.ts';
import { evaluatedOf, recordOf } from './signals.ts';
import type { Evaluated, EvaluatedParts, MeasuredEpoch } from './signals.ts';
import { put, unfinishedOf } from './unfinished.ts';
import type { UnfinishedEpoch } from './unfinished.ts';
import type { Labels } from '../data/labels.ts';

/** What an epoch gave. The arrays and the state are valid until the next epoch is asked for. */
export interface EpochResult extends MeasuredEpoch {
  /** Reads weights and optimizer state out of TensorFlow. */
  state: () => State;
  /** The chance of each class for each training and hold-out sample: samples x classes. */
  probabilities: () => { train: Float32Array; holdout: Float32Array };
}

export type { Trainable } from './resident.ts';

/** From where a run goes on. */
export interface ResumePoint {
  /** The last epoch that is complete. */
  epoch: number;
  state: State;
  /** Weights before training. */
  start: State;
  /** Predicted classes of the training samples after that epoch. */
  classes: Labels;
  /** How far the next epoch had come; null where it is trained from its first step. */
  unfinished: UnfinishedEpoch | null;
}

/** How a caller steers training, and what it keeps of an epoch that it stops. */
export interface TrainControl extends Control {
  /** Called where training is stopped inside an epoch; what it is given is valid until it returns. */
  unfinished?: (epoch: UnfinishedEpoch) => void;
}

/** Chances of classes that are kept of a run at most, 80 MB: a million samples of 20 classes. */
const MOST_PROBABILITIES = 20e6;

/**
 * Trains and yields epoch 0 (before training), then every epoch; ends early when stopped.
 * The order of samples depends on the seed and the epoch only, so a resumed run goes the same way.
 * @throws InputError where the loss is no longer a number, or TensorFlow cannot be loaded
 */
export async function* train(
  prepared: Trainable,
  control: TrainControl = {},
  resume: ResumePoint | null = null,
): AsyncGenerator<EpochResult, void, void> {
  const session = await openSession(graphSpec(prepared));
  try {
    fillSession(session, prepared);
    if (resume) session.restore((resume.unfinished ?? resume).state, resume.start);
    else session.start();
    yield* epochs(session, prepared, control, resume);
  } finally {
    session.dispose();
  }
}

async function* epochs(
  session: Session,
  prepared: Trainable,
  control: TrainControl,
  resume: ResumePoint | null,
): AsyncGenerator<EpochResult, void, void> {
  const clock = new Breather(control);
  const evaluator = new Evaluator(session, prepared, clock);
  // What a step makes of a mixture tells of no sample.
  const { measure, mixup } = prepared.config.training;
  const during = measure === 'during' && mixup === 0;
  const layers = session.weights.map((weight) => weight.layer);
  let before = resume?.classes.slice() ?? null;
  for (
    let epoch = resume ? resume.epoch + 1 : 0;
    epoch <= prepared.config.training.epochs;
    epoch++
  ) {
    const begun = resume?.unfinished?.epoch === epoch ? resume.unfinished : null;
    clock.restart(begun?.seconds);
    if (!(await clock.breathe(epoch, 0, true))) return;
    // Before training there is no step to measure in.
    const measured = during && epoch > 0 ? evaluator.parts.train : undefined;
    if (measured && begun?.measured) put(begun.measured, measured);
    const { steps, isOver } = await trainEpoch(session, prepared, epoch, clock, {
      from: begun?.steps ?? 0,
      measured,
    });
    const evaluated = isOver ? await evaluator.all(epoch, measured === undefined) : null;
    if (!evaluated) {
      if (steps > 0) control.unfinished?.(unfinishedOf(session, epoch, steps, clock, measured));
      return;
    }
    const { train, holdout, test } = prepared;
    const moves = session.moves();
    const seconds = clock.seconds();
    const parts = { evaluated, train, holdout, test };
    const record = recordOf({ epoch, ...parts, before, moved: { moves, layers }, seconds });
    if (!Number.isFinite(record.trainLoss + record.relativeDistance!)) {
      throw diverged(epoch, prepared.config.training.learningRate);
    }
    before = evaluated.train.classes.slice();
    yield {
      record,
      evaluated: evaluated.train,
      heldOut: evaluated.holdout,
      state: () => session.read(),
      probabilities: () => probabilitiesOf(session, prepared),
    };
  }
}

/** How a pass over the training samples is begun. */
interface PassOptions {
  /** Steps that are done already. */
  from: number;
  /** Takes what steps find of their samples, where that is wanted. */
  measured: Evaluated | undefined;
}

/**
 * One pass over the training samples; none of epoch 0.
 * @returns how many steps are done, and whether that is all of them (else it was stopped)
 */
async function trainEpoch(
  session: Session,
  { config, split }: Trainable,
  epoch: number,
  clock: Breather,
  { from, measured }: PassOptions,
): Promise<{ steps: number; isOver: boolean }> {
  if (epoch === 0) return { steps: 0, isOver: true };
  const { seed, batch, learningRate } = config.training;
  const order = Int32Array.from(split.train, (_, i) => i);
  shuffle(order, randomOf(seed, 'order', epoch));
  const stepsPerEpoch = Math.ceil(order.length / batch);
  const before = (epoch - 1) * stepsPerEpoch;
  let step = from;
  while (step < stepsPerEpoch) {
    const at = step * batch;
    // As many as one call takes, where that many whole batches are left.
    const whole = at + session.stepsPerCall * batch <= order.length;
    const count = whole ? session.stepsPerCall : 1;
    const rates = Float32Array.from({ length: count }, (_, k) =>
      learningRateAt(config.training, before + step + k, stepsPerEpoch),
    );
    const losses = session.steps(
      order.subarray(at, at + count * batch),
      rates,
      before + step,
      measured,
    );
    if (!losses.every(Number.isFinite)) throw diverged(epoch, learningRate);
    step += count;
    if (!(await clock.breathe(epoch, (at / order.length) * 0.7))) {
      return { steps: step, isOver: false };
    }
  }
  return { steps: step, isOver: true };
}

/** The class probabilities, in chunks as it is evaluated. */
function probabilitiesOf(
  session: Session,
  prepared: Trainable,
): ReturnType<EpochResult['probabilities']> {
  const { train, holdout } = prepared.split;
  const classes = prepared.dataset.classes.length;
  const all = new Float32Array((train.length + holdout.length) * classes);
  const indices = Int32Array.from({ length: train.length + holdout.length }, (_, i) => i);
  const chunk = chunkSize(prepared);
  for (let at = 0; at < indices.length; at += chunk) {
    all.set(session.predictProbabilities(indices.subarray(at, at + chunk)), at * classes);
  }
  const middle = train.length * classes;
  return { train: all.subarray(0, middle), holdout: all.subarray(middle) };
}

function diverged(epoch: number, rate: number): InputError {
  return new InputError('training.diverged', {
    rate,
    epoch,
    field: { path: 'training.learningRate' },
  });
}

/** Room for the probabilities of samples; null where that of the whole run would take too much. */
function roomFor({ split, dataset }: Trainable, samples: number): Float32Array | null {
  const { length } = dataset.classes;
  const all = (split.train.length + split.holdout.length) * length;
  return all <= MOST_PROBABILITIES ? new Float32Array(samples * length) : null;
}

/** Evaluates all samples in chunks, into arrays that are made once. */
class Evaluator {
  readonly parts: EvaluatedParts;
  private readonly indices: Int32Array;

  constructor(
    private readonly session: Session,
    private readonly prepared: Trainable,
    private readonly clock: Breather,
  ) {
    const { train, holdout, test } = prepared.split;
    const { length } = prepared.dataset.classes;
    const room = (samples: number) => roomFor(prepared, samples);
    this.parts = {
      train: { ...evaluatedOf(train.length, length), probabilities: room(train.length) },
      holdout: { ...evaluatedOf(holdout.length, length), probabilities: room(holdout.length) },
      test: evaluatedOf(test.length, length),
    };
    const total = train.length + holdout.length + test.length;
    this.indices = Int32Array.from({ length: total }, (_, i) => i);
  }

  /**
   * @param training whether training samples are evaluated too, or were measured during the epoch
   * @returns null where it was stopped
   */
  async all(epoch: number, training: boolean): Promise<EvaluatedParts | null> {
    const chunk = chunkSize(this.prepared);
    const { train, holdout, test } = this.parts;
    let first = 0;
    for (const part of [train, holdout, test]) {
      const { classes } = part;
      const evaluated = part === train && !training ? 0 : classes.length;
      for (let at = 0; at < evaluated; at += chunk) {
        const end = Math.min(at + chunk, evaluated);
        this.session.evaluate(this.indices.subarray(first + at, first + end), part, at);
        const done = (first + end) / this.indices.length;
        if (!(await this.clock.breathe(epoch, 0.7 + 0.3 * done))) return null;
      }
      first += classes.length;
    }
    return this.parts;
  }
}
