/** A run as the window opens it. */
import { countDiffering } from '../data/labels.ts';
import { networkView } from '../models/view.ts';
import type { RunView, SampleView } from '../contract/messages/records.ts';
import { checkRun, cutAt } from './check.ts';
import { keptEpochs } from './checkpoints.ts';
import { keptViews } from './kept-views.ts';
import { rowAndVerdict } from './list.ts';
import { readLabels } from './read.ts';
import type { RunLabels } from './read.ts';
import { sampleView } from './sample-view.ts';

/**
 * Opens a run. Where a part of it is damaged, its row says so, and the epochs before are shown.
 *
 * By itself this reads config, labels, rows, checksums and summary, and proves them; of an epoch's
 * dynamics only what is kept in `views.bin` under the epoch's own checksum. So damage to a file in
 * `dynamics/` may stay unseen here, where nothing is drawn from it. Whatever builds on those files looks
 * for itself: `resume`, the end of a training, sweeps, `show`, exports and reports by `checkWhole` or
 * `checkParts`, figures as they read them.
 * @param checked what is known of the folder; by `checkWhole` where damage must be told
 * @throws InputError where its config or labels cannot be read
 */
export function runView(
  run: string,
  checked = checkRun(run),
  labels = readLabels(run, checked.stored),
): RunView {
  const { config, classes, shape, columns, noise, inferred } = checked.stored;
  const kept = keptViews(run, checked, labels);
  const epochs = kept.rows.map((record) => ({
    record,
    outcomes: kept.views.outcomes(record.epoch),
  }));
  const broken = checked.rows[epochs.length];
  const good = broken ? cutAt(run, checked, broken.epoch) : checked;
  const { truth, given } = labels;
  const { row, verdict } = rowAndVerdict(run, good);
  return {
    row,
    classes,
    shape,
    columns,
    inferred,
    trainCount: given.length,
    holdoutCount: labels.holdoutIndex.length,
    testCount: labels.testIndex.length,
    wrongLabels: truth && countDiffering(given, truth),
    noise,
    network: config && networkView(config.network, classes.length, shape),
    wall: wallOf(labels, shape),
    epochs,
    verdict,
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
