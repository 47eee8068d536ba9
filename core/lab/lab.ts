/** The core as the window sees it: answers each method, tells what happens. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { presets } from '../config/presets.ts';
import { InputError } from '../errors.ts';
import { NETWORKS } from '../models/index.ts';
import type { LabEvent, Method, Params, Result } from '../protocol/index.ts';
import { CORE_METHODS } from '../protocol/index.ts';
import { keepModel } from '../runs/checkpoints.ts';
import { paths, writeJson } from '../runs/files.ts';
import { listRuns } from '../runs/list.ts';
import { readRunConfig } from '../runs/read.ts';
import { runView } from '../runs/views.ts';
import { writeReport } from '../report/index.ts';
import { versions } from '../versions.ts';
import { cores } from './execute.ts';
import { createTrainer } from './trainer.ts';
import { describeData, describeNetwork, previewNoise } from './previews.ts';

export type CoreMethod = keyof typeof CORE_METHODS;

/** Answers for every method of the core. */
export type CoreHandlers = {
  [M in CoreMethod]: (params: Params<M>) => Result<M> | Promise<Result<M>>;
};

/** Whether a method is answered by the core. */
export function isCoreMethod(method: Method): method is CoreMethod {
  return Object.hasOwn(CORE_METHODS, method);
}

const TRASH = '.trash';

/**
 * The core on one folder of runs.
 * @param runs the folder
 * @param emit is told of every event
 */
export function createLab(runs: string, emit: (event: LabEvent) => void): CoreHandlers {
  const folder = (id: string) => join(runs, id);
  const trainer = createTrainer(folder, emit);
  return {
    'core.info': () => ({
      runsFolder: runs,
      versions: versions(),
      presets: presets(),
      networks: Object.entries(NETWORKS).map(([id, { title }]) => ({ id, title })),
      threads: cores(),
    }),
    'data.describe': ({ data }) => describeData(data),
    'noise.preview': ({ data, noise, threads }) => previewNoise(data, noise, threads),
    'network.describe': ({ network, data }) => describeNetwork(network, data),
    'run.start': async ({ config }) => ({ id: await trainer.start(config) }),
    'run.resume': async ({ id }) => ({ id: await trainer.resume(id) }),
    'run.pause': ({ id }) => trainer.pause(id),
    'run.unpause': ({ id }) => trainer.unpause(id),
    'run.stop': ({ id }) => trainer.stop(id),
    'run.open': ({ id }) => {
      const view = runView(folder(id));
      return { ...view, row: trainer.withPause(view.row) };
    },
    'run.keepModel': ({ id, epoch }) => ({ path: keepModel(folder(id), epoch) }),
    'run.writeReport': ({ id, format, path }) => {
      writeReport(folder(id), format, path);
      return { path };
    },
    'runs.list': () => {
      const { rows, problem } = listRuns(runs);
      return { rows: rows.map((row) => trainer.withPause(row)), problem };
    },
    'runs.rename': ({ id, name }) => renameRun(folder(id), name),
    'runs.delete': ({ id }) => {
      if (trainer.isTraining(id)) throw new InputError('Stop this run before you delete it.');
      mkdirSync(join(runs, TRASH), { recursive: true });
      renameSync(folder(id), join(runs, TRASH, id));
      return {};
    },
    'runs.restore': ({ id }) => {
      if (!existsSync(join(runs, TRASH, id))) {
        throw new InputError('This run is not in the trash any more.');
      }
      renameSync(join(runs, TRASH, id), folder(id));
      return {};
    },
  };
}

/** Removes deleted runs for good; done when the app is opened. */
export function emptyTrash(runs: string): void {
  rmSync(join(runs, TRASH), { recursive: true, force: true });
}

function renameRun(run: string, name: string): Record<string, never> {
  const stored = readRunConfig(run);
  writeJson(paths.config(run), { ...stored, config: { ...stored.config, name } });
  return {};
}
