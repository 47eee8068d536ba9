/** Reads logs of any program, told apart by what they hold. The formats are in `formats/`. */
import type { Phrase } from '../contract/words/phrase.ts';
import { logNote } from '../contract/words/notes.ts';
import { errorPhrase, InputError, named } from '../contract/words/errors.ts';
import { plain } from '../contract/words/plain.ts';
import { chooseColumns, wantedBy } from './columns.ts';
import type { LogFormat, LogReading } from './format.ts';
import { LOG_FORMATS } from './formats/index.ts';
import { SIGNALS } from './log.ts';
import type { Columns, Log, LogOptions, LogTable } from './log.ts';
import { withoutFlat } from './flat.ts';
import { mergeRows } from './merge.ts';
import { lastTraining } from './restart.ts';
import { fit, isFold, isForbidden, isTest, isTestMeasure, measureOf } from './names.ts';
import { nothingHeld } from './nothing-held.ts';
import { openSource, textHead } from './source.ts';
import type { LogFile, LogSource } from './source.ts';
import {
  areEpochs,
  areShares,
  joinedPoints,
  SHARE_OF,
  toRows,
  toShares,
  wholeEpochs,
} from './values.ts';

export { parseColumns } from './columns.ts';
export { ROLES, SIGNALS } from './log.ts';
export type { Columns, Log, LogOptions, Role, Signal } from './log.ts';

/**
 * Whether a file or folder is the log of a training, told by its first bytes: event files, or a
 * table with epochs or steps and a column that is known by name.
 */
export async function isLog(path: string): Promise<boolean> {
  const source = await openSource(path);
  return logsIn(source).length > 0;
}

/**
 * Reads the log in a file or folder.
 * @throws InputError naming the file, the place and the cure
 */
export async function readLog(path: string, options: LogOptions = {}): Promise<Log> {
  const chosen = options.columns ?? {};
  const read = await tableAt(path, wantedBy(chosen), options.growing ?? false);
  const { notes: columnNotes, unsaid, offered, ...choice } = chooseColumns(read, chosen);
  const tests = read.names.filter(isTest);
  refuseEmpty(read, choice.columns, unsaid, tests);
  const { table, trainings } = lastTraining(choice.table, choice.columns);
  const isNamed = chosen.holdoutAccuracy !== undefined;
  const { columns, note: flatNote } = withoutFlat(table, choice.columns, isNamed);
  if (flatNote) columnNotes.push(flatNote);
  if (trainings > 1) columnNotes.push(logNote('trainings', { n: trainings }));
  const { points: merged, by, notes: mergeNotes } = mergeRows(table, columns);
  if (by === 'row') refuseFolds(table);
  if (merged.length === 0) throw new InputError('log.noEpochsYet', { where: path });
  const { points, note } = joinedPoints(merged);
  const changesOf = areShares(points) ? SHARE_OF : null;
  const shareNotes = toShares(points, columns, path);
  const keys = points.map(({ key }) => key);
  const notes = [...table.notes, ...columnNotes, ...mergeNotes, ...shareNotes];
  return {
    rows: toRows(points, wholeEpochs(keys, by, table.zeroIsBefore)),
    names: keys.map(String),
    steps: points.map(({ step }) => step),
    byStep: by === 'step' && !areEpochs(keys, by),
    format: table.format,
    columns: usedOf(columns, by),
    available: availableIn(table),
    trainings,
    isHeaded: table.isHeaded ?? false,
    changesOf,
    tests,
    unsaid,
    notes: [
      ...notes,
      ...(note ? [note] : []),
      ...(offered.length > 0 ? [logNote('offered', { list: offered.map(withDirection) })] : []),
      ...lacking(choice.columns, tests),
    ],
  };
}

/** A measure with the way in which it gets better. */
const withDirection = (name: string): Phrase => ({
  code: measureOf(name)?.better === 'lower' ? 'log.better.lower' : 'log.better.higher',
  values: { name: plain(name) },
});

async function tableAt(
  path: string,
  wanted: (name: string) => boolean,
  growing: boolean,
): Promise<LogTable> {
  try {
    return await readTable(await openSource(path), { where: path, wanted, growing });
  } catch (error) {
    throw named(error, path);
  }
}

async function readTable(source: LogSource, reading: LogReading): Promise<LogTable> {
  const { path, isFolder, files } = source;
  for (const format of LOG_FORMATS.all.filter(({ together }) => together)) {
    const [first, ...more] = files.filter((file) => format.namesIn(file) !== null);
    if (first) return format.read([first, ...more], reading);
  }
  const candidates = isFolder ? logsIn(source) : files;
  if (candidates.length > 1) {
    const names = candidates.map(({ path: at }) => at.slice(path.length + 1));
    throw new InputError('log.severalLogs', { where: path, n: candidates.length, names });
  }
  const file = candidates[0];
  const format = file && formatOf(file);
  if (format) {
    const table = await format.read([file], reading);
    return { ...table, isHeaded: format.isHeaded ?? false };
  }
  if (file?.size === 0) throw new InputError('log.empty', { where: path });
  const text = file ? textHead(file) : null;
  if (text !== null) {
    if (isHeadless(text)) throw new InputError('log.noHeader', { where: path });
    throw new InputError('log.nothingFound', { where: path });
  }
  const titles = LOG_FORMATS.ids.map((id) => ({ code: `log.formats.${id}` }));
  throw new InputError(isFolder ? 'log.unknownFolder' : 'log.unknown', { where: path, titles });
}

/** Whether a text begins with a row of numbers, so that nothing says what they are. */
function isHeadless(text: string): boolean {
  const [first = ''] = text.trimStart().split('\n', 1);
  const cells = first.split(/[\s,;|]+/).filter(Boolean);
  return cells.length > 1 && cells.every((cell) => !Number.isNaN(Number(cell)));
}

const formatOf = (file: LogFile): LogFormat | null =>
  LOG_FORMATS.all.find((format) => format.namesIn(file) !== null) ?? null;

/** The files of a source that are logs beyond doubt; of a trainer's checkpoints the last. */
function logsIn({ files }: LogSource): LogFile[] {
  const logs = files.filter((file) => formatOf(file)?.together || hasSignals(file));
  const states = logs.filter(({ path }) => path.endsWith('trainer_state.json'));
  return states.length > 1 && states.length === logs.length ? [longest(states)] : logs;
}

const longest = (files: readonly LogFile[]): LogFile =>
  files.reduce((a, b) => (b.size > a.size ? b : a));

function hasSignals(file: LogFile): boolean {
  const names = formatOf(file)?.namesIn(file) ?? [];
  const counted = names.some((name) => fit(name, 'epoch') !== null || fit(name, 'step') !== null);
  return counted && SIGNALS.some((signal) => names.some((name) => fit(name, signal) !== null));
}

/** A log none of whose columns says what it is; they can be named. */
export class UnknownColumns extends InputError {
  /** @param available the columns that may be named */
  constructor(
    why: Phrase,
    readonly format: string,
    readonly available: string[],
    readonly isHeaded: boolean,
  ) {
    super(why);
  }
}

function refuseEmpty(
  table: LogTable,
  columns: Columns,
  unsaid: readonly string[],
  tests: readonly string[],
): void {
  const { where, format, isHeaded = false } = table;
  if (table.rows === 0) throw new InputError('log.noEpochs', { where });
  if (SIGNALS.some((signal) => columns[signal])) return;
  const available = availableIn(table);
  if (unsaid.length > 0 || tests.some(isTestMeasure)) {
    const { phrase } = nothingHeld({ format, unsaid, tests });
    throw new UnknownColumns(phrase, format, available, isHeaded);
  }
  throw new UnknownColumns(
    errorPhrase('log.unknownColumns', { where, available }),
    format,
    available,
    isHeaded,
  );
}

/** Rows of a cross-validation are trainings of their own, and no epochs of one. */
function refuseFolds({ names, values, where }: LogTable): void {
  const fold = names.find((name) => isFold(name) && new Set(values.get(name)).size > 1);
  if (fold !== undefined) throw new InputError('log.folds', { where, name: fold });
}

const availableIn = ({ names }: LogTable): string[] =>
  names.filter((name) => name !== '' && !isForbidden(name));

/** Of epoch and step, the one that rows were told apart by. */
function usedOf(columns: Columns, by: 'epoch' | 'step' | 'row'): Columns {
  const { epoch, step, ...signals } = columns;
  if (by === 'epoch') return { ...(epoch ? { epoch } : {}), ...(step ? { step } : {}), ...signals };
  return by === 'step' && step ? { step, ...signals } : signals;
}

/** What a recommendation would be surer with. */
function lacking(columns: Columns, tests: readonly string[]): Phrase[] {
  if (!columns.holdoutAccuracy && !columns.holdoutLoss) {
    const unread = tests.length > 0 ? [logNote('testUnread', { names: [...tests] })] : [];
    return [logNote('noHoldout'), ...unread];
  }
  if (!columns.holdoutAccuracy) {
    return [logNote('noHoldoutAccuracy')];
  }
  if (!columns.trainAccuracy) {
    return [logNote('noTrainAccuracy')];
  }
  return [];
}
