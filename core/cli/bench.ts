/** `bench`: training speed on random data, feeding included. */
import { openSession } from '../engine/session.ts';
import type { TrainingConfig } from '../config/schema.ts';
import { NETWORKS, placeLayers } from '../models/index.ts';
import { randomOf } from '../random.ts';
import { cores } from '../lab/execute.ts';
import { printResult, say, table } from './output.ts';

type Net = keyof typeof NETWORKS;

/** One line of the benchmark. */
export interface BenchResult {
  net: string;
  batch: number;
  optimizer: string;
  samplesPerSecond: number;
}

const CASES: { net: Net; batch: number; optimizer: TrainingConfig['optimizer'] }[] = [
  { net: 'lenet', batch: 128, optimizer: 'momentum' },
  { net: 'lenet', batch: 32, optimizer: 'momentum' },
  { net: 'mlp', batch: 64, optimizer: 'adam' },
  { net: 'paper-cnn', batch: 128, optimizer: 'adadelta' },
];
const SAMPLES = 2048;
const SHAPE = [28, 28, 1] as const;
const REPEATS = 5;
const SECONDS = 2;

/** Times each case and prints samples a second, medians of several stretches. */
export async function benchCommand({ json = false }: { json?: boolean }): Promise<void> {
  const results: BenchResult[] = [];
  for (const of of CASES) {
    say(`${of.net}, batch ${of.batch}, ${of.optimizer}`);
    results.push({ ...of, samplesPerSecond: Math.round(await speedOf(of)) });
  }
  printResult(json, { results }, () =>
    table(
      ['Net', 'Batch', 'Optimizer', 'Samples/s'],
      results.map((r) => [
        r.net,
        String(r.batch),
        r.optimizer,
        r.samplesPerSecond.toLocaleString('en'),
      ]),
    ),
  );
}

async function speedOf({ net, batch, optimizer }: (typeof CASES)[number]): Promise<number> {
  const base = { learningRate: 0.001, momentum: 0.9, epochs: 1, seed: 0, threads: cores() };
  const session = await openSession({
    layers: placeLayers(NETWORKS[net].layers(10), SHAPE),
    shape: SHAPE,
    samples: SAMPLES,
    mean: 127,
    deviation: 74,
    training: { ...base, optimizer, batch },
  });
  const random = randomOf(0, 'bench');
  const pixels = Uint8Array.from({ length: SAMPLES * 784 }, () => random.below(256));
  session.fill(
    0,
    pixels,
    Uint8Array.from({ length: SAMPLES }, () => random.below(10)),
  );
  session.start();
  const order = Int32Array.from({ length: SAMPLES }, (_, i) => i);
  const stretch = (): number => {
    const from = performance.now();
    let trained = 0;
    while (performance.now() - from < SECONDS * 1000) {
      const at = trained % SAMPLES;
      session.step(order.subarray(at, at + batch));
      trained += batch;
    }
    return (trained / (performance.now() - from)) * 1000;
  };
  stretch();
  const speeds = Array.from({ length: REPEATS }, stretch).sort((a, b) => a - b);
  session.dispose();
  return speeds[Math.floor(REPEATS / 2)]!;
}
