/** What buttons, keys and the menu do. */
import { inferAll } from '../../core/contract/config/schema.ts';
import type { Result } from '../../core/contract/messages/messages.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';
import type { ReadingConfig } from '../../core/contract/config/schema.ts';
import type { RunRow } from '../../core/contract/messages/records.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { request, whatWentWrong, sentenceOf } from './bridge.ts';
import { catalogue } from '../words/catalogue.ts';
import { t, words } from '../words/texts.ts';
import { figureText } from '../words/paper.ts';
import { askForArchive, importRun, isArchiveName } from './archives.svelte.ts';
import { experiment } from './experiment.svelte.ts';
import { help } from './help.svelte.ts';
import { labels } from './labels.svelte.ts';
import { language } from './language.svelte.ts';
import { log } from './log.svelte.ts';
import { paper } from './paper.svelte.ts';
import { reading } from './reading.svelte.ts';
import { recent } from './recent.svelte.ts';
import type { RecentSource } from './recent.svelte.ts';
import { run } from './run.svelte.ts';
import { runs } from './runs.svelte.ts';
import { shownSweep } from './sweep.svelte.ts';
import { toasts } from '../parts/toasts.svelte.ts';
import { windowState } from './window.svelte.ts';

/** Trains what is shown: the form's experiment, or once more the run on the screen. */
export function trainShown(): void {
  // What another program trains cannot be trained here.
  if (run.liveId || run.starting || run.recorded) return;
  if (!run.view && !experiment.valid) {
    toasts.error(t('lab.actions.mendThenTrain'));
    return;
  }
  if (experiment.problem) {
    toasts.error(words(experiment.problem));
    return;
  }
  windowState.go('lab');
  experiment.save();
  void run.start(structuredClone(run.config ?? plain(experiment.config)));
}

/** A copy without the wrappers of state, which cannot cross to another process. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Turns a run's config into a new experiment, to change and train. */
export function duplicate(row: RunRow): void {
  if (!row.config) return;
  experiment.use(row.config);
  run.leave();
  windowState.go('lab');
}

/** Starts from the form as it was left. */
export function newExperiment(): void {
  run.leave();
  windowState.go('lab');
}

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
    const before = plain(experiment.config);
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
    recent.add(plain(experiment.config.data));
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
 * Opens what was dropped. An archive of a run is imported wherever it falls. What else, on the place Log as a log, on Data as a data set; elsewhere as what it is,
 * and where it could be either, as the person says.
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
  const clusters = plain(experiment.config.data.clusters);
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

/** Saves the Python file that records a training elsewhere. */
export async function saveRecorder(): Promise<void> {
  try {
    const { path } = await request('host.saveRecorder', {});
    if (path) toasts.done(t('log.savedRecorder', { path }));
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
}

/** Saves a report of a run, or of several, where the person says. */
export async function saveReport(
  ids: readonly [string, ...string[]],
  format: string,
): Promise<void> {
  try {
    const { path } = await request('host.saveReport', {
      ids: [...ids],
      format,
      language: language.now,
    });
    if (path) toasts.done(t('lab.verdict.savedReport', { path }));
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
}

/** Gives a run another name, in the table and on the screen. */
export function renameRun(id: string, name: string): void {
  run.renamed(id, name);
  void runs.rename(id, name);
}

/** Deletes runs; one that is on the screen leaves it. */
export function deleteRuns(ids: string[]): void {
  if (run.view && ids.includes(run.view.row.id)) run.leave();
  void runs.remove(ids);
}

/** Shows a run's folder in the file manager. */
export function showFolder(id: string | null): void {
  request('host.showFolder', { id }).catch((error: unknown) => toasts.error(sentenceOf(error)));
}

function carryOut(command: Extract<LabEvent, { event: 'host.command' }>['command']): void {
  const [report] = catalogue().reports;
  // A flag may ask for training before the presets are here.
  if (command === 'train') void ready.then(trainShown);
  else if (command === 'new') newExperiment();
  else if (command === 'openFile') void askForData('file');
  else if (command === 'openFolder') void askForData('folder');
  else if (command === 'openLog') void askForLog('log');
  else if (command === 'openArchive') void askForArchive();
  else if (command === 'place.lab') windowState.go('lab');
  else if (command === 'place.runs') windowState.go('runs');
  else if (command === 'place.paper') windowState.go('paper');
  else if (command === 'place.labels') windowState.go('labels');
  else if (command === 'place.data') windowState.go('data');
  else if (command === 'place.log') windowState.go('log');
  else if (command === 'place.help') help.toggle();
  else if (run.view && report) void saveReport([run.view.row.id], report.id);
  else toasts.error(t('lab.verdict.noReport'));
}

/** Passes an event to whom it concerns. */
export function hear(event: LabEvent): void {
  if (event.event === 'host.command') carryOut(event.command);
  if (event.event === 'host.language') language.choose(event.language);
  if (event.event === 'core.ready') void experiment.load();
  reading.hear(event);
  run.hear(event);
  runs.hear(event);
  paper.hear(event);
  const wasStopped = labels.stopping;
  labels.hear(event);
  if (event.event === 'run.ended') tellOfEnd(event.row);
  if (event.event === 'paper.ended') tellOfFigure(event.id, event.problem);
  if (event.event === 'labels.ended' && !wasStopped) tellOfAudit(event.id, event.problem);
}

/** A run that ends out of sight says so, with the way to it. */
function tellOfEnd({ id, name, status, recommended }: RunRow): void {
  if (windowState.place === 'lab' && run.view?.row.id === id) return;
  const word = status === 'failed' ? 'failed' : 'ended';
  const said =
    recommended === null
      ? t(`lab.verdict.${word}`, { name })
      : t(`lab.verdict.${word}Stop`, { name, epoch: recommended });
  toasts.done(said, { label: t('lab.verdict.open'), run: () => openInLab(id) });
}

/** The same for a figure of the paper. */
function tellOfFigure(id: string, problem: Phrase | null): void {
  if (windowState.place === 'paper') return;
  const name = figureText(id, 'name');
  if (problem !== null) toasts.error(t('paper.making.failed', { name, problem: words(problem) }));
  else {
    const run = () => {
      paper.go(id);
      windowState.go('paper');
    };
    toasts.done(t('paper.making.ended', { name }), { label: t('paper.making.open'), run });
  }
}

/** The same for an audit of labels. */
function tellOfAudit(id: string, problem: Phrase | null): void {
  if (windowState.place === 'labels') return;
  const name = runs.rows.find((row) => row.id === id)?.name ?? id;
  if (problem !== null) toasts.error(t('labels.audit.failed', { name, problem: words(problem) }));
  else {
    const run = () => findWrongLabels(id);
    toasts.done(t('labels.audit.ended', { name }), { label: t('labels.audit.open'), run });
  }
}

/** Reads everything at the start; a run that trains already (after a reload) comes back on the screen. */
export function begin(): Promise<void> {
  ready = readAll();
  return ready;
}

let ready: Promise<void> = Promise.resolve();

/** What the main process remembers of how the window looks and speaks. */
async function readHost(): Promise<void> {
  const info = await request('host.info', {}).catch(() => null);
  if (!info) return;
  windowState.takeTheme(info.theme);
  language.take(info.language, info.locale);
}

async function readAll(): Promise<void> {
  await Promise.all([experiment.load(), runs.load(), readHost()]);
  const going = runs.rows.find((row) => row.status === 'running' || row.status === 'paused');
  if (going && !run.view) {
    run.trains(going.id);
    await run.open(going.id);
  }
}
