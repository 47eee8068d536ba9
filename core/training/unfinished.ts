/** An epoch that was stopped between two steps: all that going on from there takes. */
import type { Session, State } from '../engine/session.ts';
import type { Breather } from './breather.ts';
import type { Evaluated } from './signals.ts';

/**
 * How far an epoch has come. The order of its samples and all random numbers follow from the seed,
 * the epoch and the number of a step, so they need not be kept.
 */
export interface UnfinishedEpoch {
  epoch: number;
  /** Optimizer steps of it that are done; all of them where its evaluation was stopped. */
  steps: number;
  /** Seconds that it has taken. */
  seconds: number;
  /** Weights and optimizer state after those steps. */
  state: State;
  /** What its steps found of their samples; null where samples are measured after an epoch. */
  measured: Evaluated | null;
}

/** The same of an epoch that is being trained. */
export function unfinishedOf(
  session: Session,
  epoch: number,
  steps: number,
  clock: Breather,
  measured: Evaluated | undefined,
): UnfinishedEpoch {
  const seconds = clock.seconds();
  return { epoch, steps, seconds, state: session.read(), measured: measured ?? null };
}

/** Copies what was found of samples into arrays of the same lengths. */
export function put(from: Evaluated, to: Evaluated): void {
  to.classes.set(from.classes);
  to.losses.set(from.losses);
  if (from.probabilities?.length === to.probabilities?.length) {
    to.probabilities?.set(from.probabilities!);
  }
}
