/** What the window draws of a run, computed from its folder or from the epoch at hand. */
import { networkView } from '../models/view.ts';
import type { EpochRecord, EpochView, RunView, SampleView } from '../protocol/records.ts';
import { keptEpochs } from './checkpoints.ts';
import { checkRun, cutAt, wholeDynamics } from './check.ts';
import { rowOf } from './list.ts';
import { readLabels } from './read.ts';
import type { Dynamics, RunLabels } from './read.ts';
import { sampleView } from './sample-view.ts';
import { verdictOf } from './verdict.ts';
import { countDiffering } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';

/** The histogram's range of losses and its bins; the last bin takes what lies beyond. */
const LOSS_MAX = 8;
const LOSS_BINS = 32;

/** The parts of a run that its views need. */
export type ViewLabels = Pick<RunLabels, 'given' | 'truth' | 'wall'>;

/** What one epoch looks like. */
export function epochView(record: EpochRecord, dynamics: Dynamics, labels: ViewLabels): EpochView {
  const { predicted, loss } = dynamics;
  return {
    record,
    outcomes: outcomesOf(predicted, labels),
    histogram: histogramOf(loss, labels),
    wall: {
      predicted: Array.from(labels.wall, (place) => predicted[place]!),
      loss: Array.from(labels.wall, (place) => loss[place]!),
    },
  };
}

/** What the network calls the samples whose label is wrong; null where none is known to be. */
export function outcomesOf(predicted: Labels, { given, truth }: ViewLabels): EpochView['outcomes'] {
  if (!truth) return null;
  let [recovered, memorized, other] = [0, 0, 0];
  for (let i = 0; i < given.length; i++) {
    if (given[i] === truth[i]) continue;
    if (predicted[i] === truth[i]) recovered++;
    else if (predicted[i] === given[i]) memorized++;
    else other++;
  }
  return recovered + memorized + other > 0 ? { recovered, memorized, other } : null;
}

/** Losses of samples with right and with wrong labels; all count as right where it is unknown. */
export function histogramOf(
  loss: Float32Array,
  { given, truth }: ViewLabels,
): EpochView['histogram'] {
  const right = new Array<number>(LOSS_BINS).fill(0);
  const wrong = new Array<number>(LOSS_BINS).fill(0);
  for (let i = 0; i < loss.length; i++) {
    const bin = Math.min(LOSS_BINS - 1, Math.floor((loss[i]! / LOSS_MAX) * LOSS_BINS));
    const counts = truth && given[i] !== truth[i] ? wrong : right;
    counts[bin]!++;
  }
  return { max: LOSS_MAX, right, wrong };
}

/**
 * Opens a run whole. Where a part of it is damaged, its row says so, and the epochs before are shown.
 * @throws InputError where its config or labels cannot be read
 */
export function runView(run: string): RunView {
  const checked = checkRun(run);
  const { config, classes, shape, columns, noise, inferred } = checked.stored;
  const labels = readLabels(run, checked.stored);
  const epochs: EpochView[] = [];
  for (const { record, dynamics } of wholeDynamics(run, checked)) {
    epochs.push(epochView(record, dynamics, labels));
  }
  const good = epochs.length < checked.rows.length ? cutAt(run, checked, epochs.length) : checked;
  const { truth, given } = labels;
  return {
    row: rowOf(run, good),
    classes,
    shape,
    columns,
    inferred,
    trainCount: given.length,
    holdoutCount: labels.holdoutIndex.length,
    testCount: labels.testIndex.length,
    wrongLabels: truth && countDiffering(given, truth),
    noise,
    network: networkView(config.network, classes.length, shape),
    wall: wallOf(labels, shape),
    epochs,
    verdict: verdictOf(run, good),
    kept: keptEpochs(run),
  };
}

/** The wall's samples as pictures. */
function wallOf(labels: RunLabels, shape: readonly number[]): SampleView[] {
  const size = shape.reduce((a, b) => a * b, 1);
  return Array.from(labels.wall, (place, i) =>
    sampleView(labels.wallValues.subarray(i * size, (i + 1) * size), labels, {
      index: labels.trainIndex[place]!,
      given: labels.given[place]!,
      truth: labels.truth?.[place] ?? null,
    }),
  );
}
