/** Our engine and its peers in one sitting: they take turns, and only one computes at a time. */
import { loadavg } from 'node:os';
import type { BenchCase } from './cases.ts';
import { timeOurs } from './ours.ts';
import type { Timed } from './ours.ts';
import { startPeer } from './peer.ts';
import type { Peer } from './peer.ts';
import { peersPython } from './python.ts';
import { printNote } from '../../core/terminal/output.ts';

/** A case with everyone's speed: medians of the rounds. */
export interface Comparison {
  net: string;
  batch: number;
  optimizer: string;
  /** Ours. */
  samplesPerSecond: number;
  torch: number;
  tensorflow: number;
  /** Ours over the peer's: median, least and most of the rounds. */
  ratioTorch: number;
  ratioTorchRange: [number, number];
  ratioTensorflow: number;
  ratioTensorflowRange: [number, number];
  torchSettings: string;
}

/** A large matrix product of the TensorFlow peer, between the rounds of the paper's CNN. */
export interface Peak {
  gflops: number;
  /** The share of it that our training of the paper's CNN reaches. */
  paperCnnShare: number;
}

interface Round {
  ours: number;
  torch: number;
  tensorflow: number;
  gflops: number;
}

const ROUNDS = 7;
const SECONDS = 2.5;
/** One sample forward and back through the paper's CNN, from its layers' matrix products. */
const PAPER_CNN_GFLOP = 0.285;

/** Compares every case. */
export async function compare(
  cases: readonly BenchCase[],
): Promise<{ results: Comparison[]; peak: Peak }> {
  const python = await peersPython();
  warnIfBusy();
  const [torch, tensorflow] = await Promise.all(
    ['torch_bench.py', 'tf_bench.py'].map((script) => startPeer(python, script)),
  );
  const results: Comparison[] = [];
  let peak: Peak = { gflops: NaN, paperCnnShare: NaN };
  try {
    for (const of of cases) {
      printNote(`${of.net}, batch ${of.batch}, ${of.optimizer}`);
      const { rounds, settings } = await roundsOf(of, torch!, tensorflow!);
      results.push(comparisonOf(of, rounds, settings));
      if (of.net === 'paper-cnn') peak = peakOf(rounds);
    }
  } finally {
    torch?.end();
    tensorflow?.end();
  }
  return { results, peak };
}

/** Threads that wait for each other at every layer, as PyTorch's, lose most to other programs. */
function warnIfBusy(): void {
  const load = loadavg()[0]!;
  if (load > 0.5)
    printNote(`Other programs are busy (load ${load.toFixed(1)}): ratios will be off.`);
}

async function roundsOf(
  of: BenchCase,
  torch: Peer,
  tensorflow: Peer,
): Promise<{ rounds: Round[]; settings: string }> {
  const name = `${of.net}-${of.batch}`;
  const { settings = '' } = await torch.ask(name, 1);
  await tensorflow.ask(name, 1);
  const ours = await timeOurs(of);
  const rounds: Round[] = [];
  try {
    for (let i = 0; i < ROUNDS; i++) rounds.push(await roundOf(name, ours, torch, tensorflow));
  } finally {
    ours.dispose();
  }
  return { rounds, settings };
}

async function roundOf(name: string, ours: Timed, torch: Peer, tensorflow: Peer): Promise<Round> {
  const samples = async (peer: Peer) => (await peer.ask(name, SECONDS)).samplesPerSecond ?? NaN;
  const round = {
    ours: ours.speed(SECONDS),
    torch: await samples(torch),
    tensorflow: await samples(tensorflow),
    gflops: NaN,
  };
  if (name.startsWith('paper-cnn')) {
    round.gflops = (await tensorflow.ask('peak', SECONDS)).gflops ?? NaN;
  }
  printNote(
    `  ours ${Math.round(round.ours)}, PyTorch ${Math.round(round.torch)}, ` +
      `TensorFlow ${Math.round(round.tensorflow)}`,
  );
  return round;
}

function comparisonOf(of: BenchCase, rounds: readonly Round[], settings: string): Comparison {
  const torch = rounds.map((round) => round.ours / round.torch);
  const tensorflow = rounds.map((round) => round.ours / round.tensorflow);
  return {
    net: of.net,
    batch: of.batch,
    optimizer: of.optimizer,
    samplesPerSecond: Math.round(median(rounds.map((round) => round.ours))),
    torch: Math.round(median(rounds.map((round) => round.torch))),
    tensorflow: Math.round(median(rounds.map((round) => round.tensorflow))),
    ratioTorch: rounded(median(torch)),
    ratioTorchRange: [rounded(Math.min(...torch)), rounded(Math.max(...torch))],
    ratioTensorflow: rounded(median(tensorflow)),
    ratioTensorflowRange: [rounded(Math.min(...tensorflow)), rounded(Math.max(...tensorflow))],
    torchSettings: settings,
  };
}

function peakOf(rounds: readonly Round[]): Peak {
  const shares = rounds.map((round) => (round.ours * PAPER_CNN_GFLOP) / round.gflops);
  return {
    gflops: Math.round(median(rounds.map((round) => round.gflops))),
    paperCnnShare: rounded(median(shares)),
  };
}

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function rounded(ratio: number): number {
  return Math.round(ratio * 1000) / 1000;
}
