/** Answers about runs: training them, opening them, and the folder that they lie in. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorPhrase, InputError } from '../contract/words/errors.ts';
import type { CoreMethod } from '../contract/messages/messages.ts';
import { makeFolder, move } from '../disk/write.ts';
import { writeReport } from '../report/index.ts';
import { parseConfig } from '../kinds/read.ts';
import { keepModel } from '../run-folder/checkpoints.ts';
import { runFolder } from '../run-folder/folder.ts';
import { listRuns } from '../run-folder/list.ts';
import { isLocked } from '../run-folder/lock.ts';
import { courseOf, detailsOf, Prover } from '../run-folder/pages.ts';
import { readRunConfig, writeRunConfig } from '../run-folder/stored.ts';
import { runView } from '../run-folder/views.ts';
import type { ArchiveMethod } from './archives.ts';
import type { Handlers } from './handlers.ts';
import type { Trainer } from './trainer.ts';
import { trashOf } from './trash.ts';

type RunMethod = Exclude<Extract<CoreMethod, `run.${string}` | `runs.${string}`>, ArchiveMethod>;

/**
 * @param runs the folder of runs
 * @param folderOf finds a run by its id, also one of a sweep that lies elsewhere
 * @param trainer trains those in the folder
 */
export function runHandlers(
  runs: string,
  folderOf: (id: string) => string,
  trainer: Trainer,
): Handlers<RunMethod> {
  const own = (id: string) => runFolder(runs, id);
  const prover = new Prover();
  return {
    'run.start': async ({ config }) => ({
      id: await trainer.start(parseConfig(config, errorPhrase('config.theConfig'))),
    }),
    'run.resume': async ({ id, source }) => {
      own(id);
      return { id: await trainer.resume(id, source === undefined ? {} : { source }) };
    },
    'run.pause': ({ id }) => trainer.pause(id),
    'run.unpause': ({ id }) => trainer.unpause(id),
    'run.stop': ({ id }) => trainer.stop(id),
    'run.open': ({ id }) => {
      const run = folderOf(id);
      const { checked, labels } = prover.prove(run);
      const view = runView(run, checked, labels);
      return { ...view, row: { ...trainer.withPause(view.row), id } };
    },
    'run.epochs': ({ id, from, count }) => {
      const run = folderOf(id);
      return { details: detailsOf(run, prover.recall(run), from, count) };
    },
    'run.course': ({ id, place }) => {
      const run = folderOf(id);
      return courseOf(run, prover.recall(run), place);
    },
    'run.keepModel': ({ id, epoch }) => ({ path: keepModel(folderOf(id), epoch) }),
    'run.writeReport': async ({ ids, format, path, language }) => {
      const [first, ...others] = ids;
      await writeReport([folderOf(first), ...others.map(folderOf)], format, path, language);
      return { path };
    },
    'run.folder': ({ id }) => ({ path: folderOf(id) }),
    'runs.list': () => {
      const { rows, problem } = listRuns(runs);
      return { rows: rows.map((row) => trainer.withPause(row)), problem };
    },
    'runs.rename': ({ id, name }) => renameRun(own(id), name),
    'runs.delete': ({ id }) => {
      const run = own(id);
      if (isLocked(run)) throw new InputError('run.stopFirst');
      makeFolder(trashOf(runs));
      move(run, join(trashOf(runs), id));
      return {};
    },
    'runs.restore': ({ id }) => {
      const deleted = runFolder(trashOf(runs), id);
      if (existsSync(join(runs, id))) throw new InputError('run.another', { id });
      move(deleted, join(runs, id));
      return {};
    },
  };
}

function renameRun(run: string, name: string): Record<string, never> {
  const stored = readRunConfig(run);
  const { config, recorded } = stored;
  writeRunConfig(run, {
    ...stored,
    config: config && { ...config, name },
    recorded: recorded && { ...recorded, name },
  });
  return {};
}
