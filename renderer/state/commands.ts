/** What buttons, keys and the menu do. */
import type { LabEvent } from '../../core/contract/messages/events.ts';
import type { RunRow } from '../../core/contract/messages/records.ts';
import { request, sentenceOf } from './bridge.ts';
import { catalogue } from '../words/catalogue.ts';
import { t, words } from '../words/texts.ts';
import { askForArchive } from './archives.svelte.ts';
import { experiment } from './experiment.svelte.ts';
import { help } from './help.svelte.ts';
import { labels } from './labels.svelte.ts';
import { language } from './language.svelte.ts';
import { paper } from './paper.svelte.ts';
import { reading } from './reading.svelte.ts';
import { run } from './run.svelte.ts';
import { runs } from './runs.svelte.ts';
import { toasts } from '../parts/toasts.svelte.ts';
import { windowState } from './window.svelte.ts';
import { tellOfAudit, tellOfEnd, tellOfFigure } from './ended.ts';
import { askForData, askForLog } from './opening.ts';
import { unwrapped } from './unwrapped.ts';

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
  void run.start(structuredClone(run.config ?? unwrapped(experiment.config)));
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
