/** The labels of a recorded training as a run folder keeps them, and the names of its samples. */
import { join } from 'node:path';
import * as v from 'valibot';
import { InputError } from '../contract/words/errors.ts';
import { jsonOf, sha256 } from '../disk/sealed.ts';
import { writeWhole } from '../disk/write.ts';
import { wholeFile } from '../run-folder/read.ts';
import { labelsNpz } from '../run-folder/write.ts';
import type { RunConfig } from '../run-folder/stored.ts';
import type { AllSamples, RecordedSamples } from './samples.ts';

const NamesSchema = v.object({ train: v.array(v.string()), holdout: v.array(v.string()) });
/** Names of the samples of a run that was recorded, in the order of `labels.npz`. */
export type SampleNames = v.InferOutput<typeof NamesSchema>;

const pathOf = (run: string): string => join(run, 'names.json');

/** The content of `labels.npz`. Samples that go by number keep it as their place. */
export function labelsOfRecord({ train, holdout }: AllSamples): Uint8Array {
  const nothing = new Uint32Array(0);
  return labelsNpz({
    split: { train: numbersOf(train), holdout: numbersOf(holdout), test: nothing },
    ...{ train, holdout },
    test: new Uint8Array(0),
    wall: { places: nothing, values: new Uint8Array(0) },
    scaling: { mean: new Float32Array(0), deviation: new Float32Array(0) },
  });
}

const numbersOf = ({ names, given }: RecordedSamples): Uint32Array =>
  names instanceof Uint32Array ? names : Uint32Array.from(given.keys());

/**
 * Writes the names of samples that go by text.
 * @returns their SHA-256; null where samples go by number
 */
export function keepNames(run: string, { train, holdout }: AllSamples): string | null {
  if (train.names instanceof Uint32Array && holdout.names instanceof Uint32Array) return null;
  const texts = ({ names }: RecordedSamples) => Array.from(names as ArrayLike<unknown>, String);
  const text = JSON.stringify({ train: texts(train), holdout: texts(holdout) });
  writeWhole(pathOf(run), text);
  return sha256(text);
}

/** @returns null where samples go by number @throws InputError where they are missing or damaged */
export function readNames(run: string, stored: RunConfig): SampleNames | null {
  const sum = stored.recorded?.names ?? null;
  if (sum === null) return null;
  const where = pathOf(run);
  const names = v.safeParse(NamesSchema, jsonOf(wholeFile(where, sum).toString('utf8')));
  if (names.success) return names.output;
  throw new InputError('run.fileDamaged', { where: where });
}
