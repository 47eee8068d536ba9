/** Opens what a person names or drops: data, logs, records, sweeps, archives; and shows runs. */
import { inferAll } from '../../core/contract/config/schema.ts';
import type { Result } from '../../core/contract/messages/messages.ts';
import type { ReadingConfig } from '../../core/contract/config/schema.ts';
import { request, whatWentWrong, sentenceOf } from './bridge.ts';
import { words } from '../words/texts.ts';
import { importRun, isArchiveName } from './archives.svelte.ts';
import { experiment } from './experiment.svelte.ts';
import { labels } from './labels.svelte.ts';
import { log } from './log.svelte.ts';
import { reading } from './reading.svelte.ts';
import { recent } from './recent.svelte.ts';
import type { RecentSource } from './recent.svelte.ts';
import { run } from './run.svelte.ts';
import { runs } from './runs.svelte.ts';
import { shownSweep } from './sweep.svelte.ts';
import { toasts } from '../parts/toasts.svelte.ts';
import { windowState } from './window.svelte.ts';
import { unwrapped } from './unwrapped.ts';

/** Shows a run in Lab. */
export function openInLab(id: string): void {
  windowState.go('lab');
  if (run.view?.row.id !== id) void run.open(id);
}

/** Shows a run's labels, those likely wrong first. */
export function findWrongLabels(id: string): void {
  labels.turnTo(id);
  windowState.go('labels');
}

/** Asks for a data set's file or folder and opens it, read as another was where that one has moved. */
export async function askForData(what: 'file' | 'folder', moved?: RecentSource): Promise<void> {
  try {
    const { path } = await request('host.openData', { what });
    if (path === null || (what === 'folder' && (await openSweep(path, false)))) return;
    const opened = await openData(path, moved?.reading);
    if (opened && moved && moved.source !== path) recent.remove(moved.source);
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
}

/** Fills in a ready experiment; one for data that the person has to bring asks for their file first. */
export async function usePreset(preset: Result<'core.info'>['presets'][number]): Promise<void> {
  if (!preset.needs) {
    experiment.use(preset.config);
    return;
  }
  try {
    const { path } = await request('host.openData', { what: 'file' });
    if (path === null) return;
    const before = unwrapped(experiment.config);
    const { config } = preset;
    experiment.use({ ...config, data: { ...config.data, source: path } });
    if (!(await openData(path))) experiment.use(before);
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
}

/** Trains on a data set that needs no file. */
export async function openBuiltIn(source: 'mnist' | 'clusters'): Promise<void> {
  try {
    await experiment.chooseBuiltIn(source);
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
}

/**
 * Trains on a file or folder from now on, where it can be read; the form stays as it is where not.
 * @returns whether it could be
 */
export async function openData(path: string, how: Partial<ReadingConfig> = {}): Promise<boolean> {
  reading.begin(path);
  try {
    await experiment.openData(path, how);
    recent.add(unwrapped(experiment.config.data));
    reading.end(null);
    run.leave();
    if (windowState.place !== 'data') windowState.go('lab');
    return true;
  } catch (error) {
    const problem = whatWentWrong(error);
    // The place Data says it where the data would be, and the data card where it asks for a choice.
    const isHere = windowState.place === 'data';
    reading.end(isHere ? { source: path, reading: how, problem } : null);
    if (!isHere && experiment.config.data.source !== path) toasts.error(words(problem));
    return false;
  }
}

/**
 * Opens what was dropped: an archive of a run, a record or a sweep for what it is; on the place Log a log, on
 * Data a data set; elsewhere what it looks like and, where it could be either, what the person says.
 */
export async function openDropped(file: File): Promise<void> {
  const path = await window.lab.pathForFile(file);
  if (isArchiveName(path)) return importRun(path);
  if ((await openRecord(path)) || (await openSweep(path, false))) return;
  if (windowState.place === 'log') await openAs('log', path);
  else if (windowState.place === 'data') await openAs('data', path);
  else if (!(await log.looksLike(path))) await openAs('data', path);
  else if (await canBeData(path)) windowState.asked = path;
  else await openAs('log', path);
}

/** Opens a file that could be a log or a data set as one of them. */
export async function openAs(kind: 'log' | 'data', path: string): Promise<void> {
  windowState.asked = null;
  if (kind === 'data') await openData(path);
  else if (await openRecord(path)) return;
  else if (await log.open(path, true)) windowState.go('log');
}

async function canBeData(path: string): Promise<boolean> {
  const clusters = unwrapped(experiment.config.data.clusters);
  const data = { source: path, reading: inferAll, clusters, seed: 0 };
  return request('data.describe', { data }).then(
    () => true,
    () => false,
  );
}

/** Asks for a log's file, or a folder of event files, and opens it. */
export async function askForLog(what: 'log' | 'logFolder'): Promise<void> {
  try {
    const { path } = await request('host.openData', { what });
    if (path === null || (await openRecord(path))) return;
    windowState.go('log');
    await log.open(path, true);
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
}

/** Opens a record folder as a run, and follows it. @returns whether it is one, opened or not */
async function openRecord(path: string): Promise<boolean> {
  try {
    const { id } = await request('record.open', { path });
    if (id !== null) openInLab(id);
    return id !== null;
  } catch (error) {
    toasts.error(sentenceOf(error));
    return true;
  }
}

/** Asks for the folder of a sweep and shows it in Runs. */
export async function askForSweep(): Promise<void> {
  try {
    const { path } = await request('host.openData', { what: 'sweep' });
    if (path !== null) await openSweep(path, true);
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
}

/**
 * Shows the folder of a sweep in Runs.
 * @param asked whether the person says that it is one
 * @returns whether it is one, shown or not
 */
async function openSweep(path: string, asked: boolean): Promise<boolean> {
  try {
    if (!(await shownSweep.open(path, asked))) return false;
    runs.select([]);
    runs.comparing = false;
    windowState.go('runs');
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
  return true;
}
