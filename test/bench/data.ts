/** `bench --data`: how fast data sets open, each time in a process that has opened nothing yet. */
import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../core/disk/temporary.ts';
import * as v from 'valibot';
import { inferAll, NoiseSchema } from '../../core/contract/config/schema.ts';
import { openDataset } from '../../core/data/index.ts';
import { corrupt, numbered } from '../../core/noise/index.ts';
import { median } from './compare.ts';
import { dataPeersPython, runPeer } from './python.ts';
import { writeSets } from './sets.ts';
import type { DataSet } from './sets.ts';
import { printResult, printNote, table } from '../../core/terminal/output.ts';

/** One line of the benchmark. */
interface DataResult {
  what: string;
  /** Median of several processes. */
  seconds: number;
  /** Growth of the process's memory while opening, in MiB, and divided by the values' own bytes. */
  memory: number;
  memoryShare: number;
  /** Median seconds of pandas or torchvision, in turns with ours; null where they were not asked. */
  peer: number | null;
}

/** What a process that opens one data set tells. */
interface Opened {
  seconds: number;
  grown: number;
  bytes: number;
}

const REPEATS = 5;
const MIB = 2 ** 20;

/**
 * Opens each generated data set several times and prints medians.
 * @param pictures how many PNG files; 50,000 take minutes to write and to open
 * @param peers whether pandas and torchvision open them too, in turns
 */
export async function benchData(json: boolean, pictures: number, peers: boolean): Promise<void> {
  const folder = temporaryFolder('bench');
  try {
    const python = peers ? await dataPeersPython() : null;
    printNote(`Writing CIFAR-10 of full size, a table of a million rows and ${pictures} pictures.`);
    const sets = await writeSets(folder, pictures);
    const cifar = sets.find(({ peer }) => peer === 'cifar');
    if (python && cifar) await runPeer(python, 'data_bench.py', ['prepare', cifar.path]);
    const results: DataResult[] = [];
    for (const set of sets) {
      printNote(set.what);
      results.push(await measure(set, join(folder, 'cache'), python));
    }
    const milliseconds = noiseMilliseconds();
    printResult(json, { results, symmetricNoiseMilliseconds: milliseconds }, () =>
      [
        table(
          [
            'Data set',
            'Seconds',
            'Memory, MiB',
            'of its values',
            ...(peers ? ['Peer', 'ratio'] : []),
          ],
          results.map((r) => rowOf(r, peers)),
        ),
        `Symmetric noise on 1,000,000 labels: ${milliseconds.toFixed(0)} ms`,
      ].join('\n'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(set: DataSet, cache: string, python: string | null): Promise<DataResult> {
  const runs: Opened[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    if (!set.again) rmSync(cache, { recursive: true, force: true });
    runs.push(await openApart(set.path, cache));
    if (!python || !set.peer) continue;
    const said = await runPeer(python, 'data_bench.py', [set.peer, set.path]);
    theirs.push((JSON.parse(said) as { seconds: number }).seconds);
  }
  return { ...resultOf(set.what, runs), peer: theirs.length > 0 ? median(theirs) : null };
}

function rowOf(r: DataResult, peers: boolean): string[] {
  const peer = r.peer === null ? ['', ''] : [r.peer.toFixed(2), (r.seconds / r.peer).toFixed(2)];
  return [
    r.what,
    r.seconds.toFixed(2),
    r.memory.toFixed(0),
    r.memoryShare.toFixed(2),
    ...(peers ? peer : []),
  ];
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

/** @param cache where decoded pictures are kept, instead of with the person's own */
function openApart(path: string, cache: string): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    const child = fork(process.argv[1]!, ['--open', path], { env });
    child.on('message', (found) => resolve(found as Opened));
    child.on('close', (code) => reject(new Error(`Opening ended with exit code ${code}.`)));
  });
}

function resultOf(what: string, runs: readonly Opened[]): Omit<DataResult, 'peer'> {
  const grown = median(runs.map((run) => run.grown));
  return {
    what,
    seconds: median(runs.map(({ seconds }) => seconds)),
    memory: grown / MIB,
    memoryShare: grown / runs[0]!.bytes,
  };
}

/** Median of several times that a million labels are corrupted. */
function noiseMilliseconds(): number {
  const labels = Uint8Array.from({ length: 1_000_000 }, (_, i) => i % 10);
  const times = Array.from({ length: REPEATS }, (_, seed) => {
    const begun = performance.now();
    corrupt({
      labels,
      classes: Array.from({ length: 10 }, (_, i) => String(i)),
      seen: Array.from({ length: 10 }, (_, i) => i),
      known: null,
      part: 'train',
      trainSize: labels.length,
      noise: numbered(v.parse(NoiseSchema, { kind: 'symmetric', rate: 0.4, seed }), []),
      clusters: null,
      features: () => new Float32Array(0),
      probabilities: null,
    });
    return performance.now() - begun;
  });
  return median(times);
}
