/** `figure`: makes a figure of the paper, and writes it as pictures, numbers and, if asked, a report. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { makeFolder } from '../disk/write.ts';
import { InputError } from '../contract/words/errors.ts';
import { exportFigure } from '../figures/export.ts';
import type { Figure } from '../figures/figure.ts';
import { FIGURE_FORMATS } from '../figures/formats/index.ts';
import { viewOf } from '../figures/view.ts';
import { figureOf, FIGURES } from '../figures/index.ts';
import { settingsOf } from '../figures/settings.ts';
import { figureFolder, writeSettings } from '../figures/store.ts';
import { plain, printable } from '../contract/words/plain.ts';
import { numbersIn } from '../kinds/read.ts';
import type { FigureSettings, FigureView } from '../contract/messages/figures.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { textFor } from '../contract/words/phrase.ts';
import { figureDocument } from '../report/figure-document.ts';
import { documentFormat, writeDocument } from '../report/index.ts';
import { startsWorkers } from '../sweep/launch.ts';
import { wholePercent } from '../contract/words/numbers.ts';
import type { JsonOption } from './inspect.ts';
import { spoken, t, words } from '../terminal/language.ts';
import { roughTime, printResult, printNote, table } from '../terminal/output.ts';
import { listUnder } from './listed.ts';
import { queueFigure } from './figure-queue.ts';
import { dataPath, runsFolder } from './places.ts';
import { refuseMisfits, takeQueue } from './sweep-queue.ts';
import type { QueueOptions } from './sweep-queue.ts';
import { collect } from './usage.ts';

/** Options of `figure`. */
interface FigureOptions extends JsonOption, QueueOptions {
  size?: string;
  set: string[];
  data?: string;
  out?: string;
  dark?: boolean;
  /** A file for a report. */
  report?: string;
}

/** How often progress is told, in ms. */
const TELL = 10_000;

/** Gives `figure` its options and its work. */
export function defineFigure(command: Command): void {
  takeQueue(command)
    .option('--size <size>', t('cli.options.size'))
    .option('--data <path>', t('cli.options.figureData'))
    .option('--set <field=value>', t('cli.options.field'), collect, [])
    .option('--out <folder>', t('cli.options.outFigure'))
    .option('--dark', t('cli.options.dark'))
    .option('--report <file>', t('cli.options.reportFile'))
    .addHelpText('after', figureChoices())
    .action(figureCommand);
}

/** The figures, and the sizes of each. */
const figureChoices = (): string =>
  listUnder(
    t('cli.help.figures'),
    FIGURES.map(({ info: { id, sizes } }) => {
      const name = textFor(t, `paper.figures.${id}.name`, {}, id);
      return `${id.padEnd(10)} ${name} (${sizes.map((size) => size.id).join(', ')})`;
    }),
  );

/** Makes, writes and tells; without a name, lists the figures. @throws InputError where options do not fit */
async function figureCommand(id: string | undefined, options: FigureOptions): Promise<void> {
  refuseMisfits(options);
  if (id === undefined) {
    printResult(options.json ?? false, { figures: FIGURES.map(({ info }) => info) }, () =>
      listed(),
    );
    return;
  }
  if (options.report !== undefined) documentFormat(options.report);
  const figure = figureOf(id);
  const settings = settingsOf(figure.info, options.size, changesOf(figure, options));
  // Before hours of work for it.
  if (options.out !== undefined) makeFolder(resolve(options.out));
  const view =
    options.on === undefined
      ? await made(figure, settings)
      : await queued(options.on, figure, settings, options);
  if (view === null) return;
  const out = resolve(options.out ?? view.folder ?? '.');
  makeFolder(out);
  for (const { id: format, extension } of FIGURE_FORMATS.all) {
    const path = join(out, `figure-${id}.${extension}`);
    await exportFigure(view, path, {
      format,
      language: spoken(),
      dark: options.dark ?? false,
    });
    printNote(t('cli.written', { path: plain(path) }));
  }
  if (options.report !== undefined) await writeReportOf(view, resolve(options.report));
  printResult(options.json ?? false, view, () => told(view));
}

async function writeReportOf(view: FigureView, path: string): Promise<void> {
  await writeDocument(figureDocument(view, spoken()), path);
  printNote(t('cli.written', { path: plain(path) }));
}

/** `--set field=value`, the value as JSON, a list with commas or text, and `--data`. */
function changesOf({ info }: Figure, { set, data }: FigureOptions): FigureSettings {
  const changes: FigureSettings = {};
  for (const text of set) {
    const at = text.indexOf('=');
    if (at < 1) throw new InputError('figure.settingForm', { text });
    const id = text.slice(0, at);
    const value = valueOf(text.slice(at + 1));
    const isList = info.fields.some((field) => field.id === id && field.kind === 'numbers');
    changes[id] = isList ? (numbersIn(value) ?? value) : value;
  }
  if (data !== undefined) changes['data'] = data;
  const source = changes['data'];
  const isData = info.fields.some(({ id, kind }) => id === 'data' && kind === 'data');
  return isData && typeof source === 'string' ? { ...changes, data: dataPath(source) } : changes;
}

function valueOf(text: string): FigureSettings[string] {
  try {
    return JSON.parse(text) as FigureSettings[string];
  } catch {
    return text;
  }
}

async function made(figure: Figure, settings: FigureSettings): Promise<FigureView> {
  const { id } = figure.info;
  const folder = figureFolder(runsFolder(), id, settings);
  const view = () => viewOf(runsFolder(), id, settings);
  const before = await view();
  if (!figure.make || before.state === 'complete') return before;
  const launch = startsWorkers();
  const seconds = await figure.estimate?.(settings, folder, launch);
  const takes = figure.info.endsEarly ? 'cli.figure.takesAtMost' : 'cli.figure.takes';
  if (seconds) printNote(t(takes, { time: roughTime(seconds) }));
  writeSettings(folder, id, settings);
  const stop = new AbortController();
  process.once('SIGINT', () => {
    printNote(t('cli.figure.stopping'));
    stop.abort();
  });
  await figure.make(settings, {
    folder,
    launch,
    signal: stop.signal,
    progress: teller(),
    more: () => undefined,
  });
  return view();
}

/** Null where a queue is to train some of its runs yet. */
async function queued(
  on: 'slurm' | 'script',
  figure: Figure,
  settings: FigureSettings,
  options: FigureOptions,
): Promise<FigureView | null> {
  const { id } = figure.info;
  const folder = figureFolder(runsFolder(), id, settings);
  const isThere = await queueFigure(on, figure, settings, folder, options);
  return isThere ? viewOf(runsFolder(), id, settings) : null;
}

/** Lines on stderr, now and then. */
function teller() {
  const began = performance.now();
  let last = began;
  let first: number | null = null;
  return (share: number, doing: Phrase) => {
    first ??= share;
    if (performance.now() - last < TELL) return;
    last = performance.now();
    const done = share - first;
    const time = done > 0 ? roughTime(((last - began) / 1000) * ((1 - share) / done)) : null;
    const left = time === null ? '' : `, ${t('cli.left', { time })}`;
    printNote(`${wholePercent(share)}${left}  ${words(doing)}`);
  };
}

function told({ facts, tables = [], findings, state, folder }: FigureView): string {
  const rows = facts.map(({ name, value }) => [words(name), plain(value)]);
  return [
    ...tables.flatMap(({ title, head, rows: cells }) => [
      words(title),
      table(
        head.map(words),
        cells.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : words(cell)))),
        printable,
      ),
      '',
    ]),
    ...(rows.length > 0
      ? [table([t('figures.fact'), t('figures.value')], rows, printable), '']
      : []),
    ...findings.map((finding) => words(finding)),
    ...(state === 'complete' || folder === null ? [] : [t('figures.partial')]),
  ].join('\n');
}

function listed(): string {
  const rows = FIGURES.map(({ info }) => [
    info.id,
    textFor(t, `paper.figures.${info.id}.name`, {}, info.id),
    info.sizes.map(({ id }) => id).join(', '),
    info.fields.map(({ id }) => id).join(', '),
  ]);
  const titles = [t('cli.columns.figure'), '', t('cli.columns.sizes'), t('cli.columns.fields')];
  return table(titles, rows, printable);
}
