/** What annotators said of a run's samples: read from a file, kept beside the run. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { InputError } from '../contract/words/errors.ts';
import { auditNote } from '../contract/words/notes.ts';
import { wholePercent } from '../contract/words/numbers.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { readAnnotations } from '../data/label-annotators.ts';
import type { Annotations } from '../data/label-annotators.ts';
import { isSealed, jsonOf, writeSealed } from '../disk/sealed.ts';
import { agreementOf } from '../labels/annotators.ts';
import type { AnnotatorLabels } from '../labels/annotators.ts';
import type { Prepared } from '../training/prepare.ts';

/** A file of annotators' labels, and which of its columns; all that hold labels where none are named. */
export interface AnnotatorFile {
  path: string;
  columns: readonly string[];
}

/** What annotators said of the parts of a run. */
export interface PartAnnotations {
  names: string[];
  train: AnnotatorLabels;
  holdout: AnnotatorLabels;
}

const KeptSchema = v.object({
  names: v.array(v.string()),
  labels: v.array(v.array(v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(999)))),
  sha256: v.string(),
});

const pathOf = (run: string): string => join(run, 'annotators.json');

/**
 * Keeps the labels of annotators with a run; they replace those that were kept before.
 * @throws InputError where the file does not fit the data, DiskError
 */
export async function keepAnnotations(
  run: string,
  { dataset }: Prepared,
  { path, columns }: AnnotatorFile,
): Promise<void> {
  const { names, labels } = await readAnnotations(path, columns, dataset);
  writeSealed(pathOf(run), { names, labels: labels.map((own) => [...own]) });
}

/**
 * Those of a file, or else those that were kept; null where there are none for these data.
 * @throws InputError where they cannot be read
 */
export async function annotationsOf(
  run: string,
  prepared: Prepared,
  file: AnnotatorFile | null,
): Promise<PartAnnotations | null> {
  const { dataset, split } = prepared;
  const found = file ? await readAnnotations(file.path, file.columns, dataset) : readKept(run);
  const samples = dataset.train.labels.length;
  if (!found?.labels.every((own) => own.length === samples)) return null;
  const at = (places: Uint32Array) =>
    found.labels.map((own) => Int32Array.from(places, (place) => own[place]!));
  return { names: found.names, train: at(split.train), holdout: at(split.holdout) };
}

function readKept(run: string): Annotations | null {
  if (!existsSync(pathOf(run))) return null;
  const value = jsonOf(readFileSync(pathOf(run), 'utf8'));
  const kept = v.safeParse(KeptSchema, value);
  if (!kept.success || isSealed(value) !== true) {
    throw new InputError('annotators.damaged', { where: pathOf(run) });
  }
  const { names, labels } = kept.output;
  return { names, labels: labels.map((own) => Int32Array.from(own)) };
}

/** Who was heard, and how far they agree. */
export function annotatorsNote({ names, train }: PartAnnotations): Phrase {
  const agreement = agreementOf(train);
  if (agreement === null) return auditNote('annotator', { names });
  return auditNote('annotators', {
    names,
    many: String(names.length),
    share: wholePercent(agreement),
  });
}
