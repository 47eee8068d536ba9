#!/usr/bin/env node
/** The command line. Exit 0, 1 for a failure, 2 for wrong usage or input. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../../package.json';
import { DiskError } from '../disk/disk-error.ts';
import { InputError, sentence } from '../errors.ts';
import { LANGUAGES } from '../protocol/texts.ts';
import { EXPORT_FORMATS } from '../export/index.ts';
import { analyzeCommand } from './analyze.ts';
import { benchCommand } from './bench.ts';
import { dataCommand } from './data.ts';
import { exportCommand } from './export.ts';
import { figureCommand } from './figure.ts';
import { reportCommand, runsCommand, showCommand } from './inspect.ts';
import { speakAsAsked, t } from './language.ts';
import { say } from './output.ts';
import { surviveReaders, writeOut } from './streams.ts';
import { sweepCommand } from './sweep.ts';
import { clusterChoice, theoryCommand } from './theory.ts';
import { resumeCommand, runCommand, RunFailed } from './train.ts';

const JSON_OPTION = ['--json', 'print one JSON object on stdout'] as const;

const LANGUAGE_OPTION = new Option('--language <language>', 'of the texts').choices(LANGUAGES);

const collect = (value: string, before: string[]): string[] => [...before, value];

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Give a whole number.');
  return value;
}

function epochNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Give an epoch.');
  return value;
}

function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('Give a number between 0 and 1.');
  return value;
}

function program(): Command {
  const root = new Command('label-noise-lab')
    .description('Train on noisy labels, and find where to stop.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: () => undefined, writeOut });
  const add = (usage: string, about: string) =>
    root
      .command(usage)
      .description(about)
      .option(...JSON_OPTION)
      .addOption(LANGUAGE_OPTION)
      .exitOverride();
  const addTraining = (usage: string, about: string) =>
    add(usage, about)
      .option('--data <path>', 'the file or folder of the data set, instead of the config’s own')
      .option('--labels <file>', 'given labels for the training set, without any other noise')
      .option('--labels-field <name>', 'which array or column of that file');
  addTraining('run <preset|config.json>', 'train; writes a run folder')
    .option('--set <path=value>', 'change a field of the config; may be repeated', collect, [])
    .option(
      '--noise-matrix <file>',
      'noise by a transition matrix: a CSV or .npy file, one row per true class',
    )
    .option('--out <folder>', 'where the run folder is written')
    .action(runCommand);
  addTraining('sweep <preset|config.json>', 'train with every combination of some settings')
    .option('--over <path=value,...>', 'a field and its values; may be repeated', collect, [])
    .option('--set <path=value>', 'change a field of the config; may be repeated', collect, [])
    .option('--jobs <number>', 'runs at a time; one per core if not given', whole)
    .option('--out <folder>', 'where the run folders are written')
    .action(sweepCommand);
  add('resume <run>', 'continue a run that was stopped or interrupted').action(resumeCommand);
  add('runs', 'list the runs').action(runsCommand);
  add('show <run>', 'show a run: verdict and epochs').action(showCommand);
  add('report <run>', 'write a report')
    .option('--format <format>', 'html or csv', 'html')
    .option('--out <file>', 'where it is written; beside the run where it is not given')
    .action(reportCommand);
  add('export <run>', 'write the trained model for other programs')
    .requiredOption('--format <format>', EXPORT_FORMATS.join(' or '))
    .option(
      '--epoch <number>',
      'the epoch whose weights are written; the recommended one if not given',
      epochNumber,
    )
    .option('--out <folder>', 'where it is written; inside the run if not given')
    .action(exportCommand);
  add('data <path>', 'tell what a data set holds ("mnist", "clusters", or a file or folder)')
    .option('--labels <file>', 'given labels for the training set (.npy, .npz, .pt, .csv)')
    .option('--labels-field <name>', 'which array or column of that file')
    .option('--set <reading.field=value>', 'how it is read; may be repeated', collect, [])
    .action(dataCommand);
  add('analyze <log>', "recommend a stop from a training's log, a file or folder of any program")
    .option(
      '--columns <signal=column,...>',
      'which column is what, where the guess is wrong',
      collect,
      [],
    )
    .option('--holdout <samples>', 'how many samples the hold-out has', whole)
    .option('--follow', 'watch the log while it is written, and end when training may stop')
    .option(
      '--chance <share>',
      'with --follow: end once the chance of a better epoch is below this',
      share,
      0.1,
    )
    .action(analyzeCommand);
  add('theory <preset|config.json>', "the paper's quantities, beside a measured run")
    .option('--set <path=value>', 'change a field of the config; may be repeated', collect, [])
    .option(
      '--clusters <known|classes|number>',
      'where clusters come from: the data, one per class, or this many by k-means',
      clusterChoice,
    )
    .option('--out <folder>', 'also write theory.json, iterations.csv and singular-values.csv')
    .action(theoryCommand);
  add('figure [name]', 'compute a figure of the paper: 1, 2, 3 and more; without a name, list them')
    .option('--size <size>', 'which set of settings; the first if not given')
    .option('--data <path>', 'the file or folder of the data set, where it takes one')
    .option('--set <field=value>', 'change a field; may be repeated', collect, [])
    .option('--out <folder>', 'where SVG, PNG, CSV and JSON are written')
    .option('--dark', 'on a dark background')
    .action(figureCommand);
  add('bench', 'measure training speed')
    .option('--data', 'measure how fast data sets open instead')
    .option('--runs', 'measure how fast runs open and are listed instead')
    .option('--pictures <number>', 'how many PNG files are opened with --data; 5000', whole)
    .addOption(new Option('--open <path>', 'open one data set and tell the parent').hideHelp())
    .option('--peers', "beside PyTorch's and Python TensorFlow's (--data: pandas's, torchvision's)")
    .action(benchCommand);
  return root;
}

/** Wrong usage or input is 2; help and version are no errors; anything else is 1. */
function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof RunFailed) return error.cause instanceof InputError ? 2 : 1;
  if (error instanceof DiskError) return error.isWrongPlace ? 2 : 1;
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof InputError || typeof code === 'string' ? 2 : 1;
}

async function main(): Promise<void> {
  surviveReaders();
  speakAsAsked(process.argv.slice(2), process.env);
  try {
    await program().parseAsync(process.argv.slice(2), { from: 'user' });
  } catch (error) {
    const code = exitCode(error);
    if (code !== 0) say(sentence(error, t('cli.whatWasNamed'), t).replace(/^error: /, ''));
    process.exitCode = code;
  }
}

void main();
