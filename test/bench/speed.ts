/** Training speed on random data, feeding included; with `--peers` beside others'. */
import { CASES } from './cases.ts';
import type { BenchCase } from './cases.ts';
import { compare, median } from './compare.ts';
import type { Comparison } from './compare.ts';
import { timeOurs } from './ours.ts';
import { printResult, printNote, table } from '../../core/terminal/output.ts';

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
export async function benchSpeed(json: boolean): Promise<void> {
  const results: BenchResult[] = [];
  for (const of of CASES) {
    printNote(`${of.net}, batch ${of.batch}, ${of.optimizer}`);
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

/** The same beside PyTorch and Python's TensorFlow, in turns. */
export async function benchPeers(json: boolean): Promise<void> {
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
