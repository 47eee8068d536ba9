/** The samples of a recorded training, put together from what each of its processes wrote. */
import { existsSync } from 'node:fs';
import { InputError } from '../contract/words/errors.ts';
import { newLabels } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';
import { RecordArrays } from './arrays.ts';
import type { SampleName } from './arrays.ts';
import { recordPaths } from './files.ts';
import type { RecordHead } from './files.ts';

/** Parts of a record; it knows nothing of test samples. */
export type RecordedPart = 'train' | 'holdout';
export const PARTS = ['train', 'holdout'] as const;

/** The samples of one part. */
export interface RecordedSamples {
  /** Their names, in the order of their names. */
  names: readonly string[] | Uint32Array;
  given: Labels;
  /** Null where the training does not know it. */
  truth: Labels | null;
  /** For each process, the place of each of its samples here. */
  places: readonly Uint32Array[];
  /** The place of a name; undefined where there is no such sample. */
  placeOf: (name: SampleName) => number | undefined;
}

/** Both parts; the hold-out may be empty. */
export type AllSamples = Record<RecordedPart, RecordedSamples>;

/** Whether every process has told its samples by now. */
export function hasSamples(record: string, { workers }: RecordHead): boolean {
  return Array.from({ length: workers }, (_, worker) => worker).every((worker) =>
    existsSync(recordPaths.samples(record, worker)),
  );
}

/** @throws InputError where a file is missing or damaged, or there are no training samples */
export function readSamples(record: string, head: RecordHead): AllSamples {
  const files = Array.from({ length: head.workers }, (_, worker) =>
    RecordArrays.read(recordPaths.samples(record, worker)),
  );
  const part = (name: RecordedPart) => merged(files, name, head.classes.length);
  const all = { train: part('train'), holdout: part('holdout') };
  if (all.train.given.length > 0) return all;
  throw new InputError('record.noSamples', { where: record });
}

/** A sample that several processes have, as DDP pads its parts, counts once. */
function merged(
  files: readonly RecordArrays[],
  part: RecordedPart,
  classes: number,
): RecordedSamples {
  const has = files.filter((file) => file.has(`${part}_id`));
  const ids = files.map((file) => (has.includes(file) ? file.names(`${part}_id`) : []));
  const isText = ids.some(([first]) => typeof first === 'string');
  const names = isText ? texts(ids) : wholeNumbers(ids, has[0]?.where ?? '');
  const at = new Map<SampleName, number>();
  names.forEach((name: SampleName, place) => at.set(name, place));
  const placeOf = (name: SampleName) => at.get(isText ? String(name) : name);
  const places = ids.map((own) => Uint32Array.from(own.map((name) => placeOf(name)!)));
  const label = (field: string): Labels => {
    const out = newLabels(names.length, classes);
    files.forEach((file, worker) => {
      const own = places[worker]!;
      if (own.length === 0) return;
      const labels = file.classes(field, classes, own.length);
      for (let i = 0; i < own.length; i++) out[own[i]!] = labels[i]!;
    });
    return out;
  };
  const knowsTruth = has.length > 0 && has.every((file) => file.has(`${part}_true`));
  return {
    names,
    given: label(`${part}_given`),
    truth: knowsTruth ? label(`${part}_true`) : null,
    places,
    placeOf,
  };
}

const texts = (ids: readonly (readonly SampleName[])[]): string[] =>
  [...new Set(ids.flatMap((own) => own.map(String)))].sort();

function wholeNumbers(ids: readonly (readonly SampleName[])[], where: string): Uint32Array {
  const names = Float64Array.from(new Set(ids.flatMap((own) => own.map(Number)))).sort();
  const wrong = names.findIndex((name) => !Number.isInteger(name) || name < 0 || name > 0xffffffff);
  if (wrong >= 0) throw new InputError('record.names', { where, name: String(names[wrong]) });
  return Uint32Array.from(names);
}
