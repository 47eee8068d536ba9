/** The runs that the stopping rule is evaluated on, as `make.ts` left them or as they are kept. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { readNpz } from '../../../core/run-folder/npz.ts';
import type { PartRecord } from '../../../core/stopping/sample-record.ts';

/** Curves of a hold-out of so many samples, one number an epoch of training. */
export interface HoldoutCurve {
  count: number;
  accuracy: number[];
  loss: number[];
}

/** One run: its curves, one number an epoch of training, and its samples' predictions. */
export interface CorpusRun {
  id: string;
  use: 'fit' | 'never';
  data: string;
  noise: string;
  /** Share of the training labels that are wrong. */
  wrong: number;
  network: string;
  classes: number;
  testAccuracy: number[];
  trainAccuracy: number[];
  trainLoss: number[];
  predictionChanges: number[];
  relativeDistance: number[];
  holdouts: HoldoutCurve[];
  train: PartRecord;
  /** Up to 1,000 samples; smaller hold-outs are its first ones. */
  holdout: PartRecord;
}

/** What is kept of a run beside predictions. */
type Head = Omit<CorpusRun, 'train' | 'holdout'> & { samples: [number, number] };

/** Where the runs are kept. */
export const FIXTURE = 'test/fixtures/stopping-runs.br';

export const SIZES = [100, 200, 500, 1000, 5000];
const KEPT_HOLDOUT = 1000;

interface RawRow {
  testAccuracy: number;
  trainAccuracy: number;
  trainLoss: number;
  predictionChanges: number;
  relativeDistance: number;
}

/** Reads every whole run in a folder that `make.ts` wrote to. */
export function readRaw(folder: string): CorpusRun[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => rawRun(join(folder, name)));
}

function rawRun(path: string): CorpusRun {
  const raw = JSON.parse(readFileSync(path, 'utf8')) as {
    id: string;
    use: 'fit' | 'never';
    data: string;
    config: {
      noise: { kind: string };
      network: { preset: string };
      data: { reading: { labelsFile: string } };
    };
    rows: RawRow[];
  };
  const arrays = readNpz(readFileSync(path.replace(/json$/, 'npz')), path);
  const rows = raw.rows.slice(1);
  const array = (name: string) => arrays[name] as Uint8Array;
  const part = (prefix: string): PartRecord => {
    const given = array(`${prefix}given`);
    const all = array(`${prefix}predicted`);
    const predicted = rows.map((_, epoch) =>
      all.subarray((epoch + 1) * given.length, (epoch + 2) * given.length),
    );
    return { given, predicted };
  };
  const train = part('');
  const whole = part('holdout_');
  const losses = arrays['holdout_loss'] as Float32Array;
  const { noise, network, data } = raw.config;
  const truth = arrays['truth'] as Uint8Array | undefined;
  const curve = (name: keyof RawRow, digits: number) =>
    rows.map((row) => Number(row[name].toPrecision(digits)));
  return {
    id: raw.id,
    use: raw.use,
    data: raw.data,
    noise: data.reading.labelsFile ? 'human' : noise.kind,
    wrong: truth ? train.given.filter((label, i) => label !== truth[i]).length / truth.length : 0,
    network: network.preset,
    classes: 1 + Math.max(...train.given, ...whole.given, ...array('predicted').subarray(0, 1e5)),
    testAccuracy: curve('testAccuracy', 5),
    trainAccuracy: curve('trainAccuracy', 5),
    trainLoss: curve('trainLoss', 5),
    predictionChanges: curve('predictionChanges', 9),
    relativeDistance: curve('relativeDistance', 4),
    holdouts: [...new Set(SIZES.map((size) => Math.min(size, whole.given.length)))].map((count) =>
      holdoutCurve(whole, losses, count),
    ),
    train,
    holdout: firstOf(whole, KEPT_HOLDOUT),
  };
}

function holdoutCurve(whole: PartRecord, losses: Float32Array, count: number): HoldoutCurve {
  const all = whole.given.length;
  const { given, predicted } = firstOf(whole, count);
  const rounded = (value: number) => Number(value.toPrecision(5));
  return {
    count,
    accuracy: predicted.map((classes) =>
      rounded(classes.filter((label, i) => label === given[i]).length / count),
    ),
    loss: predicted.map((_, epoch) => {
      const from = (epoch + 1) * all;
      return rounded(losses.subarray(from, from + count).reduce((a, b) => a + b, 0) / count);
    }),
  };
}

/** The first samples of a part. */
export function firstOf({ given, predicted }: PartRecord, count: number): PartRecord {
  return {
    given: given.subarray(0, count),
    predicted: predicted.map((classes) => classes.subarray(0, count)),
  };
}

/**
 * Writes runs into one file. Predictions are kept as what changed since the epoch before, sample by
 * sample, which packs best.
 */
export function pack(path: string, runs: readonly CorpusRun[], trainingSamples: number): void {
  const heads: Head[] = [];
  const bytes: number[] = [];
  for (const { train, holdout, ...head } of runs) {
    const parts = [firstOf(train, trainingSamples), holdout];
    heads.push({ ...head, samples: [parts[0]!.given.length, holdout.given.length] });
    for (const { given, predicted } of parts) {
      for (let i = 0; i < given.length; i++) {
        bytes.push(given[i]!);
        predicted.forEach((classes, epoch) => {
          bytes.push((classes[i]! - (predicted[epoch - 1]?.[i] ?? given[i]!)) & 255);
        });
      }
    }
  }
  const head = Buffer.from(JSON.stringify(heads));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const raw = Buffer.concat([length, head, Uint8Array.from(bytes)]);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_LGWIN]: 24 };
  writeFileSync(path, brotliCompressSync(raw, { params }));
}

/** Reads what `pack` wrote. */
export function readPacked(path: string): CorpusRun[] {
  if (!existsSync(path)) throw new Error(`${path} is missing; take it from the repository.`);
  const raw = brotliDecompressSync(readFileSync(path));
  const length = raw.readUInt32LE(0);
  const heads = JSON.parse(raw.toString('utf8', 4, 4 + length)) as Head[];
  let at = 4 + length;
  return heads.map(({ samples, ...head }) => {
    const epochs = head.testAccuracy.length;
    const [train, holdout] = samples.map((count) => {
      const given = new Uint8Array(count);
      const predicted = Array.from({ length: epochs }, () => new Uint8Array(count));
      for (let i = 0; i < count; i++) {
        given[i] = raw[at++]!;
        for (let epoch = 0; epoch < epochs; epoch++) {
          predicted[epoch]![i] = raw[at++]! + (predicted[epoch - 1]?.[i] ?? given[i]!);
        }
      }
      return { given, predicted };
    });
    return { ...head, train: train!, holdout: holdout! };
  });
}
