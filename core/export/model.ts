/** Reads a trained model out of a run folder: its layers, its weights and how pixels are scaled. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingConfig } from '../contract/config/schema.ts';
import { targetsOf } from '../data/clusters.ts';
import type { State } from '../engine/session.ts';
import { OPTIMIZER } from '../engine/variables.ts';
import { InputError } from '../contract/words/errors.ts';
import { networkLayers } from '../models/index.ts';
import type { PlacedLayer, SampleShape } from '../models/index.ts';
import { keptEpochs, needWeights } from '../run-folder/checkpoints.ts';
import { epochOf, paths } from '../run-folder/files.ts';
import { checkWhole } from '../run-folder/check.ts';
import type { CheckedRun } from '../run-folder/check.ts';
import { ownConfig } from '../run-folder/stored.ts';
import { readLabels, readWeights } from '../run-folder/read.ts';
import { readSafetensors } from '../run-folder/safetensors.ts';
import type { Sums } from '../run-folder/sums.ts';
import { verdictOf } from '../run-folder/verdict.ts';

/** A network with the weights of one epoch. */
export interface TrainedModel {
  /** The run's name. */
  name: string;
  epoch: number;
  layers: PlacedLayer[];
  shape: SampleShape;
  /** Names of the classes, by number. */
  classes: string[];
  /** Weights and moving averages, by `layer/part`. */
  weights: State;
  /** What it was trained on, which tells what its outputs mean. */
  loss: TrainingConfig['loss'];
  /** The number of each class, for a network with one output; null for numbers evenly from -1 to 1. */
  targets: number[] | null;
  /** Whether its samples are pictures, 0 to 255. */
  bytes: boolean;
  /** Values become (value - mean) / deviation: one pair for pictures, one a column for tables. */
  mean: Float32Array;
  deviation: Float32Array;
}

/**
 * Reads a model.
 * @param epoch null for the recommended one
 * @throws InputError where the weights of that epoch are not on disk
 */
export function readModel(run: string, epoch: number | null): TrainedModel {
  const checked = checkWhole(run);
  needWeights(run);
  const { classes, shape } = checked.stored;
  const config = ownConfig(checked.stored);
  const chosen = epoch ?? recommendedEpoch(run, checked);
  const weights = weightsOf(run, chosen, checked.sums);
  const { mean, deviation, wallValues } = readLabels(run, checked.stored);
  const bytes = wallValues instanceof Uint8Array;
  const { loss } = config.training;
  const network = { layers: networkLayers(config.network, classes.length, shape), weights };
  return {
    name: config.name,
    epoch: chosen,
    ...network,
    shape,
    classes,
    loss,
    targets: targetsOf(config.data),
    bytes,
    mean,
    deviation,
  };
}

function recommendedEpoch(run: string, checked: CheckedRun): number {
  // By what is left of a run another epoch may be recommended than by the whole.
  if (checked.damage) throw new InputError('export.damaged', { where: checked.damage });
  const verdict = verdictOf(run, checked);
  if (verdict) return verdict.epoch;
  throw new InputError('export.tooFewEpochs', { where: run, epochs: onDisk(run) });
}

function weightsOf(run: string, epoch: number, sums: Sums | null): State {
  if (![paths.checkpoint(run, epoch), paths.kept(run, epoch)].some(existsSync)) {
    throw new InputError('export.noWeights', { where: run, epoch, epochs: onDisk(run) });
  }
  const { bytes, path } = readWeights(run, epoch, sums);
  const state = readSafetensors(bytes, path);
  return new Map([...state].filter(([name]) => !name.startsWith(OPTIMIZER)));
}

/** The epochs whose weights are there, in words, such as `0, 7, 39, 40`. */
function onDisk(run: string): string {
  const folder = join(run, 'checkpoints');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const epochs = new Set([...files.flatMap((file) => epochOf(file) ?? []), ...keptEpochs(run)]);
  return [...epochs].sort((a, b) => a - b).join(', ') || 'none, for none was written';
}
