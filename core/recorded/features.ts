/** What a recorded network's last layer was fed, once: it tells which samples are alike. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import { writeWhole } from '../disk/write.ts';
import type { FeaturePoints } from '../labels/neighbours.ts';
import { found } from '../run-folder/check.ts';
import { readNpz, writeNpz } from '../run-folder/npz.ts';
import { wholeFile } from '../run-folder/read.ts';
import { RecordArrays } from './arrays.ts';
import { recordPaths } from './files.ts';
import { PARTS } from './samples.ts';
import type { AllSamples, RecordedSamples } from './samples.ts';

/** Features of more bytes than this are left out. */
const MOST = 2 ** 30;

const pathOf = (run: string): string => join(run, 'features.npz');

/**
 * Copies the features of a record to its run, in the run's order, where there are some of every sample.
 * @throws InputError where they are damaged
 */
export function keepFeatures(record: string, run: string, samples: AllSamples): void {
  const from = recordPaths.features(record);
  if (!existsSync(from) || statSync(from).size > MOST) return;
  const file = RecordArrays.read(from);
  const parts = PARTS.map((part) => [part, ordered(file, part, samples[part])] as const);
  writeWhole(pathOf(run), writeNpz(Object.fromEntries(parts)), false);
}

function ordered(file: RecordArrays, part: string, samples: RecordedSamples): Float32Array {
  const { length } = samples.given;
  if (length === 0) return new Float32Array(0);
  const names = file.names(`${part}_id`);
  const { values, shape } = file.numbers(part, [names.length, -1]);
  const width = shape[1]!;
  const out = new Float32Array(length * width);
  const seen = new Uint8Array(length);
  for (let i = 0; i < names.length; i++) {
    const place = samples.placeOf(names[i]!);
    if (place === undefined) {
      throw new InputError('record.unknownSample', { where: file.where, name: String(names[i]) });
    }
    seen[place] = 1;
    for (let k = 0; k < width; k++) out[place * width + k] = values[i * width + k]!;
  }
  if (!seen.includes(0)) return out;
  throw new InputError('record.fewFeatures', { where: file.where, part });
}

/** The features that a run keeps; null where it keeps none, or they are damaged. */
export function readFeatures(
  run: string,
  samples: Record<(typeof PARTS)[number], number>,
): Record<(typeof PARTS)[number], FeaturePoints> | null {
  const path = pathOf(run);
  if (!existsSync(path)) return null;
  const arrays = found(() => readNpz(wholeFile(path, null), path));
  const [train, holdout] = PARTS.map((part) => arrays?.[part]);
  if (!(train instanceof Float32Array) || !(holdout instanceof Float32Array)) return null;
  const size = train.length / samples.train;
  if (!Number.isInteger(size) || size === 0 || holdout.length !== size * samples.holdout)
    return null;
  return { train: { values: train, size }, holdout: { values: holdout, size } };
}
