/** Training speed on random data, feeding included; with `--peers` beside others'. */
import type { Precision } from '../../core/engine/forward.ts';
import type { BenchCase } from './cases.ts';
import { compare, median } from './compare.ts';
import type { Comparison } from './compare.ts';
import { PRECISIONS, timeOurs } from './ours.ts';
import { gflopOf, timePeak } from './peak.ts';
import { printResult, printNote, table } from '../../core/terminal/output.ts';

/** One line of the benchmark. */
export interface BenchResult {
  net: string;
  batch: number;
  optimizer: string;
  precision: Precision;
  samplesPerSecond: number;
  /** The share that this is of the speed of a large matrix product in the same precision. */
  shareOfPeak: number;
}

/** GFLOP a second of a large matrix product. */
export type Peaks = Record<Precision, number>;

const REPEATS = 7;
const SECONDS = 2;

/** Times each case in both precisions, in turns, and prints samples a second, medians of the rounds. */
export async function benchSpeed(json: boolean, cases: readonly BenchCase[]): Promise<void> {
  const peaks = await measurePeaks();
  const results: BenchResult[] = [];
  for (const of of cases) {
    printNote(`${of.net}, batch ${of.batch}, ${of.optimizer}`);
    results.push(...(await resultsOf(of, peaks)));
  }
  const head = ['Net', 'Batch', 'Optimizer', 'Precision', 'Samples/s', 'Share of peak'];
  printResult(
    json,
    { results, peaks },
    () =>
      `${table(
        head,
        results.map((r) => [...labels(r), count(r.samplesPerSecond), shareWords(r.shareOfPeak)]),
      )}\n${peakWords(peaks)}`,
  );
}

/** The peaks of this machine, medians of rounds in turns. */
export async function measurePeaks(): Promise<Peaks> {
  const timed = { float32: await timePeak('float32'), bfloat16: await timePeak('bfloat16') };
  const rounds = Array.from({ length: REPEATS }, () =>
    PRECISIONS.map((precision) => timed[precision].speed(0.5)),
  );
  PRECISIONS.forEach((precision) => timed[precision].dispose());
  const [float32, bfloat16] = PRECISIONS.map((_, i) => median(rounds.map((round) => round[i]!)));
  return { float32: Math.round(float32!), bfloat16: Math.round(bfloat16!) };
}

async function resultsOf(of: BenchCase, peaks: Peaks): Promise<BenchResult[]> {
  const timed = await Promise.all(PRECISIONS.map((precision) => timeOurs(of, precision)));
  const rounds = Array.from({ length: REPEATS }, () => timed.map(({ speed }) => speed(SECONDS)));
  timed.forEach(({ dispose }) => dispose());
  return PRECISIONS.map((precision, i) => {
    const speed = median(rounds.map((round) => round[i]!));
    const { net, batch, optimizer } = of;
    const shareOfPeak = shareOf(of, speed, peaks[precision]);
    return { net, batch, optimizer, precision, samplesPerSecond: Math.round(speed), shareOfPeak };
  });
}

/** The same beside PyTorch and Python's TensorFlow, in turns. */
export async function benchPeers(json: boolean, cases: readonly BenchCase[]): Promise<void> {
  const peaks = await measurePeaks();
  const results = await compare(cases);
  const head = ['Net', 'Batch', 'Optimizer', 'Precision', 'Samples/s', 'of peak', 'PyTorch'];
  head.push('ratio', 'least to most', 'TensorFlow', 'ratio', 'least to most', "PyTorch's settings");
  const shared = results.map((r) => {
    const of = cases.find(({ net, batch }) => net === r.net && batch === r.batch)!;
    return { ...r, shareOfPeak: shareOf(of, r.samplesPerSecond, peaks[r.precision]) };
  });
  printResult(
    json,
    { results: shared, peaks },
    () => `${table(head, shared.map(peersRow))}\n${peakWords(peaks)}`,
  );
}

function peersRow(r: Comparison & Pick<BenchResult, 'shareOfPeak'>): string[] {
  const ofPeer = (peer: Comparison['torch'] | null): string[] =>
    peer
      ? [count(peer.samplesPerSecond), peer.ratio.toFixed(2), range(peer.range)]
      : ['–', '–', '–'];
  return [
    ...labels(r),
    count(r.samplesPerSecond),
    shareWords(r.shareOfPeak),
    ...ofPeer(r.torch),
    ...ofPeer(r.tensorflow),
    r.torchSettings,
  ];
}

const shareOf = (of: BenchCase, speed: number, peak: number): number =>
  Math.round(((speed * gflopOf(of)) / peak) * 1000) / 1000;
const labels = (r: Pick<BenchResult, 'net' | 'batch' | 'optimizer' | 'precision'>): string[] => [
  r.net,
  String(r.batch),
  r.optimizer,
  r.precision,
];
const count = (value: number): string => value.toLocaleString('en');
const shareWords = (share: number): string => `${(share * 100).toFixed(1)} %`;
const range = ([least, most]: [number, number]): string => `${least.toFixed(2)}–${most.toFixed(2)}`;
const peakWords = ({ float32, bfloat16 }: Peaks): string =>
  `Matrix product peak: ${count(float32)} GFLOP/s in float32, ${count(bfloat16)} in bfloat16.`;
