/**
 * `npm run stopping-runs`: trains the runs that the stopping rule is fitted to and evaluated on, so many
 * processes at a time, and leaves what it found of each in a folder. Runs that are there are kept.
 */
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseConfig } from '../../../core/kinds/read.ts';
import { writeNpz } from '../../../core/run-folder/npz.ts';
import { prepare } from '../../../core/training/prepare.ts';
import { train } from '../../../core/training/train.ts';
import { designs } from './designs.ts';
import type { Design, Sources } from './designs.ts';

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'output/stopping-runs' },
    jobs: { type: 'string', default: '2' },
    part: { type: 'string' },
    fashion: { type: 'string' },
    sets: { type: 'string' },
  },
});

const set = (name: string) => (options.sets ? join(options.sets, name) : null);
const sources: Sources = {
  fashion: options.fashion ?? null,
  cifar: set('cifar.npz'),
  cifarLabels: set('cifar-labels.csv'),
  digits: set('digits.csv'),
};

/** Trains one run and writes its rows, labels and predictions, the file that says it is whole last. */
async function make({ id, use, data, config }: Design): Promise<void> {
  const at = join(options.out, id);
  if (existsSync(`${at}.json`)) return;
  const parsed = parseConfig(config, id);
  const prepared = await prepare(parsed);
  const rows = [];
  const [predicted, losses, heldPredicted, heldLosses] = [[], [], [], []] as number[][];
  for await (const { record, evaluated, heldOut } of train(prepared)) {
    rows.push(record);
    for (const value of evaluated.classes) predicted!.push(value);
    for (const value of evaluated.losses) losses!.push(value);
    for (const value of heldOut.classes) heldPredicted!.push(value);
    for (const value of heldOut.losses) heldLosses!.push(value);
  }
  writeFileSync(
    `${at}.npz`,
    writeNpz({
      given: prepared.train.given,
      ...(prepared.train.truth ? { truth: prepared.train.truth } : {}),
      holdout_given: prepared.holdout.given,
      ...(prepared.holdout.truth ? { holdout_truth: prepared.holdout.truth } : {}),
      predicted: Uint8Array.from(predicted!),
      loss: Float32Array.from(losses!),
      holdout_predicted: Uint8Array.from(heldPredicted!),
      holdout_loss: Float32Array.from(heldLosses!),
    }),
  );
  const text = JSON.stringify({ id, use, data, config: parsed, rows });
  writeFileSync(`${at}.part`, text);
  renameSync(`${at}.part`, `${at}.json`);
}

mkdirSync(options.out, { recursive: true });
const jobs = Number(options.jobs);
const all = designs(sources);
if (options.part === undefined) {
  for (let part = 0; part < jobs; part++) {
    fork(process.argv[1]!, [...process.argv.slice(2), '--part', String(part)]);
  }
} else {
  // Every kind of run is there early, so that what was made before a stop can be used.
  const mine = all
    .map((design, i) => ({ design, turn: (i * 89) % 241 }))
    .sort((a, b) => a.turn - b.turn)
    .filter((_, i) => i % jobs === Number(options.part));
  for (const [i, { design }] of mine.entries()) {
    const begun = Date.now();
    await make(design).catch((error: unknown) =>
      process.stderr.write(`${design.id}: ${String(error)}\n`),
    );
    const seconds = ((Date.now() - begun) / 1000).toFixed(0);
    process.stderr.write(`${i + 1} of ${mine.length}: ${design.id}, ${seconds} s\n`);
  }
}
