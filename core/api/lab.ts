/** The core as the window sees it: answers each method, tells what happens. */
import type { Phrase } from '../contract/words/phrase.ts';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { presets } from '../kinds/presets.ts';
import { duplicatesOf, fieldsOf, labelFieldsOf, openDataset } from '../data/index.ts';
import { InputError } from '../contract/words/errors.ts';
import { NETWORKS } from '../models/index.ts';
import { readMatrixFile } from '../noise/matrix-file.ts';
import type { CoreMethod, LabEvent, Params, Result } from '../contract/messages/messages.ts';
import { keepModel } from '../run-folder/checkpoints.ts';
import { makeFolder, move } from '../disk/write.ts';
import { runFolder } from '../run-folder/folder.ts';
import { isLocked } from '../run-folder/lock.ts';
import { listRuns, pathsOfRuns } from '../run-folder/list.ts';
import { courseOf, detailsOf, Prover } from '../run-folder/pages.ts';
import { readRunConfig, writeRunConfig } from '../run-folder/stored.ts';
import { runView } from '../run-folder/views.ts';
import { writeReport } from '../report/index.ts';
import { versions } from '../engine/versions.ts';
import { cores } from '../runs/execute.ts';
import { openLog } from './logs.ts';
import { createTrainer } from './trainer.ts';
import type { Work } from './trainer.ts';
import { describeData, describeNetwork, previewNoise } from './previews.ts';
import { samplePage } from './samples.ts';

/** Methods about data, runs and logs. */
export type LabMethod = Exclude<CoreMethod, `paper.${string}`>;

/** Answers for every method that is not about figures. */
export type LabHandlers = {
  [M in LabMethod]: (params: Params<M>) => Result<M> | Promise<Result<M>>;
};

const TRASH = '.trash';

/**
 * The core on one folder of runs.
 * @param runs the folder
 * @param emit is told of every event
 * @param work shared with whatever else takes all threads
 */
export function createLab(
  runs: string,
  emit: (event: LabEvent) => void,
  work: Work = { now: null },
): LabHandlers {
  const folder = (id: string) => runFolder(runs, id);
  const prover = new Prover();
  const trainer = createTrainer((id) => join(runs, id), emit, work);
  return {
    'core.info': () => ({
      runsFolder: runs,
      versions: versions(),
      presets: presets(),
      networks: Object.entries(NETWORKS).map(([id, { depth = 0 }]) => ({ id, depth })),
      threads: cores(),
    }),
    ...dataHandlers(emit),
    'log.open': async (params) => ({ log: await openLog(params) }),
    'run.start': async ({ config }) => ({ id: await trainer.start(config) }),
    'run.resume': async ({ id }) => {
      folder(id);
      return { id: await trainer.resume(id) };
    },
    'run.pause': ({ id }) => trainer.pause(id),
    'run.unpause': ({ id }) => trainer.unpause(id),
    'run.stop': ({ id }) => trainer.stop(id),
    'run.open': ({ id }) => {
      const run = folder(id);
      const { checked, labels } = prover.prove(run);
      const view = runView(run, checked, labels);
      return { ...view, row: trainer.withPause(view.row) };
    },
    'run.epochs': ({ id, from, count }) => {
      const run = folder(id);
      return { details: detailsOf(run, prover.recall(run), from, count) };
    },
    'run.course': ({ id, place }) => {
      const run = folder(id);
      return courseOf(run, prover.recall(run), place);
    },
    'run.keepModel': ({ id, epoch }) => ({ path: keepModel(folder(id), epoch) }),
    'run.writeReport': ({ id, format, path, language }) => {
      writeReport(folder(id), format, path, language);
      return { path };
    },
    'runs.list': () => {
      const { rows, problem } = listRuns(runs);
      return { rows: rows.map((row) => trainer.withPause(row)), problem };
    },
    'runs.rename': ({ id, name }) => renameRun(folder(id), name),
    'runs.delete': ({ id }) => {
      const run = folder(id);
      if (isLocked(run)) throw new InputError('run.stopFirst');
      makeFolder(join(runs, TRASH));
      move(run, join(runs, TRASH, id));
      return {};
    },
    'runs.restore': ({ id }) => {
      const deleted = runFolder(join(runs, TRASH), id);
      if (existsSync(join(runs, id))) throw new InputError('run.another', { id });
      move(deleted, join(runs, id));
      return {};
    },
    'runs.paths': () => ({ paths: pathsOfRuns(runs) }),
  };
}

type DataMethod = Extract<LabMethod, `data.${string}` | `noise.${string}` | 'network.describe'>;

/** Answers about data that are not trained on yet; one cancelling ends whatever reading they wait for. */
function dataHandlers(emit: (event: LabEvent) => void): Pick<LabHandlers, DataMethod> {
  let end = new AbortController();
  const control = () => ({
    signal: end.signal,
    progress: (share: number | null, doing: Phrase) =>
      emit({ event: 'data.progress', share, doing }),
  });
  return {
    'data.describe': ({ data }) => describeData(data, control()),
    'data.fields': async ({ data }) => ({ fields: await fieldsOf(data, control()) }),
    'data.duplicates': async ({ data }) => duplicatesOf(await openDataset(data, control())),
    'data.samples': ({ data, ...page }) => samplePage(data, page, control()),
    'data.cancel': () => {
      end.abort(new InputError('data.cancelled'));
      end = new AbortController();
      return {};
    },
    'noise.preview': ({ data, noise, threads }) => previewNoise(data, noise, threads, control()),
    'data.labelFields': async ({ path }) => ({ fields: await labelFieldsOf(path, control()) }),
    'noise.readMatrix': async ({ path }) => ({ matrix: await readMatrixFile(path) }),
    'network.describe': ({ network, loss, data }) =>
      describeNetwork(network, loss, data, control()),
  };
}

/** Makes the folder of runs, which the menu opens, and removes deleted runs for good; done when the app is opened. */
export function emptyTrash(runs: string): void {
  makeFolder(runs);
  rmSync(join(runs, TRASH), { recursive: true, force: true });
}

function renameRun(run: string, name: string): Record<string, never> {
  const stored = readRunConfig(run);
  writeRunConfig(run, { ...stored, config: { ...stored.config, name } });
  return {};
}
