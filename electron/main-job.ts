import { InputError } from '../core/errors.ts';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { makeFolder, writeWhole } from '../core/disk/write.ts';
import {
  inEnglish,
  inWords,
  savedWords,
  verdictTold,
  verdictWords,
} from '../core/protocol/index.ts';
import type { LabEvent, RunRow, RunView, Verdict } from '../core/protocol/index.ts';
import type { Core } from './core-process.ts';
import { sentenceOf } from './sentence.ts';

const START_LIMIT = 60_000;
const ASK_AGAIN = 2_000;
/** Time for the charts to draw the last epoch before the picture is taken. */
const SETTLE = 1_500;

/** What the main job works with. */
export interface MainJobContext {
  core: Core;
  window: BrowserWindow;
  send(event: LabEvent): void;
  folder: string;
}

/** The main job: the ready experiment, trained through the window, told in the terminal. */
export interface MainJob {
  /** Must be told every event of the core. */
  hear(event: LabEvent): void;
  /** Does the whole job. @returns the exit code */
  run(): Promise<number>;
}

/** Prepares the main job. */
export function mainJob({ core, window, send, folder }: MainJobContext): MainJob {
  let started = false;
  let end: (row: RunRow) => void;
  let fail: (error: Error) => void;
  const ended = new Promise<RunRow>((resolve, reject) => ([end, fail] = [resolve, reject]));

  const askUntilStarted = async (): Promise<void> => {
    const limit = Date.now() + START_LIMIT;
    while (!started && Date.now() < limit) {
      send({ event: 'host.command', command: 'train' });
      await pause(ASK_AGAIN);
    }
    if (!started) fail(new Error('The window did not start training within a minute.'));
  };

  return {
    hear(event) {
      if (event.event === 'run.progress' || event.event === 'run.started') started = true;
      if (event.event === 'run.started') print(headOf(event.view));
      if (event.event === 'run.epoch') print(lineOf(event));
      if (event.event === 'run.ended') end(event.row);
      if (event.event === 'core.crashed') fail(new InputError(event.message));
    },
    async run() {
      try {
        await Promise.all([askUntilStarted(), ended]);
        const row = await ended;
        if (row.status !== 'finished')
          throw row.problem ? new InputError(row.problem) : new Error(`The run is ${row.status}.`);
        await tellAndSave(core, window, row.id, folder);
        return 0;
      } catch (error) {
        process.stderr.write(`${sentenceOf(error)}\n`);
        return 1;
      }
    },
  };
}

async function tellAndSave(
  core: Core,
  window: BrowserWindow,
  id: string,
  folder: string,
): Promise<void> {
  makeFolder(folder);
  const { verdict, row } = await core.request('run.open', { id });
  print(verdictOf(verdict, row));
  const report = { id, format: 'html', path: join(folder, 'report.html') } as const;
  const metrics = { id, format: 'csv', path: join(folder, 'metrics.csv') } as const;
  const written = [await core.request('run.writeReport', report)];
  written.push(await core.request('run.writeReport', metrics));
  await pause(SETTLE);
  const picture = join(folder, 'window.png');
  writeWhole(picture, (await window.webContents.capturePage()).toPNG());
  for (const path of [...written.map((file) => file.path), picture]) print(`Saved ${path}`);
}

function headOf({ row, trainCount, wrongLabels, network }: RunView): string {
  const wrong = wrongLabels === null ? '' : `, ${wrongLabels.toLocaleString('en')} labels wrong`;
  const samples = trainCount.toLocaleString('en');
  return `${row.config.name}: ${inWords(network.title, inEnglish)}, ${samples} training samples${wrong}.`;
}

function lineOf({ view, secondsLeft }: Extract<LabEvent, { event: 'run.epoch' }>): string {
  const { epoch, trainAccuracy, holdoutAccuracy, testAccuracy, relativeDistance } = view.record;
  const cells = [
    `epoch ${String(epoch).padStart(3)}`,
    `training ${percent(trainAccuracy).padStart(7)}`,
    `hold-out ${percent(holdoutAccuracy).padStart(7)}`,
    `test ${percent(testAccuracy).padStart(7)}`,
    `distance ${relativeDistance.toFixed(3)}`,
  ];
  if (secondsLeft !== null) cells.push(`${Math.ceil(secondsLeft)} s left`);
  return cells.join('   ');
}

function verdictOf(verdict: Verdict | null, row: RunRow): string {
  if (!verdict) return 'No epoch is recommended: there was too little to judge by.';
  const { confidence, method, reasons } = verdictTold(verdict);
  const { lastEpoch, savedEpochs } = row;
  const sure = `${Math.round(confidence * 100)}% sure`;
  const tests =
    row.testAtStop === null
      ? ''
      : ` Test accuracy is ${percent(row.testAtStop)} at this epoch and ${percent(row.testLast)} at the end.`;
  const saved = savedEpochs > 0 ? ` ${savedWords(savedEpochs, lastEpoch)}.` : '';
  const head = `${verdictWords(verdict, lastEpoch)}${tests}${saved} ${sure}. By: ${method}.`;
  return ['', head, ...reasons.map((reason) => `  ${reason}`)].join('\n');
}

const percent = (share: number | null | undefined): string =>
  share == null ? '–' : `${(share * 100).toFixed(1)}%`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
