/** What a run believed of its samples, added up over its epochs: the mean of any beginning can be told. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import type { MeasuredEpoch } from '../training/signals.ts';
import { probabilitiesIn, epochOf, paths } from './files.ts';
import { readNpz, writeNpz } from './npz.ts';
import { wholeFile } from './read.ts';
import { sumsAt } from './sums.ts';
import type { Sums } from './sums.ts';

/** Files of one run may take this many bytes; beyond it only the needed ones stay. */
const BYTES = 64 * 2 ** 20;

/** Chances of each class, added up over the epochs after the start: samples x classes. */
export class ProbabilitySums {
  constructor(
    private sums: { train: Float32Array; holdout: Float32Array } | null = null,
    /** How many epochs are in them. */
    public epochs = 0,
  ) {}

  /**
   * Adds an epoch of training; epoch 0 is none.
   * @returns the bytes of its file; null of epoch 0, and of a run whose probabilities would take too much
   */
  add({ record, evaluated, heldOut }: MeasuredEpoch): Uint8Array | null {
    const { probabilities: train } = evaluated;
    const { probabilities: holdout } = heldOut;
    if (record.epoch === 0 || !train || !holdout) return null;
    this.sums ??= {
      train: new Float32Array(train.length),
      holdout: new Float32Array(holdout.length),
    };
    addTo(this.sums.train, train);
    addTo(this.sums.holdout, holdout);
    this.epochs++;
    return writeNpz(this.sums);
  }

  /** The mean over the epochs: samples x classes, rows adding up to 1. */
  means(): { train: Float32Array; holdout: Float32Array } {
    const mean = (sums: Float32Array) => sums.map((sum) => sum / this.epochs);
    const { train, holdout } = this.sums!;
    return { train: mean(train), holdout: mean(holdout) };
  }
}

function addTo(sums: Float32Array, values: Float32Array): void {
  for (let i = 0; i < sums.length; i++) sums[i]! += values[i]!;
}

/**
 * What was believed up to an epoch; null in a run that kept nothing of it.
 * @throws InputError where its file is missing or damaged
 */
export function readProbabilities(
  run: string,
  epoch: number,
  sums: Sums | null,
): ProbabilitySums | null {
  if (epoch === 0) return new ProbabilitySums();
  const sum = sumsAt(sums, epoch)?.probabilities;
  if (sum === undefined) return null;
  // Epoch 0 is not in them; a training that was recorded may begin after it.
  const before = Math.max(0, (sums?.[0]?.epoch ?? 0) - 1);
  const path = paths.probabilities(run, epoch);
  const { train, holdout } = readNpz(wholeFile(path, sum), path) as Record<string, Float32Array>;
  return new ProbabilitySums({ train: train!, holdout: holdout! }, epoch - before);
}

/** The epochs up to which probabilities are on disk, in order. */
export function probabilityEpochs(run: string): number[] {
  const folder = probabilitiesIn(run);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => epochOf(file) ?? [])
    .sort((a, b) => a - b);
}

/**
 * Deletes files beyond the budget, those farthest from the end of the recommended range first. The
 * last two and the one at that end always stay.
 * @param bytes of one file
 */
export function pruneProbabilities(
  run: string,
  last: number,
  end: number | null,
  bytes: number,
): void {
  const wanted = end ?? last;
  const epochs = probabilityEpochs(run);
  const away = (epoch: number) => Math.abs(epoch - wanted);
  const nearest = Math.min(...epochs.map(away));
  const needed = (epoch: number) => epoch >= last - 1 || away(epoch) === nearest;
  const spare = epochs.filter((epoch) => !needed(epoch)).sort((a, b) => away(a) - away(b));
  const room = Math.max(0, Math.floor(BYTES / bytes) - (epochs.length - spare.length));
  for (const epoch of spare.slice(room)) rmSync(paths.probabilities(run, epoch), { force: true });
}
