/**
 * `npm run bench -- --label-wave`: Label Wave both ways, on kept runs of data that are built in. Its
 * authors' code takes predictions from the training steps; the kept runs hold those after each epoch.
 * Each run is trained again with the former, which leaves its weights as they were.
 */
import { parseArgs } from 'node:util';
import { parseConfig } from '../../../core/kinds/read.ts';
import { labelWave } from '../../../core/stopping/rules/label-wave.ts';
import { signalsOf } from '../../../core/stopping/signals.ts';
import type { StoppingSignals } from '../../../core/stopping/signals.ts';
import { table } from '../../../core/terminal/output.ts';
import { prepare } from '../../../core/training/prepare.ts';
import { train } from '../../../core/training/train.ts';
import { FIXTURE, readPacked } from './corpus.ts';
import type { CorpusRun } from './corpus.ts';
import { designs } from './designs.ts';
import { rowsOf } from './evaluate.ts';

const { values: options } = parseArgs({
  options: {
    'label-wave': { type: 'boolean' },
    /** Only every so many runs. */
    every: { type: 'string', default: '1' },
  },
});

const kept = new Map(readPacked(FIXTURE).map((run) => [run.id, run]));
const nothing = { fashion: null, cifar: null, cifarLabels: null, digits: null };
const chosen = designs(nothing).filter((_, i) => i % Number(options.every) === 0);
const rows: string[][] = [];
const [after, during]: [number[], number[]] = [[], []];
for (const { id, config } of chosen) {
  const run = kept.get(id);
  if (!run) continue;
  const signals = await signalsDuring(config, id);
  const found = [regretOf(run, rowsOf(run, null)), regretOf(run, signals)];
  after.push(found[0]!);
  during.push(found[1]!);
  rows.push([id, run.network, run.noise, ...found.map((value) => value.toFixed(2))]);
  process.stderr.write(`${rows.at(-1)!.join(' ')}\n`);
}
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
rows.push(['Mean', '', `${rows.length} runs`, mean(after).toFixed(2), mean(during).toFixed(2)]);
process.stdout.write(`${table(['Run', 'Network', 'Noise', 'After', 'During'], rows)}\n`);

/** What a run's training steps predicted, epoch by epoch. */
async function signalsDuring(config: unknown, id: string): Promise<StoppingSignals[]> {
  const asked = config as { training: object };
  const training = { ...asked.training, measure: 'during' };
  const found: StoppingSignals[] = [];
  for await (const { record } of train(await prepare(parseConfig({ ...asked, training }, id)))) {
    if (record.epoch > 0) found.push(signalsOf(record));
  }
  return found;
}

/** What Label Wave loses on a run, in points of test accuracy. */
function regretOf(run: CorpusRun, signals: readonly StoppingSignals[]): number {
  const epoch = labelWave.epochOf(signals)!;
  return 100 * (Math.max(...run.testAccuracy) - run.testAccuracy[epoch - 1]!);
}
