/** What a run is made by: its `config.json`. */
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { ConfigSchema } from '../contract/config/schema.ts';
import type { Config } from '../contract/config/schema.ts';
import { isSealed, jsonOf, writeSealed } from '../disk/sealed.ts';
import { errorPhrase, InputError } from '../contract/words/errors.ts';
import { StoredPhraseSchema } from '../contract/words/phrase.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { NoiseFactsSchema, RecordFactsSchema } from '../contract/messages/records.ts';
import { paths } from './files.ts';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What a run folder keeps of a training that another program did. */
const StoredRecordSchema = v.object({
  ...RecordFactsSchema.entries,
  /** The record's own mark, by which it is known again wherever it lies. */
  token: v.string(),
  /** SHA-256 of the file of sample names; null where samples go by number. */
  names: v.nullable(hash),
});

const RunConfigSchema = v.object({
  /** Null of a training that another program did. */
  config: v.nullable(ConfigSchema),
  /** What is known of such a training; null of the lab's own. */
  recorded: v.optional(v.nullable(StoredRecordSchema), null),
  created: v.string(),
  classes: v.array(v.string()),
  shape: v.tuple([v.number(), v.number(), v.number()]),
  columns: v.optional(v.array(v.string()), []),
  versions: v.record(v.string(), v.string()),
  noise: v.optional(v.nullable(NoiseFactsSchema), null),
  /** What was guessed as the data were read. */
  inferred: v.optional(v.array(StoredPhraseSchema), []),
  /**
   * What the other files are checked by: a number of this run's own, which all its checksums hang on,
   * and the SHA-256 of `labels.npz`. Null for a run of a version that had none.
   */
  sums: v.optional(v.nullable(v.object({ token: v.string(), labels: v.string() })), null),
});

/** The content of a run's `config.json`. */
export type RunConfig = v.InferOutput<typeof RunConfigSchema>;

/** The name that a person gave a run. */
export function runName({ config, recorded }: Pick<RunConfig, 'config' | 'recorded'>): string {
  return (config ?? recorded)?.name ?? '';
}

/** The config of a run that the lab trained. @throws InputError where another program trained it */
export function ownConfig({ config, recorded }: Pick<RunConfig, 'config' | 'recorded'>): Config {
  if (config) return config;
  throw new InputError('record.notOurs', { name: recorded?.name ?? '' });
}

/** Whether a folder holds a run. */
export function isRun(run: string): boolean {
  return existsSync(paths.config(run));
}

/** @throws InputError where it is missing or damaged */
export function readRunConfig(run: string): RunConfig {
  const path = paths.config(run);
  if (!existsSync(path)) throw new InputError('run.noConfig', { where: run });
  const value = jsonOf(readFileSync(path, 'utf8'));
  const found = v.safeParse(RunConfigSchema, value);
  if (!found.success)
    throw damaged(path, errorPhrase('other.unexpected', { said: found.issues[0].message }));
  const sealed = isSealed(value);
  // Only a run of an older version carries neither.
  if (sealed === false || (sealed === null) !== (found.output.sums === null)) {
    throw damaged(path, errorPhrase('run.notAsWritten'));
  }
  return found.output;
}

/** Writes it with its checksum, which makes the folder a run. @throws DiskError */
export function writeRunConfig(run: string, stored: RunConfig): void {
  writeSealed(paths.config(run), stored);
}

function damaged(path: string, why: Phrase): InputError {
  return new InputError('run.configDamaged', { where: path, why });
}
