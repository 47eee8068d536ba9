/** Reads a run folder as data only, and forgives what a kill may have torn. */
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { ConfigSchema } from '../config/schema.ts';
import { InputError } from '../errors.ts';
import { EpochRecordSchema, NoiseFactsSchema, VerdictSchema } from '../protocol/records.ts';
import type { EpochRecord } from '../protocol/records.ts';
import { paths, writeWhole } from './files.ts';
import { readNpz } from './npz.ts';
import type { NpyArray } from './npz.ts';
import type { Summary } from './summary.ts';

const RunConfigSchema = v.object({
  config: ConfigSchema,
  created: v.string(),
  classes: v.array(v.string()),
  shape: v.tuple([v.number(), v.number(), v.number()]),
  columns: v.optional(v.array(v.string()), []),
  versions: v.record(v.string(), v.string()),
  noise: v.optional(v.nullable(NoiseFactsSchema), null),
});

/** The content of a run's `config.json`. */
export type RunConfig = v.InferOutput<typeof RunConfigSchema>;

const optionalNumber = v.nullable(v.number());
const SummarySchema = v.object({
  status: v.picklist(['finished', 'stopped', 'failed']),
  problem: v.nullable(v.string()),
  epochs: v.number(),
  testAtStop: optionalNumber,
  testBest: optionalNumber,
  testLast: optionalNumber,
  relativeDistance: optionalNumber,
  seconds: v.number(),
  savedEpochs: v.optional(v.number(), 0),
  rule: v.optional(v.number(), 0),
  verdict: v.fallback(v.nullable(VerdictSchema), null),
});

/** Whether a folder holds a run. */
export function isRun(run: string): boolean {
  return existsSync(paths.config(run));
}

/** @throws InputError where it is missing or damaged */
export function readRunConfig(run: string): RunConfig {
  const path = paths.config(run);
  if (!existsSync(path)) throw new InputError(`${run} is not a run: it has no config.json.`);
  const found = v.safeParse(RunConfigSchema, parse(readFileSync(path, 'utf8')));
  if (!found.success) {
    throw new InputError(
      `${path} is damaged (${found.issues[0].message}); the run cannot be opened.`,
    );
  }
  return found.output;
}

/** The summary of a run that has ended; null where it has not, or was cut short. */
export function readSummary(run: string): Summary | null {
  const path = paths.summary(run);
  if (!existsSync(path)) return null;
  const found = v.safeParse(SummarySchema, parse(readFileSync(path, 'utf8')));
  return found.success ? found.output : null;
}

/**
 * The rows of a run, in order. A last line that was cut short by a kill is left out, and so is
 * everything after a line that does not fit.
 */
export function readMetrics(run: string): EpochRecord[] {
  const path = paths.metrics(run);
  if (!existsSync(path)) return [];
  return parseMetrics(readFileSync(path, 'utf8'));
}

/** The rows in the text of a `metrics.jsonl`; see `readMetrics`. */
export function parseMetrics(text: string): EpochRecord[] {
  const rows: EpochRecord[] = [];
  for (const line of text.split('\n')) {
    const row = v.safeParse(EpochRecordSchema, parse(line));
    if (!row.success || row.output.epoch !== (rows.at(-1)?.epoch ?? row.output.epoch - 1) + 1)
      break;
    rows.push(row.output);
  }
  return rows;
}

/** Cuts `metrics.jsonl` to the rows up to an epoch, before a run goes on from there. */
export function truncateMetrics(run: string, rows: readonly EpochRecord[], epoch: number): void {
  const kept = rows.filter((row) => row.epoch <= epoch);
  writeWhole(paths.metrics(run), kept.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** What the network said about the training samples after an epoch. */
export interface Dynamics {
  predicted: Uint8Array;
  loss: Float32Array;
  /** The same about the hold-out; null in runs that were written without. */
  holdout: { predicted: Uint8Array; loss: Float32Array } | null;
}

/** @throws InputError where it is missing or damaged */
export function readDynamics(run: string, epoch: number): Dynamics {
  const path = paths.dynamics(run, epoch);
  const all = archive(path);
  const part = (prefix: string) => ({
    predicted: bytes(all[`${prefix}predicted`], path),
    loss: typed(all[`${prefix}loss`], Float32Array, path),
  });
  return { ...part(''), holdout: all['holdout_predicted'] ? part('holdout_') : null };
}

/** A run's labels, its split and the samples of its wall. */
export interface RunLabels {
  trainIndex: Uint32Array;
  given: Uint8Array;
  truth: Uint8Array | null;
  holdoutIndex: Uint32Array;
  holdoutGiven: Uint8Array;
  testIndex: Uint32Array;
  /** Places of the wall's samples in the training part, and their values one after the other. */
  wall: Uint32Array;
  wallValues: Uint8Array | Float32Array;
  /** How values were scaled: one pair for pictures, one a column for tables. */
  mean: Float32Array;
  deviation: Float32Array;
}

/** @throws InputError where it is missing or damaged */
export function readLabels(run: string): RunLabels {
  const path = paths.labels(run);
  const all = archive(path);
  const places = (array: NpyArray | undefined) => typed(array, Uint32Array, path);
  return {
    trainIndex: places(all['train_index']),
    given: bytes(all['train_given'], path),
    truth: all['train_true'] ? bytes(all['train_true'], path) : null,
    holdoutIndex: places(all['holdout_index']),
    holdoutGiven: bytes(all['holdout_given'], path),
    testIndex: places(all['test_index']),
    wall: places(all['wall']),
    wallValues: values(all['wall_values'], path),
    mean: typed(all['scaling_mean'], Float32Array, path),
    deviation: typed(all['scaling_deviation'], Float32Array, path),
  };
}

function archive(path: string): Record<string, NpyArray> {
  if (!existsSync(path)) throw new InputError(`${path} is missing; the run is not complete.`);
  return readNpz(readFileSync(path), path);
}

function typed<A extends NpyArray>(
  array: NpyArray | undefined,
  type: new () => A,
  path: string,
): A {
  if (array instanceof type) return array;
  throw new InputError(`${path} does not hold the arrays of a run.`);
}

function values(array: NpyArray | undefined, path: string): Uint8Array | Float32Array {
  return array instanceof Float32Array ? array : bytes(array, path);
}

function bytes(array: NpyArray | undefined, path: string): Uint8Array {
  return typed<Uint8Array>(array, Uint8Array, path);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
