/** The commands and their options, described in the reader's language. */
import { Command, Option } from 'commander';
import { version } from '../../package.json';
import { LANGUAGES } from '../contract/words/texts.ts';
import { REPORTS } from '../report/index.ts';
import { RATED_NOISES } from '../contract/config/schema.ts';
import { analyzeCommand } from './analyze.ts';
import { auditCommand } from './audit.ts';
import {
  auditChoices,
  exportChoices,
  figureChoices,
  kindChoices,
  logChoices,
  readerChoices,
  reportChoices,
} from './choices.ts';
import { dataCommand } from './data.ts';
import { exportCommand, FORMATS } from './export.ts';
import { figureCommand } from './figure.ts';
import { recorderCommand } from './recorder.ts';
import { reportCommand, runsCommand, showCommand } from './inspect.ts';
import { t } from '../terminal/language.ts';
import { writeOut } from '../terminal/streams.ts';
import { sweepCommand } from './sweep.ts';
import { theoryCommand } from './theory.ts';
import { resumeCommand, runCommand } from './train.ts';
import {
  clusterChoice,
  epochNumber,
  foldCount,
  languageName,
  classCount,
  rateBelowOne,
  ratedNoise,
  shareBetween,
  wholeNumber,
} from './usage.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];

/** The whole command line, in the language that is spoken when it is made. */
export function program(): Command {
  const root = speaking(new Command('label-noise-lab'))
    .description(t('cli.about'))
    .version(version, '-V, --version', t('cli.help.version'))
    .addOption(languageOption());
  const add = (usage: string, about: string): Command =>
    root
      .command(usage)
      .description(about)
      .option('--json', t('cli.options.json'))
      .addOption(languageOption());
  addTraining(add);
  addRuns(add);
  addReading(add);
  addPaper(add);
  return root;
}

type Add = (usage: string, about: string) => Command;

const languageOption = (): Option =>
  new Option('--language <language>', t('cli.options.language'))
    .choices(LANGUAGES)
    .argParser(languageName);

/** Help in the reader's language, and errors that are thrown, for one place tells them all; commands below inherit it. */
function speaking(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ outputError: () => undefined, writeOut })
    .helpOption('-h, --help', t('cli.help.command'))
    .helpCommand('help [command]', t('cli.help.command'))
    .configureHelp({ styleTitle: titleOf, optionDescription });
}

/** Commander's titles in the reader's language. */
function titleOf(title: string): string {
  const titles: Record<string, string> = {
    'Usage:': t('cli.help.usage'),
    'Arguments:': t('cli.help.arguments'),
    'Options:': t('cli.help.options'),
    'Commands:': t('cli.help.commands'),
  };
  return titles[title] ?? title;
}

function optionDescription({ description, argChoices, defaultValue }: Option): string {
  const quoted = (value: unknown) => JSON.stringify(value);
  const isTold = defaultValue !== undefined && !Array.isArray(defaultValue);
  const more = [
    ...(argChoices ? [t('cli.help.choices', { values: argChoices.map(quoted).join(', ') })] : []),
    ...(isTold ? [t('cli.help.default', { value: quoted(defaultValue) })] : []),
  ];
  return more.length > 0 ? `${description} (${more.join(', ')})` : description;
}

const formatsOf = (formats: readonly string[]): string =>
  t('cli.options.format', { formats: formats.join(', ') });

function addTraining(add: Add): void {
  const addOne = (usage: string, about: string) =>
    add(usage, about)
      .option('--data <path>', t('cli.options.data'))
      .option('--labels <file>', t('cli.options.labels'))
      .option('--labels-field <name>', t('cli.options.labelsField'))
      .option('--corrections <file>', t('cli.options.corrections'))
      .addHelpText('after', kindChoices());
  addOne('run <preset|config.json>', t('cli.commands.run'))
    .option('--set <path=value>', t('cli.options.set'), collect, [])
    .option('--noise-matrix <file>', t('cli.options.noiseMatrix'))
    .option('--out <folder>', t('cli.options.outRun'))
    .action(runCommand);
  addOne('sweep <preset|config.json>', t('cli.commands.sweep'))
    .option('--over <path=value,...>', t('cli.options.over'), collect, [])
    .option('--set <path=value>', t('cli.options.set'), collect, [])
    .option('--jobs <number>', t('cli.options.jobs'), wholeNumber('--jobs'))
    .option('--out <folder>', t('cli.options.outRuns'))
    .action(sweepCommand);
  add('resume <run>', t('cli.commands.resume')).action(resumeCommand);
}

function addRuns(add: Add): void {
  add('runs', t('cli.commands.runs')).action(runsCommand);
  add('recorder', t('cli.commands.recorder'))
    .option('--out <file>', t('cli.options.outRecorder'))
    .action(recorderCommand);
  add('show <run>', t('cli.commands.show')).action(showCommand);
  add('audit <run>', t('cli.commands.audit'))
    .option('--part <part>', t('cli.options.part'), 'trained')
    .option('--folds <number>', t('cli.options.folds'), foldCount('--folds'))
    .option('--annotators <file>', t('cli.options.annotators'))
    .option('--annotator <column>', t('cli.options.annotatorColumn'), collect, [])
    .option('--format <format>', t('cli.options.auditFormat'))
    .option('--out <file>', t('cli.options.outAudit'))
    .addHelpText('after', auditChoices())
    .action(auditCommand);
  add('report <run>', t('cli.commands.report'))
    .option('--format <format>', formatsOf(REPORTS.ids), REPORTS.ids[0])
    .option('--out <file>', t('cli.options.outReport'))
    .addHelpText('after', reportChoices())
    .action(reportCommand);
  add('export <run>', t('cli.commands.export'))
    .requiredOption('--format <format>', formatsOf(FORMATS))
    .option('--epoch <number>', t('cli.options.exportEpoch'), epochNumber('--epoch'))
    .option('--out <folder>', t('cli.options.outExport'))
    .addHelpText('after', exportChoices())
    .action(exportCommand);
}

function addReading(add: Add): void {
  add('data <path>', t('cli.commands.data'))
    .option('--labels <file>', t('cli.options.labelsOf'))
    .option('--labels-field <name>', t('cli.options.labelsField'))
    .option('--set <reading.field=value>', t('cli.options.reading'), collect, [])
    .addHelpText('after', readerChoices())
    .action(dataCommand);
  add('analyze <log>', t('cli.commands.analyze'))
    .option('--columns <signal=column,...>', t('cli.options.columns'), collect, [])
    .option('--holdout <samples>', t('cli.options.holdout'), wholeNumber('--holdout'))
    .option('--noise-rate <share>', t('cli.options.knownRate'), rateBelowOne('--noise-rate'))
    .option(
      '--noise-kind <kind>',
      t('cli.options.knownKind', { kinds: RATED_NOISES.join(', ') }),
      ratedNoise,
    )
    .option('--noise-matrix <file>', t('cli.options.knownMatrix'))
    .option('--classes <number>', t('cli.options.classes'), classCount('--classes'))
    .option('--follow', t('cli.options.follow'))
    .option('--chance <share>', t('cli.options.chance'), shareBetween('--chance'), 0.1)
    .addHelpText('after', logChoices())
    .action(analyzeCommand);
}

function addPaper(add: Add): void {
  add('theory <preset|config.json>', t('cli.commands.theory'))
    .option('--set <path=value>', t('cli.options.set'), collect, [])
    .option('--clusters <known|classes|number>', t('cli.options.clusters'), clusterChoice)
    .option('--out <folder>', t('cli.options.outTheory'))
    .addHelpText('after', kindChoices())
    .action(theoryCommand);
  add('figure [name]', t('cli.commands.figure'))
    .option('--size <size>', t('cli.options.size'))
    .option('--data <path>', t('cli.options.figureData'))
    .option('--set <field=value>', t('cli.options.field'), collect, [])
    .option('--out <folder>', t('cli.options.outFigure'))
    .option('--dark', t('cli.options.dark'))
    .addHelpText('after', figureChoices())
    .action(figureCommand);
}
