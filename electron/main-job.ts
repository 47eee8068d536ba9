import { errorPhrase, InputError } from '../core/contract/words/errors.ts';
import { join } from 'node:path';
import { MessageChannelMain } from 'electron';
import type { BrowserWindow } from 'electron';
import { makeFolder, writeWhole } from '../core/disk/write.ts';
import { inWords } from '../core/contract/words/phrase.ts';
import {
  withCount,
  savedWords,
  verdictInWords,
  allAlikeWords,
  verdictWords,
} from '../core/contract/messages/verdict.ts';
import { plain } from '../core/contract/words/plain.ts';
import type { LabEvent } from '../core/contract/messages/events.ts';
import type { Phrase } from '../core/contract/words/phrase.ts';
import type { RunRow, RunView, Verdict } from '../core/contract/messages/records.ts';
import type { Core } from './core-process.ts';
import { parseEvent } from '../core/contract/messages/parse.ts';
import { errorSentence } from './sentence.ts';
import { t, terminalLanguage } from './terminal.ts';

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
    if (!started) fail(new InputError('window.notStarted'));
  };

  const hear = (event: LabEvent): void => {
    if (event.event === 'run.progress' || event.event === 'run.started') started = true;
    if (event.event === 'run.started') print(headOf(event.view));
    if (event.event === 'run.epoch') print(lineOf(event));
    if (event.event === 'run.ended') end(event.row);
  };

  return {
    async run() {
      try {
        listenTo(core, hear, () => fail(new InputError('core.keepsDying')));
        await Promise.all([askUntilStarted(), ended]);
        const row = await ended;
        if (row.status !== 'finished') throw new InputError(row.problem ?? notFinished(row));
        await tellAndSave(core, window, row.id, folder);
        return 0;
      } catch (error) {
        process.stderr.write(`${errorSentence(error, t)}\n`);
        return 1;
      }
    },
  };
}

/** Hears all that the core tells its pages. @param gone is called when there is no core any more */
function listenTo(core: Core, hear: (event: LabEvent) => void, gone: () => void): void {
  const { port1, port2 } = new MessageChannelMain();
  port1.on('message', ({ data }) => hear(parseEvent(data)));
  port1.on('close', gone);
  port1.start();
  core.connect(port2);
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
  const language = terminalLanguage;
  const ids = [id] as [string];
  const report = { ids, format: 'html', path: join(folder, 'report.html'), language } as const;
  const metrics = { ids, format: 'csv', path: join(folder, 'metrics.csv'), language } as const;
  const written = [await core.request('run.writeReport', report)];
  written.push(await core.request('run.writeReport', metrics));
  await pause(SETTLE);
  const picture = join(folder, 'window.png');
  writeWhole(picture, (await window.webContents.capturePage()).toPNG());
  for (const path of [...written.map((file) => file.path), picture])
    print(t('host.job.saved', { path: plain(path) }));
}

const notFinished = ({ status }: RunRow): Phrase =>
  errorPhrase('window.notFinished', { status: { code: `cli.status.${status}` } });

/** A job trains, so its run has a network. */
function headOf({ row, trainCount, wrongLabels, network }: RunView): string {
  const samples = withCount(t, 'report.training', trainCount);
  const wrong = wrongLabels === null ? '' : `, ${withCount(t, 'report.wrong', wrongLabels)}`;
  const name = plain(row.name);
  return t('host.job.head', { name, network: inWords(network!.title, t), samples, wrong });
}

function lineOf({ view, secondsLeft }: Extract<LabEvent, { event: 'run.epoch' }>): string {
  const { epoch, trainAccuracy, holdoutAccuracy, testAccuracy, relativeDistance } = view.record;
  const share = (value: number | undefined) => ({ share: percent(value).padStart(7) });
  const cells = [
    t('host.job.epoch', { epoch: String(epoch).padStart(3) }),
    t('host.job.training', share(trainAccuracy)),
    t('host.job.holdout', share(holdoutAccuracy)),
    t('host.job.test', share(testAccuracy)),
    t('host.job.distance', { value: relativeDistance!.toFixed(3) }),
  ];
  if (secondsLeft !== null) {
    cells.push(
      t('cli.progress.left', { time: t('common.seconds', { n: Math.ceil(secondsLeft) }) }),
    );
  }
  return cells.join('   ');
}

function verdictOf(verdict: Verdict | null, row: RunRow): string {
  if (!verdict) return t('host.job.none');
  const { confidence, method, reasons } = verdictInWords(verdict, t);
  const { lastEpoch, savedEpochs, testAtStop, testLast } = row;
  const tests = { here: percent(testAtStop), later: percent(testLast) };
  const head = [
    verdictWords(verdict, lastEpoch, t),
    ...(testAtStop === null ? [] : [t('report.tested', tests)]),
    ...(savedEpochs > 0 ? [`${savedWords(savedEpochs, lastEpoch, t)}.`] : []),
    allAlikeWords(verdict, t) ?? t('host.job.sure', { share: `${Math.round(confidence * 100)}%` }),
    `${t('verdict.by', { method })}.`,
  ].join(' ');
  return ['', head, ...reasons.map((reason) => `  ${reason}`)].join('\n');
}

const percent = (share: number | null | undefined): string =>
  share == null ? '–' : `${(share * 100).toFixed(1)}%`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
