/** `bench --data`: how fast data sets open, each time in a process that has opened nothing yet. */
import { fork } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import * as v from 'valibot';
import { inferAll, NoiseSchema } from '../config/schema.ts';
import { openDataset } from '../data/index.ts';
import { corrupt } from '../noise/index.ts';
import { randomOf } from '../random.ts';
import { median } from './bench-compare.ts';
import { printResult, say, table } from './output.ts';

/** One line of the benchmark. */
interface DataResult {
  what: string;
  /** Median of several processes. */
  seconds: number;
  /** Growth of the process's memory while opening, in MiB, and divided by the values' own bytes. */
  memory: number;
  memoryShare: number;
}

/** What a process that opens one data set tells. */
interface Opened {
  seconds: number;
  grown: number;
  bytes: number;
}

const REPEATS = 5;
const MIB = 2 ** 20;
const RECORD = 3073;
const ROWS = 1_000_000;

/** Opens each generated data set several times and prints medians. */
export async function benchData(json: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-bench-'));
  try {
    say('Writing CIFAR-10 of full size and a table of a million rows.');
    const sources = await write(folder);
    const results: DataResult[] = [];
    for (const [what, path] of sources) {
      say(what);
      const runs: Opened[] = [];
      for (let i = 0; i < REPEATS; i++) runs.push(await openApart(path));
      results.push(resultOf(what, runs));
    }
    const milliseconds = noiseMilliseconds();
    printResult(json, { results, symmetricNoiseMilliseconds: milliseconds }, () =>
      [
        table(
          ['Data set', 'Seconds', 'Memory, MiB', 'of its values'],
          results.map((r) => [
            r.what,
            r.seconds.toFixed(2),
            r.memory.toFixed(0),
            r.memoryShare.toFixed(2),
          ]),
        ),
        `Symmetric noise on 1,000,000 labels: ${milliseconds.toFixed(0)} ms`,
      ].join('\n'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens one data set and tells the parent; the other half of `openApart`. */
export async function benchOpen(path: string): Promise<void> {
  const before = process.memoryUsage().rss;
  const begun = performance.now();
  const { train, test } = await openDataset({ source: path, reading: inferAll });
  const seconds = (performance.now() - begun) / 1000;
  const bytes = train.values.byteLength + (test?.values.byteLength ?? 0);
  const grown = process.resourceUsage().maxRSS * 1024 - before;
  process.send!({ seconds, grown, bytes } satisfies Opened);
}

function openApart(path: string): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1]!, ['bench', '--open', path]);
    child.on('message', (found) => resolve(found as Opened));
    child.on('close', (code) => reject(new Error(`Opening ended with exit code ${code}.`)));
  });
}

function resultOf(what: string, runs: readonly Opened[]): DataResult {
  const grown = median(runs.map((run) => run.grown));
  return {
    what,
    seconds: median(runs.map(({ seconds }) => seconds)),
    memory: grown / MIB,
    memoryShare: grown / runs[0]!.bytes,
  };
}

/** @returns what each data set is, and its path */
async function write(folder: string): Promise<[string, string][]> {
  const random = randomOf(0, 'bench data');
  // Shades gather in the middle, as in pictures: gzip saves a tenth, and has to work for it.
  const shade = () => random.below(64) + random.below(64) + random.below(64) + random.below(64);
  const noise = Uint8Array.from({ length: RECORD * 997 }, shade);
  const batch = (n: number): Buffer => {
    const bytes = Buffer.alloc(10_000 * RECORD);
    // A stretch of random bytes again and again, from another place: nothing for gzip to find twice.
    for (let at = 0, from = n * 97; at < bytes.length; at += noise.length - from) {
      bytes.set(noise.subarray(from, Math.min(noise.length, from + bytes.length - at)), at);
    }
    for (let i = 0; i < 10_000; i++) bytes[i * RECORD] = i % 10;
    return bytes;
  };
  const names = [1, 2, 3, 4, 5].map((n) => `data_batch_${n}.bin`).concat('test_batch.bin');
  const inner = 'cifar-10-batches-bin';
  mkdirSync(join(folder, inner));
  names.forEach((name, n) => writeFileSync(join(folder, inner, name), batch(n)));
  const packing = pack();
  names.forEach((name, n) => packing.entry({ name: `${inner}/${name}` }, batch(n)));
  packing.finalize();
  const tar = join(folder, 'cifar-10-binary.tar.gz');
  await pipeline(packing, createGzip(), createWriteStream(tar));
  const csv = join(folder, 'rows.csv');
  await pipeline(Readable.from(csvRows()), createWriteStream(csv));
  return [
    ['CIFAR-10 of 60,000, .tar.gz', tar],
    ['CIFAR-10 of 60,000, folder', join(folder, inner)],
    ['CSV of 1,000,000 rows, 20 columns', csv],
  ];
}

function* csvRows(): Generator<string> {
  const random = randomOf(1, 'bench data');
  yield `${Array.from({ length: 19 }, (_, i) => `x${i}`).join(',')},label\n`;
  for (let row = 0; row < ROWS; row += 1000) {
    let text = '';
    for (let i = 0; i < 1000; i++) {
      for (let j = 0; j < 19; j++) text += `${random.real().toFixed(6)},`;
      text += `${random.below(5)}\n`;
    }
    yield text;
  }
}

/** Median of several times that a million labels are corrupted. */
function noiseMilliseconds(): number {
  const labels = Uint8Array.from({ length: 1_000_000 }, (_, i) => i % 10);
  const times = Array.from({ length: REPEATS }, (_, seed) => {
    const begun = performance.now();
    corrupt({
      labels,
      classes: Array.from({ length: 10 }, (_, i) => String(i)),
      part: 'train',
      trainSize: labels.length,
      noise: v.parse(NoiseSchema, { kind: 'symmetric', rate: 0.4, seed }),
      clusters: null,
      features: () => new Float32Array(0),
      beliefs: null,
    });
    return performance.now() - begun;
  });
  return median(times);
}
