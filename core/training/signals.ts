/** Signals of one epoch, computed from what the graph returned for each sample. */
import type { EpochRecord } from '../contract/messages/records.ts';
import type { Moves, State } from '../engine/session.ts';
import type { NoisyLabels } from './prepared.ts';
import { countDiffering, newLabels } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';

/** What the network says about each sample of a part. */
export interface Evaluated {
  /** Predicted class. */
  classes: Labels;
  /** Cross-entropy against the label as given. */
  losses: Float32Array;
  /** The chance of each class, samples x classes; null of a part that nobody asks it for. */
  probabilities?: Float32Array | null;
}

/** What an epoch of a training gave, whoever trained it. */
export interface MeasuredEpoch {
  record: EpochRecord;
  /** Of the training samples. */
  evaluated: Evaluated;
  /** Of the hold-out; empty where there is none. */
  heldOut: Evaluated;
  /** Reads weights and optimizer state; not there where another program has them. */
  state?: () => State;
  /** False of one of many that are there at once, which needs no verdict of its own. */
  judged?: boolean;
}

/** Everything that was evaluated after an epoch. */
export interface EvaluatedParts {
  train: Evaluated;
  holdout: Evaluated;
  test: Evaluated;
}

/** Room for the evaluations of `samples` samples. */
export function evaluatedOf(samples: number, classes: number): Evaluated {
  return { classes: newLabels(samples, classes), losses: new Float32Array(samples) };
}

/** The share of places where both are the same; 0 to 1. */
export function accuracy(classes: Labels, labels: Labels): number {
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (classes[i] === labels[i]) right++;
  return right / labels.length;
}

/** The arithmetic mean, added up in float64. */
export function average(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** What an epoch's record is made from. */
export interface EpochSignals {
  epoch: number;
  evaluated: EvaluatedParts;
  train: NoisyLabels;
  holdout: NoisyLabels;
  test: Labels;
  /** The classes predicted an epoch earlier; null where there is none. */
  before: Labels | null;
  /** How far the weights went, and the layer of each; null where another program has them. */
  moved: { moves: Moves; layers: readonly string[] } | null;
  seconds: number;
}

/** Builds an epoch's row; fields that cannot be known are left out. */
export function recordOf(signals: EpochSignals): EpochRecord {
  const { evaluated, train, holdout, test, before } = signals;
  const part = <K extends string>(name: K, { classes, losses }: Evaluated, labels: Labels) =>
    labels.length === 0
      ? {}
      : { [`${name}Loss`]: average(losses), [`${name}Accuracy`]: accuracy(classes, labels) };
  return {
    epoch: signals.epoch,
    trainLoss: average(evaluated.train.losses),
    trainAccuracy: accuracy(evaluated.train.classes, train.given),
    ...(train.truth ? { trainAccuracyTrue: accuracy(evaluated.train.classes, train.truth) } : {}),
    ...part('holdout', evaluated.holdout, holdout.given),
    ...part('test', evaluated.test, test),
    ...distancesOf(signals.moved),
    ...(before ? { predictionChanges: countDiffering(evaluated.train.classes, before) } : {}),
    ...lossesByTruth(evaluated.train.losses, train),
    seconds: signals.seconds,
  };
}

const distancesOf = (moved: EpochSignals['moved']) =>
  moved ? distances(moved.moves, moved.layers) : { distanceByLayer: {} };

/** Frobenius norms of W - W0: all together, by layer, and divided by the norm of W0. */
export function distances(
  moves: Moves,
  layers: readonly string[],
): Pick<EpochRecord, 'distance' | 'relativeDistance' | 'distanceByLayer'> {
  const squares = new Map<string, number>();
  layers.forEach((layer, i) => squares.set(layer, (squares.get(layer) ?? 0) + moves.moved[i]!));
  const total = (values: Iterable<number>) => Math.sqrt([...values].reduce((a, b) => a + b, 0));
  const distance = total(squares.values());
  return {
    distance,
    relativeDistance: distance / total(moves.start),
    distanceByLayer: Object.fromEntries([...squares].map(([name, sq]) => [name, Math.sqrt(sq)])),
  };
}

function lossesByTruth(losses: Float32Array, { given, truth }: NoisyLabels): Partial<EpochRecord> {
  if (!truth) return {};
  let [right, rights, wrong, wrongs] = [0, 0, 0, 0];
  for (let i = 0; i < losses.length; i++) {
    if (given[i] === truth[i]) {
      right += losses[i]!;
      rights++;
    } else {
      wrong += losses[i]!;
      wrongs++;
    }
  }
  return {
    ...(rights > 0 ? { lossTrueLabels: right / rights } : {}),
    ...(wrongs > 0 ? { lossWrongLabels: wrong / wrongs } : {}),
  };
}
