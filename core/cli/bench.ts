/** `bench`: training speed on random data, feeding included. */
import { presets } from '../config/presets.ts';
import { openSession } from '../engine/session.ts';
import { stepsPerCall } from '../engine/size.ts';
import type { TrainingConfig } from '../config/schema.ts';
import { networkLayers, NETWORKS } from '../models/index.ts';
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
  const own = presets()[0]!.config;
  const layers = networkLayers({ ...own.network, preset: net }, 10, SHAPE);
  const session = await openSession({
    layers,
    shape: SHAPE,
    classes: 10,
    samples: SAMPLES,
    mean: 127,
    deviation: 74,
    training: { ...own.training, learningRate: 0.001, threads: cores(), optimizer, batch },
    stepsPerCall: stepsPerCall(layers, batch),
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
  const rates = new Float32Array(session.stepsPerCall).fill(0.001);
  const stretch = (): number => {
    const from = performance.now();
    let trained = 0;
    while (performance.now() - from < SECONDS * 1000) {
      const at = trained % (SAMPLES - batch * rates.length + 1);
      session.steps(order.subarray(at, at + batch * rates.length), rates, trained);
      trained += batch * rates.length;
    }
    return (trained / (performance.now() - from)) * 1000;
  };
  stretch();
  const speeds = Array.from({ length: REPEATS }, stretch).sort((a, b) => a - b);
  session.dispose();
  return speeds[Math.floor(REPEATS / 2)]!;
}
