/**
 * The checksums of a run's epochs, in `sums.jsonl`: a line an epoch, each tied to the one before, so
 * that nothing can be changed, cut, swapped or taken from another run without being noticed.
 */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { jsonOf, sha256 } from '../disk/sealed.ts';
import { paths } from './files.ts';
import { readRunConfig } from './stored.ts';

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const SumsSchema = v.object({
  epoch: v.number(),
  /** SHA-256 of the epoch's file in `dynamics/`, and of that in `checkpoints/`. */
  dynamics: hash,
  weights: hash,
  /** And of that in `probabilities/`; not there of epoch 0, nor in runs that keep none. */
  probabilities: v.optional(hash),
  /** SHA-256 of the link before, the epoch's row in `metrics.jsonl`, and those above. */
  link: hash,
});

/** What the parts of one epoch must be; a part that was not there when it was summed is `NOTHING`. */
export type EpochSums = v.InferOutput<typeof SumsSchema>;

/** Those of all epochs that are proven, by number. */
export type Sums = readonly EpochSums[];

/** Those of one epoch; undefined where it is not proven. */
export function sumsAt(sums: Sums | null, epoch: number): EpochSums | undefined {
  // A training that was recorded may begin after epoch 0.
  return sums?.[epoch - (sums[0]?.epoch ?? 0)];
}

/** Stands for a file that was not there. */
export const NO_FILE = '0'.repeat(64);

/**
 * The checksums of an epoch.
 * @param before the link of the epoch before; the run's token for the first
 * @param row its line in `metrics.jsonl`
 */
export function sumsOf(before: string, row: string, parts: Omit<EpochSums, 'link'>): EpochSums {
  const { epoch, dynamics, weights, probabilities } = parts;
  const hashes = [dynamics, weights, ...(probabilities === undefined ? [] : [probabilities])];
  const link = sha256([before, row, ...hashes].join('\n'));
  return {
    epoch,
    dynamics,
    weights,
    ...(probabilities === undefined ? {} : { probabilities }),
    link,
  };
}

/** The lines of a file, without a last one that has no end yet. */
export function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

/** The text of a file; empty where it is missing. */
export function textOfFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * The checksums of the epochs whose row is proven, from the first on.
 * @param token of the run, from its `config.json`
 * @param rows lines of `metrics.jsonl`
 * @param lines of `sums.jsonl`
 */
export function provenSums(
  token: string,
  rows: readonly string[],
  lines: readonly string[],
): EpochSums[] {
  const proven: EpochSums[] = [];
  for (const [i, line] of lines.entries()) {
    const row = rows[i];
    const found = v.safeParse(SumsSchema, jsonOf(line));
    if (row === undefined || !found.success) break;
    const before = proven.at(-1)?.link ?? token;
    const { epoch } = found.output;
    const first = proven[0]?.epoch ?? epoch;
    if (epoch !== first + i || sumsOf(before, row, found.output).link !== found.output.link) break;
    proven.push(found.output);
  }
  return proven;
}

/** The same, read from a run folder; null for a run of a version that had none. */
export function readSums(run: string): Sums | null {
  const { sums } = readRunConfig(run);
  if (!sums) return null;
  const lines = [paths.metrics(run), paths.sums(run)].map((path) => wholeLines(textOfFile(path)));
  return provenSums(sums.token, lines[0]!, lines[1]!);
}
