/** `run` and `resume`. */
import type { Command } from 'commander';
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import { join, resolve } from 'node:path';
import { executeRun } from '../runs/execute.ts';
import { beginRun, reopenRun } from '../runs/begin.ts';
import type { OpenTraining } from '../runs/begin.ts';
import { plain } from '../contract/words/plain.ts';
import { savedWords } from '../contract/messages/verdict.ts';
import { readMatrixFile } from '../noise/matrix-file.ts';
import { verdictSentence } from '../report/run-document.ts';
import { readMetrics } from '../run-folder/check.ts';
import { newRunId } from '../run-folder/write.ts';
import { t, words } from '../terminal/language.ts';
import { printResult, progressOf, printNote } from '../terminal/output.ts';
import { dataPath, dataSettings, findConfig, findRun, fitted, runsFolder } from './places.ts';
import { renamed } from '../kinds/renamed.ts';
import { takeData } from './choices.ts';
import type { DataOptions } from './places.ts';
import { RunFailed } from './run-failed.ts';
import { summaryInWords } from './summary-words.ts';
import { refuseDecided, withTransition } from './transition.ts';
import { collect } from './usage.ts';

/** Options of `run`. */
interface RunOptions extends DataOptions {
  set: string[];
  noiseMatrix?: string;
  transitionFrom?: string;
  out?: string;
  json?: boolean;
}

/** Gives `run` its options and its work. */
export function defineRun(command: Command): void {
  takeData(command)
    .option('--set <path=value>', t('cli.options.set'), collect, [])
    .option('--noise-matrix <file>', t('cli.options.noiseMatrix'))
    .option('--transition-from <run>', t('cli.options.transitionFrom'))
    .option('--out <folder>', t('cli.options.outRun'))
    .action(runCommand);
}

/** Options of `resume`. */
interface ResumeOptions {
  data?: string;
  labels?: string;
  json?: boolean;
}

/** Gives `resume` its options and its work. */
export function defineResume(command: Command): void {
  command
    .option('--data <path>', t('cli.options.movedData'))
    .option('--labels <file>', t('cli.options.movedLabels'))
    .action(resumeCommand);
}

/** Trains a preset or a config. @throws InputError where it is wrong, or training failed */
async function runCommand(source: string, options: RunOptions): Promise<void> {
  const settings = [...dataSettings(options), ...options.set];
  refuseDecided(options.transitionFrom, settings);
  let config = await fitted(source, settings, findConfig(source, settings));
  if (options.noiseMatrix !== undefined) {
    const matrix = await readMatrixFile(options.noiseMatrix);
    const noise = { ...config.noise, kind: 'matrix' as const, matrix };
    config = renamed(config, { ...config, noise });
  }
  if (options.transitionFrom !== undefined) {
    config = await withTransition(config, options.transitionFrom);
  }
  const folder = options.out ? resolve(options.out) : join(runsFolder(), newRunId(config.name));
  await follow(await beginRun(folder, config), options.json ?? false);
}

/** Goes on with a run. @throws InputError where it cannot, or training failed */
async function resumeCommand(run: string, options: ResumeOptions): Promise<void> {
  const { data, labels, json } = options;
  const moved = {
    ...(data === undefined ? {} : { source: dataPath(data) }),
    ...(labels === undefined ? {} : { labelsFile: resolve(labels) }),
  };
  await follow(await reopenRun(findRun(run), moved), json ?? false);
}

/** What is taken for granted of the data, before anything is trained on it. */
function guessesOf({ prepared: { config, dataset, inferred } }: OpenTraining): Phrase[] {
  const { source, labelsAreTrue } = config.data;
  const isOwn = !['mnist', 'clusters'].includes(source) && dataset.train.truth === null;
  return [...inferred, ...(isOwn && labelsAreTrue ? [note('takenAsTrue')] : [])];
}

function precisionLine({ precision, speed }: NonNullable<OpenTraining['settled']>): string {
  if (speed === null) return t('cli.precisionShort');
  return t('cli.precisionMeasured', { precision, speed: speed.toFixed(1) });
}

async function follow(open: OpenTraining, json: boolean): Promise<void> {
  const { name, training } = open.prepared.config;
  printNote(t('cli.runIn', { name: plain(name), folder: plain(open.run) }));
  for (const guess of guessesOf(open)) printNote(`- ${words(guess)}`);
  if (open.settled) printNote(precisionLine(open.settled));
  const progress = progressOf(training.epochs);
  let stopped = false;
  // The first Ctrl+C ends the run in order; a second one kills it, which loses nothing either.
  process.once('SIGINT', () => (stopped = true));
  let failure: unknown;
  const summary = await executeRun(open, {
    stopped: () => stopped,
    failed: (error) => (failure = error),
    epoch: ({ record }, _verdict, left) => progress.epoch(record, left),
  });
  progress.end();
  if (summary.problem !== null) throw new RunFailed(summary.problem, failure);
  printResult(json, { run: open.run, ...summaryInWords(summary) }, () => {
    const { verdict, savedEpochs, epochs } = summary;
    if (!verdict) return t('report.tooFew');
    const sentence = verdictSentence(verdict, readMetrics(open.run), t);
    const saved = savedEpochs > 0 ? [`${savedWords(savedEpochs, epochs, t)}.`] : [];
    return [sentence, ...saved, ...verdict.why.map((reason) => `- ${words(reason)}`)].join('\n');
  });
}
