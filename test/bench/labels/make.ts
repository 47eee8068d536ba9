/**
 * Trains what methods are evaluated on: one run a set and seed, and the five of a cross-validation, with what
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

/** What was found of one run, beside the arrays of its file. */
export interface RunFacts {
  id: string;
  seed: number;
  config: Config;
  classes: number;
  verdict: Verdict;
  /** After each epoch of training. */
  testAccuracy: number[];
  seconds: number;
}

/** What was found of a cross-validation. */
export interface FoldFacts {
  /** The last epoch of the recommended range of each fold. */
  ends: number[];
  seconds: number;
}

/** A made file, read. */
export interface Made<F> {
  facts: F;
  arrays: Record<string, NpyArray>;
}

/** The name of a set's file, without its ending. */
export function madePath(folder: string, id: string, seed: number, kind: 'run' | 'folds'): string {
  const name = id
    .toLowerCase()
    .match(/[a-z0-9]+/g)!
    .join('-');
  return join(folder, `${name}-${seed}-${kind}`);
}

/** @returns null where it was not made yet */
export function readMade<F>(path: string): Made<F> | null {
  if (!existsSync(`${path}.json`)) return null;
  const facts = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as F;
  return { facts, arrays: readNpz(readFileSync(`${path}.npz`), path) };
}

function writeMade(path: string, facts: object, arrays: Record<string, NpyArray>): void {
  writeFileSync(`${path}.npz`, writeNpz(arrays));
  writeFileSync(`${path}.part`, JSON.stringify(facts));
  renameSync(`${path}.part`, `${path}.json`);
}

/** Trains one set with one seed, where it is not there. */
export async function makeRun(folder: string, set: LabelSet, seed: number): Promise<void> {
  const at = madePath(folder, set.id, seed, 'run');
  if (existsSync(`${at}.json`)) return;
  mkdirSync(folder, { recursive: true });
  const config = set.config(seed);
  const prepared = await prepare(config);
  await loadTensorFlow(config.training.threads);
  const begun = performance.now();
  const run = await followed(prepared);
  const seconds = (performance.now() - begun) / 1000;
  const probe = await openProbe(prepared);
  probe.set(run.states[run.verdict.epoch]!);
  const { train: labels, holdout } = prepared;
  const arrays = {
    given: labels.given,
    truth: labels.truth!,
    holdout_given: holdout.given,
    holdout_truth: holdout.truth!,
    probabilities: stacked(run.trained),
    holdout_probabilities: stacked(run.held),
    features: probe.features('train'),
    holdout_features: probe.features('holdout'),
  };
  probe.dispose();
  const facts: RunFacts = {
    ...{ id: set.id, seed, config, classes: prepared.dataset.classes.length, seconds },
    ...{ verdict: run.verdict, testAccuracy: run.testAccuracy },
  };
  writeMade(at, facts, arrays);
}

/** The same of its cross-validation: what each epoch believed of the samples that it never saw. */
export async function makeFolds(folder: string, set: LabelSet, seed: number): Promise<void> {
  const at = madePath(folder, set.id, seed, 'folds');
  if (existsSync(`${at}.json`)) return;
  mkdirSync(folder, { recursive: true });
  const config = set.config(seed);
  const prepared = await prepare(config);
  await loadTensorFlow(config.training.threads);
  const begun = performance.now();
  const classes = prepared.dataset.classes.length;
  const all = prepared.train.given.length + prepared.holdout.given.length;
  const outside = new Float32Array(config.training.epochs * all * classes);
  const ends: number[] = [];
  for (const fold of foldsOf(prepared, FOLDS)) {
    const found = await followed(fold.prepared);
    ends.push(found.verdict.high);
    found.held.forEach((probabilities, epoch) =>
      fold.held.forEach((place, i) =>
        outside.set(
          probabilities.subarray(i * classes, (i + 1) * classes),
          (epoch * all + place) * classes,
        ),
      ),
    );
  }
  const facts: FoldFacts = { ends, seconds: (performance.now() - begun) / 1000 };
  writeMade(at, facts, { outside });
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
  for await (const { record, evaluated, heldOut, state } of train(prepared)) {
    rows.push(record);
    states.push(state());
    if (record.epoch === 0) continue;
    keeper.add(evaluated.classes.slice(), heldOut.classes);
    trained.push(evaluated.probabilities!.slice());
    held.push(heldOut.probabilities!.slice());
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
