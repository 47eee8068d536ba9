/**
 * Trains what methods are judged on: one run a set and seed, and the five of a cross-validation, with what
 * each epoch believed of each sample. What is there already is kept.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTensorFlow } from '../../../core/engine/tensorflow.ts';
import type { State } from '../../../core/engine/session.ts';
import { foldsOf } from '../../../core/labels/folds.ts';
import { readNpz, writeNpz } from '../../../core/run-folder/npz.ts';
import type { NpyArray } from '../../../core/run-folder/npz.ts';
import { recommend } from '../../../core/stopping/recommend.ts';
import { RecordKeeper } from '../../../core/stopping/sample-record.ts';
import { signalsOf } from '../../../core/stopping/signals.ts';
import type { Verdict } from '../../../core/contract/messages/records.ts';
import type { Config } from '../../../core/contract/config/schema.ts';
import { prepare } from '../../../core/training/prepare.ts';
import { openProbe } from '../../../core/training/probe.ts';
import type { Trainable } from '../../../core/training/resident.ts';
import { train } from '../../../core/training/train.ts';
import type { LabelSet } from './sets.ts';

export const FOLDS = 5;

/** What was found of one set and seed, beside the arrays of its file. */
export interface MadeFacts {
  id: string;
  seed: number;
  config: Config;
  classes: number;
  epochs: number;
  verdict: Verdict;
  /** After each epoch of training. */
  testAccuracy: number[];
  /** The last epoch of the recommended range of each fold. */
  foldEnds: number[];
  seconds: { run: number; folds: number };
}

/** A made file, read. */
export interface Made {
  facts: MadeFacts;
  arrays: Record<string, NpyArray>;
}

/** The name of a set's file, without its ending. */
export function madePath(folder: string, id: string, seed: number): string {
  return join(folder, `${id.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${seed}`);
}

export function readMade(path: string): Made {
  const facts = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as MadeFacts;
  return { facts, arrays: readNpz(readFileSync(`${path}.npz`), path) };
}

/** Trains one set with one seed, where it is not there. */
export async function make(folder: string, set: LabelSet, seed: number): Promise<void> {
  const at = madePath(folder, set.id, seed);
  if (existsSync(`${at}.json`)) return;
  mkdirSync(folder, { recursive: true });
  const config = set.config(seed);
  const prepared = await prepare(config);
  await loadTensorFlow(config.training.threads);
  const begun = performance.now();
  const run = await followed(prepared);
  const runSeconds = (performance.now() - begun) / 1000;
  const probe = await openProbe(prepared);
  probe.set(run.states[run.verdict.epoch]!);
  const features = probe.features('train');
  const heldFeatures = probe.features('holdout');
  probe.dispose();
  const classes = prepared.dataset.classes.length;
  const all = prepared.train.given.length + prepared.holdout.given.length;
  const { epochs } = config.training;
  const outside = new Float32Array(epochs * all * classes);
  const foldEnds: number[] = [];
  for (const fold of foldsOf(prepared, FOLDS)) {
    const found = await followed(fold.prepared);
    foldEnds.push(found.verdict.high);
    found.held.forEach((beliefs, epoch) =>
      fold.held.forEach((place, i) =>
        outside.set(
          beliefs.subarray(i * classes, (i + 1) * classes),
          (epoch * all + place) * classes,
        ),
      ),
    );
  }
  const { train: labels, holdout } = prepared;
  const arrays = {
    given: labels.given,
    truth: labels.truth!,
    holdout_given: holdout.given,
    holdout_truth: holdout.truth!,
    beliefs: stacked(run.trained),
    holdout_beliefs: stacked(run.held),
    features,
    holdout_features: heldFeatures,
    outside,
  };
  writeFileSync(`${at}.npz`, writeNpz(arrays));
  const facts: MadeFacts = {
    ...{ id: set.id, seed, config, classes, epochs, verdict: run.verdict, foldEnds },
    testAccuracy: run.testAccuracy,
    seconds: { run: runSeconds, folds: (performance.now() - begun) / 1000 - runSeconds },
  };
  writeFileSync(`${at}.part`, JSON.stringify(facts));
  renameSync(`${at}.part`, `${at}.json`);
}

/** A training with everything that it believed, epoch after epoch; states by the epoch's number. */
async function followed(prepared: Trainable) {
  const keeper = new RecordKeeper(
    prepared.dataset.classes.length,
    prepared.train.given,
    prepared.holdout.given,
  );
  const rows = [];
  const [trained, held]: [Float32Array[], Float32Array[]] = [[], []];
  const states: State[] = [];
  for await (const { record, judged, heldOut, state } of train(prepared)) {
    rows.push(record);
    states.push(state());
    if (record.epoch === 0) continue;
    keeper.add(judged.classes.slice(), heldOut.classes);
    trained.push(judged.beliefs!.slice());
    held.push(heldOut.beliefs!.slice());
  }
  const count = prepared.holdout.given.length;
  const verdict = recommend(rows.map(signalsOf), count, keeper.samples)!;
  const testAccuracy = rows.slice(1).map((row) => row.testAccuracy ?? NaN);
  return { trained, held, states, verdict, testAccuracy };
}

function stacked(epochs: readonly Float32Array[]): Float32Array {
  const size = epochs[0]!.length;
  const all = new Float32Array(epochs.length * size);
  epochs.forEach((one, i) => all.set(one, i * size));
  return all;
}
