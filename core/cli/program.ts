/** The commands, described in the reader's language. */
import { Command, Option } from 'commander';
import { version } from '../../package.json';
import { LANGUAGES } from '../contract/words/texts.ts';
import type { TextKey } from '../contract/words/texts.ts';
import { t } from '../terminal/language.ts';
import { writeOut } from '../terminal/streams.ts';
import { languageName } from './usage.ts';

/** What gives a command its options and its work. */
type Define = (command: Command) => void;

/** Every command: how it is written, what its help says, and where the rest of it is loaded from. */
const COMMANDS: readonly (readonly [string, TextKey, () => Promise<Define>])[] = [
  ['run <preset|config.json>', 'cli.commands.run', async () => (await train()).defineRun],
  ['sweep [preset|config.json]', 'cli.commands.sweep', async () => (await sweep()).defineSweep],
  ['task <sweep-folder> [number]', 'cli.commands.task', async () => (await task()).defineTask],
  ['resume <run>', 'cli.commands.resume', async () => (await train()).defineResume],
  ['runs', 'cli.commands.runs', async () => (await inspect()).defineRuns],
  ['recorder', 'cli.commands.recorder', async () => (await recorder()).defineRecorder],
  ['show <run>', 'cli.commands.show', async () => (await inspect()).defineShow],
  ['audit <run>', 'cli.commands.audit', async () => (await audit()).defineAudit],
  ['report <run...>', 'cli.commands.report', async () => (await inspect()).defineReport],
  ['export <run>', 'cli.commands.export', async () => (await exporting()).defineExport],
  ['import <file>', 'cli.commands.import', async () => (await archive()).defineImport],
  ['data <path>', 'cli.commands.data', async () => (await data()).defineData],
  ['analyze <log>', 'cli.commands.analyze', async () => (await analyze()).defineAnalyze],
  ['theory <preset|config.json>', 'cli.commands.theory', async () => (await theory()).defineTheory],
  ['figure [name]', 'cli.commands.figure', async () => (await figure()).defineFigure],
];

const train = () => import('./train.ts');
const sweep = () => import('./sweep.ts');
const task = () => import('./task.ts');
const inspect = () => import('./inspect.ts');
const recorder = () => import('./recorder.ts');
const audit = () => import('./audit.ts');
const exporting = () => import('./export.ts');
const archive = () => import('./archive.ts');
const data = () => import('./data.ts');
const analyze = () => import('./analyze.ts');
const theory = () => import('./theory.ts');
const figure = () => import('./figure.ts');

/**
 * The whole command line, in the language that is spoken when it is made.
 * @param isAsked whether a command may be run, or tell its own help: only then is what it needs
 * loaded, for the list of all commands needs neither networks nor data
 */
export async function program(isAsked: (name: string) => boolean): Promise<Command> {
  const root = speaking(new Command('label-noise-lab'))
    .description(t('cli.about'))
    .version(version, '-V, --version', t('cli.help.version'))
    .addOption(languageOption());
  for (const [usage, about, load] of COMMANDS) {
    const command = root
      .command(usage)
      .description(t(about))
      .option('--json', t('cli.options.json'))
      .addOption(languageOption());
    if (isAsked(command.name())) (await load())(command);
  }
  return root;
}

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
