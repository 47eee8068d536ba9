/** Reads the numbers of a run folder, as data only, and checks that they are those that were written. */
import { existsSync, readFileSync } from 'node:fs';
import { sha256 } from '../disk/sealed.ts';
import { InputError } from '../contract/words/errors.ts';
import { paths } from './files.ts';
import { readNpz } from './npz.ts';
import type { NpyArray } from './npz.ts';
import { readRunConfig } from './stored.ts';
import { NO_FILE, readSums, sumsAt } from './sums.ts';
import type { Sums } from './sums.ts';
import type { Labels } from '../data/labels.ts';
import type { SoftLabels } from '../engine/session.ts';

/** What the network said about the training samples after an epoch. */
export interface Dynamics {
  predicted: Labels;
  loss: Float32Array;
  /** The same about the hold-out; null in runs that were written without. */
  holdout: { predicted: Labels; loss: Float32Array } | null;
}

/**
 * What an epoch said about each sample.
 * @param sums of the run's epochs, to spare reading them again; null for a run without
 * @throws InputError where it is missing or damaged
 */
export function readDynamics(
  run: string,
  epoch: number,
  sums: Sums | null = readSums(run),
): Dynamics {
  const path = paths.dynamics(run, epoch);
  const all = readNpz(wholeFile(path, expected(sums, epoch, 'dynamics')), path);
  const part = (prefix: string) => ({
    predicted: labels(all[`${prefix}predicted`], path),
    loss: typed(all[`${prefix}loss`], Float32Array, path),
  });
  return { ...part(''), holdout: all['holdout_predicted'] ? part('holdout_') : null };
}

/** A run's labels, its split and the samples of its wall. */
export interface RunLabels {
  trainIndex: Uint32Array;
  given: Labels;
  truth: Labels | null;
  /** Labels that were shared with another class; null where none were. */
  soft: SoftLabels | null;
  holdoutIndex: Uint32Array;
  holdoutGiven: Labels;
  testIndex: Uint32Array;
  /** Places of the wall's samples in the training part, and their values one after the other. */
  wall: Uint32Array;
  wallValues: Uint8Array | Float32Array;
  /** How values were scaled: one pair for pictures, one a column for tables. */
  mean: Float32Array;
  deviation: Float32Array;
}

/** @throws InputError where it is missing or damaged */
export function readLabels(run: string, stored = readRunConfig(run)): RunLabels {
  const path = paths.labels(run);
  const all = readNpz(wholeFile(path, stored.sums?.labels ?? null), path);
  const places = (array: NpyArray | undefined) => typed(array, Uint32Array, path);
  return {
    trainIndex: places(all['train_index']),
    given: labels(all['train_given'], path),
    truth: all['train_true'] ? labels(all['train_true'], path) : null,
    soft: all['train_others']
      ? {
          others: labels(all['train_others'], path),
          shares: typed(all['train_shares'], Float32Array, path),
        }
      : null,
    holdoutIndex: places(all['holdout_index']),
    holdoutGiven: labels(all['holdout_given'], path),
    testIndex: places(all['test_index']),
    wall: places(all['wall']),
    wallValues: values(all['wall_values'], path),
    mean: typed(all['scaling_mean'], Float32Array, path),
    deviation: typed(all['scaling_deviation'], Float32Array, path),
  };
}

/**
 * Weights and optimizer state after an epoch, from `checkpoints/`, or from `kept/` where the
 * checkpoint was deleted or is damaged.
 * @param sums of the run's epochs, to spare reading them again; null for a run without
 * @throws InputError where both are missing or damaged
 */
export function readWeights(
  run: string,
  epoch: number,
  sums: Sums | null = readSums(run),
): { bytes: Buffer; path: string } {
  const sum = expected(sums, epoch, 'weights');
  const kept = paths.kept(run, epoch);
  const path = paths.checkpoint(run, epoch);
  if (existsSync(kept)) {
    try {
      if (existsSync(path)) return { path, bytes: wholeFile(path, sum) };
    } catch {
      // The copy may be whole where the checkpoint is not.
    }
    return { path: kept, bytes: wholeFile(kept, sum) };
  }
  return { path, bytes: wholeFile(path, sum) };
}

/** What a part of an epoch must be; null where nothing is known of it. */
function expected(sums: Sums | null, epoch: number, part: 'dynamics' | 'weights'): string | null {
  if (sums === null) return null;
  const sum = sumsAt(sums, epoch)?.[part];
  if (sum === undefined) throw new InputError('run.epochNotWhole', { epoch });
  return sum === NO_FILE ? null : sum;
}

/**
 * A file's bytes.
 * @throws InputError where it is missing or damaged
 * @param sum their SHA-256; null where it is not known
 */
export function wholeFile(path: string, sum: string | null): Buffer {
  if (!existsSync(path)) throw new InputError('run.fileMissing', { where: path });
  const bytes = readFileSync(path);
  if (sum !== null && sha256(bytes) !== sum) {
    throw new InputError('run.fileDamaged', { where: path });
  }
  return bytes;
}

function typed<A extends NpyArray>(
  array: NpyArray | undefined,
  type: new () => A,
  path: string,
): A {
  if (array instanceof type) return array;
  throw new InputError('run.noArrays', { where: path });
}

function values(array: NpyArray | undefined, path: string): Uint8Array | Float32Array {
  return array instanceof Float32Array ? array : bytes(array, path);
}

function bytes(array: NpyArray | undefined, path: string): Uint8Array {
  return typed<Uint8Array>(array, Uint8Array, path);
}

function labels(array: NpyArray | undefined, path: string): Labels {
  return array instanceof Uint16Array ? array : bytes(array, path);
}
