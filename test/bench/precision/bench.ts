/**
 * `npm run bench -- --precision`: whether runs in bfloat16 end where those in float32 do, on data sets with
 * and without wrong labels, over seeds: the best epoch, the memorized end and the recommendation.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deviation, mean } from 'd3-array';
import { sentence } from '../../unit/said.ts';
import type { Config } from '../../../core/contract/config/schema.ts';
import type { Precision } from '../../../core/engine/forward.ts';
import { printNote, printResult, table } from '../../../core/terminal/output.ts';
import { precisionSets } from './sets.ts';
import { disagreement, outcomeOf } from './outcome.ts';
import type { RunOutcome } from './outcome.ts';

const { values: options } = parseArgs({
  options: {
    precision: { type: 'boolean' },
    json: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '101,102,103,104,105' },
    /** Sets whose name matches this. */
    only: { type: 'string', default: '' },
    /** Where runs are kept, so that those that are there are not trained again. */
    out: { type: 'string', default: 'output/precision' },
    fashion: { type: 'string', default: '/usr/share/datasets/fashion-mnist' },
    /** CIFAR-10, or some of it. */
    cifar: { type: 'string', default: '' },
  },
});

/** What is compared: shares of test samples, and of training samples by their given labels. */
const SIGNS = ['best', 'end', 'memorized', 'stopped'] as const;

/** A set in both precisions over the seeds. */
interface Result {
  set: string;
  seeds: number;
  /** Mean and standard deviation of each sign, in percent, and how far apart the means are in those. */
  signs: Record<(typeof SIGNS)[number], { float32: number; bfloat16: number; spread: number }>;
  /** Runs in bfloat16 whose recommended epoch lies within the range of the one in float32. */
  within: number;
  /** Share of samples that are classified otherwise in bfloat16, by the same weights at the end. */
  disagreement: number;
}

async function bench(): Promise<void> {
  const { json, out, only } = options;
  const wanted = new RegExp(only, 'i');
  const sets = precisionSets({ ...options, exists: existsSync }).filter(({ id }) =>
    wanted.test(id),
  );
  const seeds = options.seeds.split(',').map(Number);
  const results: Result[] = [];
  for (const { id, config } of sets) {
    const pairs: Pair[] = [];
    for (const seed of seeds) {
      printNote(`${id}, seed ${seed}`);
      pairs.push(await pairOf(join(out, `${id}-${seed}`.replace(/[^\w-]+/g, '-')), config(seed)));
    }
    results.push(resultOf(id, pairs));
  }
  printResult(json, { results }, () => table(HEAD, results.map(rowOf)));
}

interface Pair {
  float32: RunOutcome;
  bfloat16: RunOutcome;
  disagreement: number;
}

async function pairOf(folder: string, config: Config): Promise<Pair> {
  const of = async (precision: Precision): Promise<RunOutcome> => {
    const training = { ...config.training, precision };
    return outcomeOf(`${folder}-${precision}`, { ...config, training });
  };
  const [float32, bfloat16] = [await of('float32'), await of('bfloat16')];
  return { float32, bfloat16, disagreement: await disagreement(`${folder}-bfloat16`) };
}

function resultOf(set: string, pairs: readonly Pair[]): Result {
  const signs = SIGNS.map((sign) => {
    const [plain, short] = (['float32', 'bfloat16'] as const).map((precision) =>
      pairs.map((pair) => pair[precision][sign] * 100),
    ) as [number[], number[]];
    const spread = deviation(plain) ?? NaN;
    return [sign, { float32: mean(plain)!, bfloat16: mean(short)!, spread }] as const;
  });
  const within = pairs.filter(({ float32: { low, high }, bfloat16: { epoch } }) => {
    return epoch >= low && epoch <= high;
  });
  return {
    set,
    seeds: pairs.length,
    signs: Object.fromEntries(signs) as Result['signs'],
    within: within.length,
    disagreement: mean(pairs, (pair) => pair.disagreement)!,
  };
}

const HEAD = [
  'Set',
  'Best test',
  'End test',
  'End given',
  'Test at stop',
  'Stop in range',
  'Other',
];

function rowOf({ set, seeds, signs, within, disagreement: other }: Result): string[] {
  const words = SIGNS.map((sign) => {
    const { float32, bfloat16, spread } = signs[sign];
    return `${float32.toFixed(2)} ±${spread.toFixed(2)} | ${bfloat16.toFixed(2)}`;
  });
  return [set, ...words, `${within} of ${seeds}`, `${(other * 100).toFixed(2)} %`];
}

await bench().catch((error: unknown) => {
  process.stderr.write(`${sentence(error)}\n`);
  process.exitCode = 1;
});
