/** Looks at a run's samples through the weights that it kept: who is near whom, and what of test samples. */
import { setImmediate } from 'node:timers/promises';
import type { Verdict } from '../contract/messages/records.ts';
import type { TensorFlow } from '../engine/tensorflow.ts';
import type { Evidence } from '../labels/audit.ts';
import { everyNth, nearest } from '../labels/neighbours.ts';
import type { Neighbours, FeaturePoints } from '../labels/neighbours.ts';
import type { CheckedRun } from '../run-folder/check.ts';
import { checkpointEpochs, stateAt } from '../run-folder/checkpoints.ts';
import { readFeatures } from '../recorded/features.ts';
import type { RunLabels } from '../run-folder/read.ts';
import { openProbe } from '../training/probe.ts';
import type { Part, Probe } from '../training/probe.ts';
import type { Prepared } from '../training/prepare.ts';
import type { AuditControl } from './control.ts';

/** What was seen. */
export interface Seen {
  train: Neighbours;
  holdout: Neighbours;
  /** Null where nobody asked. */
  test: Omit<Evidence, 'given'> | null;
}

/** The nearest training samples of each part's samples; null for a part that nobody asked for. */
export interface PartNeighbours {
  train: Neighbours;
  holdout: Neighbours;
  test: Neighbours | null;
}

/** How many neighbours vote for a sample. */
const NEIGHBOURS = 30;
/** So many pairs of samples are compared at most, half a minute; then a part of the samples votes. */
const PAIRS = 4e9;
/** Test samples are looked at through so many checkpoints at most. */
const LOOKS = 10;

/** @returns null where no weights are left near the recommended epoch */
export async function lookAt(
  tf: TensorFlow,
  run: string,
  checked: CheckedRun,
  prepared: Prepared,
  { epoch, high }: Verdict,
  withTest: boolean,
  control: AuditControl,
): Promise<Seen | null> {
  const epochs = checkpointEpochs(run).filter((at) => at > 0);
  const nearestFirst = epochs.toSorted((a, b) => Math.abs(a - epoch) - Math.abs(b - epoch));
  const state = firstWhole(nearestFirst, (at) => stateAt(run, at, checked.sums));
  if (state === null) return null;
  const probe = await openProbe(prepared);
  try {
    probe.set(state);
    const points = (part: Part): FeaturePoints => {
      const values = probe.features(part);
      return { values, size: values.length / Math.max(1, prepared.split[part].length) };
    };
    const train = points('train');
    const near = nearestTraining(tf, train);
    const along = alongOf(control);
    const seen = {
      train: await near(train, along(0.2)),
      holdout: await near(points('holdout'), along(0.5)),
    };
    if (!withTest) return { ...seen, test: null };
    const neighbours = await near(points('test'), along(0.6));
    const looks = epochs.filter((at) => at <= high);
    return { ...seen, test: { ...tested(probe, run, checked, looks), neighbours } };
  } finally {
    probe.dispose();
  }
}

/** The same of a training that was recorded with its features. @returns null where it was not */
export async function lookAtFeatures(
  tf: TensorFlow,
  run: string,
  { given, holdoutGiven }: Pick<RunLabels, 'given' | 'holdoutGiven'>,
  control: AuditControl,
): Promise<Seen | null> {
  const features = readFeatures(run, { train: given.length, holdout: holdoutGiven.length });
  if (!features) return null;
  const near = nearestTraining(tf, features.train);
  const along = alongOf(control);
  return {
    train: await near(features.train, along(0.2)),
    holdout: await near(features.holdout, along(0.5)),
    test: null,
  };
}

/** Tells how far a search is, which begins at a share of the whole. */
const alongOf =
  ({ progress, signal }: AuditControl) =>
  (from: number) =>
  async (share: number) => {
    progress?.(from + 0.3 * share);
    // Whoever wants to end this is heard.
    await setImmediate();
    signal?.throwIfAborted();
  };

/**
 * Searches the nearest training samples of any, among every so many of them where they are too many.
 * @param train of which none is its own neighbour
 */
export function nearestTraining(
  tf: TensorFlow,
  train: FeaturePoints,
): (of: FeaturePoints, progress: (share: number) => void | Promise<void>) => Promise<Neighbours> {
  const samples = train.values.length / train.size;
  const step = Math.ceil((samples * samples) / PAIRS);
  const among = everyNth(train, step);
  return async (of, progress) => {
    const own =
      of === train ? Int32Array.from({ length: samples }, (_, i) => placeIn(i, step)) : null;
    const { places, ...found } = await nearest(tf, of, among, own, NEIGHBOURS, progress);
    return { ...found, places: places.map((place) => place * step) };
  };
}

/** Where a sample is among every so many; -1 where it is left out. */
const placeIn = (sample: number, step: number): number =>
  sample % step === 0 ? sample / step : -1;

/** The first that can be read. */
function firstWhole<T>(epochs: readonly number[], read: (epoch: number) => T | null): T | null {
  for (const epoch of epochs) {
    const found = read(epoch);
    if (found) return found;
  }
  return null;
}

/** Means over checkpoints of what is believed of the test samples, and their votes. */
function tested(
  probe: Probe,
  run: string,
  { sums, stored }: CheckedRun,
  epochs: readonly number[],
): Pick<Evidence, 'probabilities' | 'votes'> {
  const classes = stored.classes.length;
  const step = Math.ceil(epochs.length / LOOKS);
  const states = epochs
    .filter((_, i) => (epochs.length - 1 - i) % step === 0)
    .flatMap((epoch) => stateAt(run, epoch, sums) ?? []);
  let probabilities = new Float32Array(0);
  let votes = probabilities;
  for (const state of states) {
    probe.set(state);
    const said = probe.probabilities('test');
    if (probabilities.length === 0) [probabilities, votes] = [said.map(() => 0), said.map(() => 0)];
    for (let at = 0; at < said.length; at += classes) {
      let top = at;
      for (let c = at; c < at + classes; c++) {
        probabilities[c]! += said[c]! / states.length;
        if (said[c]! > said[top]!) top = c;
      }
      votes[top]! += 1 / states.length;
    }
  }
  return { probabilities, votes };
}
