/** Creates a run folder and adds epochs to it. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import type { Prepared } from '../training/prepare.ts';
import { gather } from '../training/features.ts';
import { wrongPlaces } from '../training/prepare.ts';
import type { EpochResult } from '../training/train.ts';
import { paths, writeJson, writeWhole } from './files.ts';
import { writeNpz } from './npz.ts';
import { writeSafetensors } from './safetensors.ts';

/** How many samples the wall shows. */
const WALL = 24;

/** A name for a new run, made of the date and its title; sorts by time. */
export function newRunId(title: string, now = new Date()): string {
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return [stamp, slug, randomBytes(2).toString('hex')].filter(Boolean).join('-');
}

/**
 * Makes a run folder with its config and labels.
 * @param run the folder; it must not hold a run yet
 * @param versions of everything that the numbers depend on
 */
export function createRun(run: string, prepared: Prepared, versions: Record<string, string>): void {
  const { config, dataset, split, scaling, train, holdout, test } = prepared;
  mkdirSync(run, { recursive: true });
  const size = dataset.shape.reduce((a, b) => a * b, 1);
  const wall = wallPlaces(prepared);
  const wallValues = gather(
    dataset.train.values,
    wall.map((place) => split.train[place]!),
    size,
  );
  const truth = (labels: Uint8Array | null, name: string) => (labels ? { [name]: labels } : {});
  writeWhole(
    paths.labels(run),
    writeNpz({
      train_index: split.train,
      train_given: train.given,
      ...truth(train.truth, 'train_true'),
      holdout_index: split.holdout,
      holdout_given: holdout.given,
      ...truth(holdout.truth, 'holdout_true'),
      test_index: split.test,
      test_labels: test,
      wall,
      wall_values: wallValues,
      scaling_mean: scaling.mean,
      scaling_deviation: scaling.deviation,
    }),
  );
  // Last, for a folder with a config is a run.
  writeJson(paths.config(run), {
    config,
    created: new Date().toISOString(),
    classes: dataset.classes,
    columns: dataset.columns,
    shape: dataset.shape,
    noise: prepared.noise,
    versions,
  });
}

/** Places, in the training part, of the samples to show: wrong ones where they are known. */
export function wallPlaces({ train, split }: Prepared): Uint32Array {
  const wrong = wrongPlaces(train) ?? [];
  return Uint32Array.from(wrong.length > 0 ? wrong : split.train.keys()).slice(0, WALL);
}

/** Adds a finished epoch. Its row comes last: what a row says is on disk. */
export function appendEpoch(run: string, result: EpochResult): void {
  const { record, judged, heldOut } = result;
  const dynamics = writeNpz({
    predicted: judged.classes,
    loss: judged.losses,
    holdout_predicted: heldOut.classes,
    holdout_loss: heldOut.losses,
  });
  writeWhole(paths.dynamics(run, record.epoch), dynamics, false);
  const metadata = { epoch: String(record.epoch), writer: 'label-noise-lab' };
  const weights = writeSafetensors(result.state(), metadata);
  writeWhole(paths.checkpoint(run, record.epoch), weights);
  appendFileSync(paths.metrics(run), `${JSON.stringify(record)}\n`);
}
