/** `bench`: training speed on random data, feeding included; with `--peers` beside others'. */
import { benchData, benchOpen } from './data.ts';
import { CASES } from './cases.ts';
import type { BenchCase } from './cases.ts';
import { compare, median } from './compare.ts';
import type { Comparison } from './compare.ts';
import { timeOurs } from './ours.ts';
import { benchRuns } from './runs.ts';
import { printResult, say, table } from '../terminal/output.ts';

/** One line of the benchmark. */
export interface BenchResult {
  net: string;
  batch: number;
  optimizer: string;
  samplesPerSecond: number;
}

const REPEATS = 5;
const SECONDS = 2;

/** Times each case and prints samples a second, medians of several stretches. */
export async function benchCommand({
  json = false,
  peers = false,
  data = false,
  runs = false,
  pictures = 5000,
  open,
}: {
  json?: boolean;
  peers?: boolean;
  data?: boolean;
  runs?: boolean;
  pictures?: number;
  open?: string;
}): Promise<void> {
  if (open !== undefined) return benchOpen(open);
  if (runs) return benchRuns(json);
  if (data) return benchData(json, pictures, peers);
  if (peers) return benchPeers(json);
  const results: BenchResult[] = [];
  for (const of of CASES) {
    say(`${of.net}, batch ${of.batch}, ${of.optimizer}`);
    results.push(await resultOf(of));
  }
  printResult(json, { results }, () =>
    table(
      ['Net', 'Batch', 'Optimizer', 'Samples/s'],
      results.map((r) => [...labels(r), count(r.samplesPerSecond)]),
    ),
  );
}

async function resultOf(of: BenchCase): Promise<BenchResult> {
  const { net, batch, optimizer } = of;
  const ours = await timeOurs(of);
  const speeds = Array.from({ length: REPEATS }, () => ours.speed(SECONDS));
  ours.dispose();
  return { net, batch, optimizer, samplesPerSecond: Math.round(median(speeds)) };
}

async function benchPeers(json: boolean): Promise<void> {
  const compared = await compare(CASES);
  const head = ['Net', 'Batch', 'Optimizer', 'Samples/s', 'PyTorch', 'ratio', 'least to most'];
  head.push('TensorFlow', 'ratio', 'least to most', "PyTorch's settings");
  const { gflops, paperCnnShare } = compared.peak;
  printResult(
    json,
    compared,
    () =>
      `${table(head, compared.results.map(peersRow))}\n` +
      `Matrix product peak ${gflops} GFLOP/s; the paper's CNN reaches ${paperCnnShare} of it.`,
  );
}

function peersRow(r: Comparison): string[] {
  return [
    ...labels(r),
    count(r.samplesPerSecond),
    count(r.torch),
    r.ratioTorch.toFixed(2),
    range(r.ratioTorchRange),
    count(r.tensorflow),
    r.ratioTensorflow.toFixed(2),
    range(r.ratioTensorflowRange),
    r.torchSettings,
  ];
}

const labels = (r: BenchResult): string[] => [r.net, String(r.batch), r.optimizer];
const count = (value: number): string => value.toLocaleString('en');
const range = ([least, most]: [number, number]): string => `${least.toFixed(2)}–${most.toFixed(2)}`;
