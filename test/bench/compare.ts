/** Our engine and its peers in one sitting: they take turns, and only one computes at a time. */
import { loadavg } from 'node:os';
import type { Precision } from '../../core/engine/forward.ts';
import type { BenchCase } from './cases.ts';
import { PRECISIONS, timeOurs } from './ours.ts';
import type { Timed } from './ours.ts';
import { startPeer } from './peer.ts';
import type { Peer } from './peer.ts';
import { peersPython } from './python.ts';
import { printNote } from '../../core/terminal/output.ts';

/** A peer's speed beside ours: medians of the rounds. */
export interface Beside {
  samplesPerSecond: number;
  /** Ours over the peer's: median, least and most of the rounds. */
  ratio: number;
  range: [number, number];
}

/** A case in one precision with everyone's speed. */
export interface Comparison {
  net: string;
  batch: number;
  optimizer: string;
  precision: Precision;
  /** Ours. */
  samplesPerSecond: number;
  /** PyTorch at its fastest: in float32, and for bfloat16 in whichever of both is faster. */
  torch: Beside;
  torchSettings: string;
  /** Python's TensorFlow, in float32; null for bfloat16. */
  tensorflow: Beside | null;
}

interface Round {
  ours: Record<Precision, number>;
  torch: Record<Precision, number>;
  tensorflow: number;
}

const ROUNDS = 7;
const SECONDS = 2.5;

/** Compares every case in both precisions. */
export async function compare(cases: readonly BenchCase[]): Promise<Comparison[]> {
  const python = await peersPython();
  warnIfBusy();
  const [torch, tensorflow] = await Promise.all(
    ['torch_bench.py', 'tf_bench.py'].map((script) => startPeer(python, script)),
  );
  const results: Comparison[] = [];
  try {
    for (const of of cases) {
      printNote(`${of.net}, batch ${of.batch}, ${of.optimizer}`);
      results.push(...(await comparisonsOf(of, torch!, tensorflow!)));
    }
  } finally {
    torch?.end();
    tensorflow?.end();
  }
  return results;
}

/** Threads that wait for each other at every layer, as PyTorch's, lose most to other programs. */
function warnIfBusy(): void {
  const load = loadavg()[0]!;
  if (load > 0.5)
    printNote(`Other programs are busy (load ${load.toFixed(1)}): ratios will be off.`);
}

async function comparisonsOf(of: BenchCase, torch: Peer, tensorflow: Peer): Promise<Comparison[]> {
  const name = `${of.net}-${of.batch}`;
  const settings: Record<string, string> = {};
  for (const precision of PRECISIONS) {
    settings[precision] = (await torch.ask(asked(name, precision), 1)).settings ?? '';
  }
  await tensorflow.ask(name, 1);
  const [float32, bfloat16] = await Promise.all(PRECISIONS.map((p) => timeOurs(of, p)));
  const ours = { float32: float32!, bfloat16: bfloat16! };
  const rounds: Round[] = [];
  try {
    for (let i = 0; i < ROUNDS; i++) rounds.push(await roundOf(name, ours, torch, tensorflow));
  } finally {
    PRECISIONS.forEach((precision) => ours[precision].dispose());
  }
  return PRECISIONS.map((precision) => comparisonOf(of, precision, rounds, settings[precision]!));
}

/** What PyTorch calls a case: without a word in float32, as `net-batch:bfloat16` with autocast allowed. */
const asked = (name: string, precision: Precision): string =>
  precision === 'float32' ? name : `${name}:${precision}`;

async function roundOf(
  name: string,
  ours: Record<Precision, Timed>,
  torch: Peer,
  tensorflow: Peer,
): Promise<Round> {
  const samples = async (peer: Peer, of: string) =>
    (await peer.ask(of, SECONDS)).samplesPerSecond ?? NaN;
  const round = {
    ours: { float32: ours.float32.speed(SECONDS), bfloat16: ours.bfloat16.speed(SECONDS) },
    torch: {
      float32: await samples(torch, name),
      bfloat16: await samples(torch, asked(name, 'bfloat16')),
    },
    tensorflow: await samples(tensorflow, name),
  };
  const both = (of: Record<Precision, number>) =>
    PRECISIONS.map((precision) => Math.round(of[precision])).join(' and ');
  printNote(
    `  ours ${both(round.ours)}, PyTorch ${both(round.torch)}, ` +
      `TensorFlow ${Math.round(round.tensorflow)}`,
  );
  return round;
}

function comparisonOf(
  of: BenchCase,
  precision: Precision,
  rounds: readonly Round[],
  torchSettings: string,
): Comparison {
  const ours = rounds.map((round) => round.ours[precision]);
  const beside = (peer: readonly number[]): Beside => {
    const ratios = peer.map((speed, i) => ours[i]! / speed);
    return {
      samplesPerSecond: Math.round(median(peer)),
      ratio: rounded(median(ratios)),
      range: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    };
  };
  return {
    net: of.net,
    batch: of.batch,
    optimizer: of.optimizer,
    precision,
    samplesPerSecond: Math.round(median(ours)),
    torch: beside(rounds.map((round) => round.torch[precision])),
    torchSettings,
    tensorflow: precision === 'float32' ? beside(rounds.map((round) => round.tensorflow)) : null,
  };
}

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function rounded(ratio: number): number {
  return Math.round(ratio * 1000) / 1000;
}
