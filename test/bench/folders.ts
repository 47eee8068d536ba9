/** The made-up runs of `bench --runs`: folders as training writes them, with curves that look like some. */
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { presets } from '../../core/kinds/presets.ts';
import { dynamicsView } from '../../core/run-folder/epoch-views.ts';
import { paths } from '../../core/run-folder/files.ts';
import { lockFolder } from '../../core/run-folder/lock.ts';
import { summarize } from '../../core/run-folder/summary.ts';
import { verdictFor } from '../../core/run-folder/verdict.ts';
import { createRun, RunWriter, wallPlaces } from '../../core/run-folder/write.ts';
import type { EpochRecord } from '../../core/contract/messages/records.ts';
import { randomOf } from '../../core/random.ts';
import type { Random } from '../../core/random.ts';
import { RecordKeeper } from '../../core/stopping/sample-record.ts';
import { prepare } from '../../core/training/prepare.ts';
import type { Prepared } from '../../core/training/prepare.ts';
import { evaluatedOf } from '../../core/training/signals.ts';
import type { Evaluated } from '../../core/training/signals.ts';
import { versions } from '../../core/engine/versions.ts';

/**
 * Writes a finished run of the ready experiment, of so many epochs.
 * @returns its folder
 */
export async function writeLongRun(runs: string, epochs: number): Promise<string> {
  const config = structuredClone(presets()[0]!.config);
  config.training.epochs = epochs;
  const prepared = await prepare(config);
  const run = join(runs, 'run');
  mkdirSync(run, { recursive: true });
  const lock = lockFolder(run);
  const token = createRun(run, prepared, versions());
  const writer = new RunWriter(run, lock, { link: token, metrics: 0, sums: 0 });
  const { train, holdout, dataset } = prepared;
  const keeper = new RecordKeeper(dataset.classes.length, train.given, holdout.given);
  const random = randomOf(0, 'bench runs');
  const wall = wallPlaces(prepared);
  const rows: EpochRecord[] = [];
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const record = madeUp(epoch, epochs, random);
    const evaluated = madeUpJudged(prepared.train, record, random);
    const heldOut = madeUpJudged(prepared.holdout, record, random);
    const state = () => new Map([['a', { shape: [1], data: new Float32Array(1) }]]);
    const said = { predicted: evaluated.classes, loss: evaluated.losses };
    const view = dynamicsView(epoch, said, { ...train, wall });
    writer.add({ record, evaluated, heldOut, state }, view);
    if (epoch > 0) keeper.add(evaluated.classes, heldOut.classes);
    rows.push(record);
  }
  const verdict = verdictFor(rows, { config, recorded: null }, keeper.samples);
  writer.finish(summarize(rows, verdict, { status: 'finished', problem: null, savedEpochs: 0 }));
  lock.release();
  return run;
}

/**
 * Writes runs: nine of ten have ended, of which only what a list reads is there, their files; one of
 * ten was killed, and is whole but for its summary.
 */
export async function writeManyRuns(runs: string, count: number, epochs: number): Promise<void> {
  const first = await writeLongRun(runs, epochs);
  const files = readdirSync(first).filter((name) => statSync(join(first, name)).isFile());
  for (let i = 1; i < count; i++) {
    const copy = join(runs, `run-${i}`);
    if (i % 10 === 0) {
      cpSync(first, copy, { recursive: true });
      rmSync(paths.summary(copy));
      continue;
    }
    mkdirSync(copy);
    for (const name of files) copyFileSync(join(first, name), join(copy, name));
  }
}

/** A network that learns right labels at first, and wrong ones later. */
function madeUp(epoch: number, epochs: number, random: Random): EpochRecord {
  const share = epoch / epochs;
  const learned = 1 - Math.exp(-40 * share);
  const wiggle = () => 0.01 * (random.real() - 0.5);
  const trainAccuracy = 0.1 + 0.5 * learned + 0.39 * share + wiggle();
  return {
    epoch,
    trainLoss: 2.3 - 1.2 * learned - share + wiggle(),
    trainAccuracy,
    trainAccuracyTrue: 0.1 + 0.85 * learned - 0.3 * share + wiggle(),
    holdoutLoss: 2.3 - learned + 2 * share + wiggle(),
    holdoutAccuracy: 0.1 + 0.5 * learned - 0.1 * share + wiggle(),
    testLoss: 2.3 - 2 * learned + share + wiggle(),
    testAccuracy: 0.1 + 0.85 * learned - 0.25 * share + wiggle(),
    distance: 12.3 * Math.sqrt(share) + random.real() * 1e-3,
    relativeDistance: 1.1 * Math.sqrt(share) + random.real() * 1e-4,
    distanceByLayer: Object.fromEntries(
      ['conv1', 'conv2', 'dense1', 'dense2', 'output'].map((layer, i) => [
        layer,
        (i + 1) * Math.sqrt(share) + random.real() * 1e-3,
      ]),
    ),
    ...(epoch > 0 ? { predictionChanges: Math.round(2000 * Math.exp(-6 * share)) } : {}),
    lossTrueLabels: 2.3 - 2 * learned + 0.2 * random.real(),
    lossWrongLabels: 2.5 + learned - 2 * share + wiggle(),
    seconds: 0.4 + 0.1 * random.real(),
  };
}

/** As many samples agree with their given label as the record says. */
function madeUpJudged(
  { given, truth }: Prepared['train'],
  { trainAccuracy }: EpochRecord,
  random: Random,
): Evaluated {
  const evaluated = evaluatedOf(given.length, 10);
  for (let i = 0; i < given.length; i++) {
    const agrees = random.real() < trainAccuracy;
    evaluated.classes[i] = agrees ? given[i]! : (truth?.[i] ?? 0);
    evaluated.losses[i] = agrees ? random.real() : 1 + 5 * random.real();
  }
  return evaluated;
}
