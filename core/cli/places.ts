/** Finds runs and configs by what a person types. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { presets } from '../kinds/presets.ts';
import { renamed } from '../kinds/renamed.ts';
import { applySettings, parseConfig } from '../kinds/read.ts';
import type { Config, ReadingConfig } from '../contract/config/schema.ts';
import { makeFolder } from '../disk/write.ts';
import { openDataset } from '../data/index.ts';
import { InputError, named } from '../contract/words/errors.ts';
import { fittingCounts } from '../contract/config/names.ts';
import { isRecord } from '../recorded/files.ts';
import { openRecord } from '../runs/open-record.ts';
import { isRun } from '../run-folder/stored.ts';
import { ENDING } from '../run-archive/write.ts';
import { executeRun } from '../runs/execute.ts';
import { plain } from '../contract/words/plain.ts';
import { t } from '../terminal/language.ts';
import { printNote } from '../terminal/output.ts';

/** Where runs are kept: `LABEL_NOISE_LAB_RUNS`, or `runs` in the working folder. */
export function runsFolder(): string {
  return resolve(process.env['LABEL_NOISE_LAB_RUNS'] ?? 'runs');
}

/**
 * The folder of a run.
 * @param run its path, or its id in the runs folder
 * @throws InputError where there is none
 */
export function findRun(run: string): string {
  const found = [resolve(run), join(runsFolder(), run)].find(isRun);
  if (found) return found;
  if (run.endsWith(ENDING) && existsSync(run))
    throw new InputError('runArchive.importFirst', { where: run });
  throw new InputError('run.unknown', { run, runsFolder: runsFolder() });
}

/**
 * The folder of a run, or of that which a record folder is taken into as far as it has come.
 * @param run a run as for `findRun`, or the path of a record folder
 * @throws InputError where there is neither, or the record is damaged
 */
export async function openPlace(run: string): Promise<string> {
  const folder = resolve(run);
  if (!isRecord(folder)) return findRun(run);
  const open = openRecord(folder, runsFolder());
  const { problem } = await executeRun(open);
  if (problem) throw new InputError(problem);
  printNote(t('cli.recordIn', { folder: plain(open.run) }));
  return open.run;
}

/**
 * The folders of runs that a person names: runs as for `openPlace`, or a folder of runs, such as a sweep's.
 * @throws InputError as `openPlace` does
 */
export async function openPlaces(
  names: readonly [string, ...string[]],
): Promise<[string, ...string[]]> {
  const found: string[] = [];
  for (const name of names) {
    const inside = runsIn(resolve(name));
    found.push(...(inside.length > 0 ? inside : [await openPlace(name)]));
  }
  return found as [string, ...string[]];
}

/** The runs that lie in a folder, by name; none where it is a run itself, or no folder. */
function runsIn(folder: string): string[] {
  if (isRun(folder) || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => join(folder, name))
    .filter(isRun);
}

/**
 * The Config that a person asks for.
 * @param source the name of a preset, or the path of a JSON file (a run's own will do)
 * @param settings `path=value` changes
 * @throws InputError naming the file, the field and what is allowed
 */
export function findConfig(source: string, settings: readonly string[]): Config {
  const preset = presets().find(({ id }) => id === source);
  if (preset?.needs && !settings.some((setting) => setting.startsWith('data.source='))) {
    throw new InputError('cli.presetNeedsData', { source, needs: preset.needs });
  }
  const where = preset ? { code: 'cli.preset', values: { source } } : source;
  // Checked before the settings too, which also fills in the fields that it leaves out.
  const base = preset ? preset.config : parseConfig(readConfigFile(source), where);
  const config = parseConfig(applySettings(base, settings), where);
  const { data } = config;
  const reading = readingPaths(data.reading);
  const corrections = data.corrections && resolve(data.corrections);
  const found = { ...data, source: dataPath(data.source), reading, corrections };
  return renamed(base, { ...config, data: found });
}

/**
 * The Config with as many samples as a data set has, where a preset asks for more and the person for
 * no number of them.
 * @param settings `path=value` changes that the person gave
 * @throws InputError where the data cannot be read
 */
export async function fitted(
  source: string,
  settings: readonly string[],
  config: Config,
): Promise<Config> {
  const isPreset = presets().some(({ id }) => id === source);
  const isCounted = settings.some((setting) => /^data\.(train|test|holdoutShare)=/.test(setting));
  if (!isPreset || isCounted || ['mnist', 'clusters'].includes(config.data.source)) return config;
  const { train, test } = await openDataset(config.data);
  const counts = fittingCounts(config.data, train.labels.length, test?.labels.length ?? 0);
  return { ...config, data: { ...config.data, ...counts } };
}

/** What `run` and `sweep` may be told of the data besides `--set`. */
export interface DataOptions {
  data?: string;
  labels?: string;
  labelsField?: string;
  corrections?: string;
}

/**
 * The same as settings, to come before those of `--set`. Labels from a file have the noise that is
 * in them, so the config's own goes.
 */
export function dataSettings({ data, labels, labelsField, corrections }: DataOptions): string[] {
  const set = (path: string, value: string | undefined) =>
    value === undefined ? [] : [`${path}=${JSON.stringify(value)}`];
  return [
    ...set('data.source', data),
    ...set('data.reading.labelsFile', labels),
    ...set('data.reading.labelsField', labelsField),
    ...set('data.corrections', corrections),
    ...(labels === undefined ? [] : ['noise.kind=none']),
  ];
}

/** A data set's name or absolute path, so that a run can be resumed from any folder. */
export function dataPath(source: string): string {
  return ['mnist', 'clusters'].includes(source) ? source : resolve(source);
}

/** The same reading with the absolute path of its file of labels. */
export function readingPaths(reading: ReadingConfig): ReadingConfig {
  return { ...reading, labelsFile: reading.labelsFile && resolve(reading.labelsFile) };
}

function readConfigFile(path: string): object {
  if (!existsSync(path)) {
    const names = presets().map(({ id }) => id);
    throw new InputError('cli.noPreset', { where: path, names });
  }
  const value = parseJson(textOf(path), path);
  if (typeof value !== 'object' || value === null) {
    throw new InputError('cli.noObject', { where: path });
  }
  // A run's config.json has the Config inside, beside versions and date.
  const inside = (value as { config?: unknown }).config;
  return typeof inside === 'object' && inside !== null ? inside : value;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw named(error, path);
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError('cli.badJson', { where: path, why });
  }
}

/**
 * A folder that a person named, made before anything is computed for it; nothing of theirs is written over.
 * @throws InputError where it is not empty, DiskError where it cannot be made
 */
export function emptyFolder(path: string): string {
  const folder = resolve(path);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new InputError('cli.outNotEmpty', { path });
  }
  makeFolder(folder);
  return folder;
}
