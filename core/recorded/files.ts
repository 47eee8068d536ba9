/**
 * A record folder: what a training elsewhere wrote of itself while it went, by our recorder or by whoever
 * keeps to the format, which `assets/guide/<language>/records.md` tells.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { errorPhrase, InputError } from '../contract/words/errors.ts';
import { jsonOf } from '../disk/sealed.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const short = v.pipe(v.string(), v.maxLength(200));

/** What `record.json` says. */
export const RecordHeadSchema = v.object({
  format: v.literal('label-noise-lab-record'),
  version: v.literal(1),
  /** A mark of its own, by which the record is known again wherever it lies. */
  token: v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
  framework: short,
  classes: v.pipe(v.array(short), v.minLength(2), v.maxLength(65_535)),
  /** Whether predictions are those of the training steps. */
  during: v.boolean(),
  /** Epochs that are planned; null where nobody knows. */
  epochs: v.nullable(count),
  /** Processes that write to it; sample names tell what belongs together. */
  workers: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
  /** ISO 8601; `ended` is null while the training goes on. */
  created: v.pipe(v.string(), v.isoTimestamp()),
  ended: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
});
export type RecordHead = v.InferOutput<typeof RecordHeadSchema>;

/** A line of `metrics.jsonl`: what samples do not tell. Everything else in it is computed from them. */
export const RecordRowSchema = v.object({
  epoch: count,
  seconds: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)), 0),
  testLoss: v.optional(v.pipe(v.number(), v.finite())),
  testAccuracy: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
});
export type RecordRow = v.InferOutput<typeof RecordRowSchema>;

const head = (record: string): string => join(record, 'record.json');
const suffix = (worker: number): string => (worker === 0 ? '' : `.worker-${worker}`);
const numbered = (epoch: number): string => `epoch-${String(epoch).padStart(4, '0')}`;

/** The paths of a record folder. The first worker's files carry no number. */
export const recordPaths = {
  head,
  metrics: (record: string) => join(record, 'metrics.jsonl'),
  samples: (record: string, worker: number) => join(record, `samples${suffix(worker)}.npz`),
  dynamics: (record: string, epoch: number, worker: number) =>
    join(record, 'dynamics', `${numbered(epoch)}${suffix(worker)}.npz`),
  features: (record: string) => join(record, 'features.npz'),
};

/** Whether a folder is a record of a training. */
export function isRecord(folder: string): boolean {
  return existsSync(head(folder));
}

/** The record folder that a person names by itself or by its `record.json`; null where it is none. */
export function recordAt(path: string): string | null {
  const folder = basename(path) === 'record.json' ? dirname(path) : path;
  return isRecord(folder) ? folder : null;
}

/** @throws InputError where `record.json` is missing, damaged or of another version */
export function readHead(record: string): RecordHead {
  const where = head(record);
  if (!existsSync(where)) throw new InputError('record.noHead', { where: record });
  const value = jsonOf(readFileSync(where, 'utf8'));
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > 1) throw new InputError('record.newer', { where });
  const found = v.safeParse(RecordHeadSchema, value);
  if (found.success) return found.output;
  const [{ message, path }] = found.issues;
  const field = path?.map(({ key }) => String(key)).join('.') ?? '';
  throw new InputError('record.head', {
    where,
    field: field || 'record.json',
    why: errorPhrase('other.unexpected', { said: message }),
  });
}

/**
 * The rows of its whole lines, the newest where an epoch was trained again, up to the first that is none.
 * @throws InputError where an epoch is missing between two
 */
export function rowsOfRecord(record: string): RecordRow[] {
  const where = recordPaths.metrics(record);
  if (!existsSync(where)) return [];
  const rows: RecordRow[] = [];
  for (const line of readFileSync(where, 'utf8').split('\n').slice(0, -1)) {
    const row = v.safeParse(RecordRowSchema, jsonOf(line));
    if (!row.success) throw new InputError('record.row', { where, line: rows.length + 1 });
    const { epoch } = row.output;
    // A training that was resumed from a checkpoint goes through some epochs again.
    while (rows.length > 0 && rows.at(-1)!.epoch >= epoch) rows.pop();
    const last = rows.at(-1)?.epoch;
    if (last !== undefined && epoch !== last + 1) {
      throw new InputError('record.gap', { where, epoch: last + 1 });
    }
    rows.push(row.output);
  }
  return rows;
}
