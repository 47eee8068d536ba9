/** The core as the window sees it, figures apart: answers each method, tells what happens. */
import { InputError } from '../contract/words/errors.ts';
import { presets } from '../kinds/presets.ts';
import type { CoreMethod } from '../contract/messages/messages.ts';
import type { LabEvent } from '../contract/messages/events.ts';
import { versions } from '../engine/versions.ts';
import { cores } from '../machine/cores.ts';
import { archiveHandlers } from './archives.ts';
import { CATALOGUE } from './catalogue.ts';
import { dataHandlers } from './data.ts';
import { labelHandlers } from './labels.ts';
import type { Handlers, Work } from './handlers.ts';
import { openLog } from './logs.ts';
import { writeWhole } from '../disk/write.ts';
import { RECORDER } from '../recorded/recorder.ts';
import { recordAt } from '../recorded/files.ts';
import { runFolder } from '../run-folder/folder.ts';
import { runHandlers } from './runs.ts';
import { Sweeps } from './sweeps.ts';
import { createTrainer } from './trainer.ts';

/** Answers for every method that is not about figures. */
export type LabHandlers = Handlers<Exclude<CoreMethod, `paper.${string}` | `opened.${string}`>>;

/**
 * The core on one folder of runs.
 * @param runs the folder
 * @param emit is told of every event
 * @param work shared with whatever else takes all threads
 * @param opened paths that a person opened
 */
export function createLab(
  runs: string,
  emit: (event: LabEvent) => void,
  work: Work = { now: null },
  opened: () => readonly string[] = () => [],
): LabHandlers {
  const trainer = createTrainer(runs, emit, work);
  const sweeps = new Sweeps(opened);
  const folderOf = (id: string): string => sweeps.folderOf(id) ?? runFolder(runs, id);
  return {
    'core.info': () => ({
      runsFolder: runs,
      versions: versions(),
      presets: presets(),
      catalogue: CATALOGUE,
      threads: cores(),
    }),
    'record.open': async ({ path }) => {
      const record = recordAt(path);
      return { id: record && (await trainer.follow(record)) };
    },
    'record.writeRecorder': ({ path }) => {
      writeWhole(path, RECORDER);
      return { path };
    },
    'log.open': async (params) => ({ log: await openLog(params) }),
    ...dataHandlers(emit),
    'sweep.open': ({ path, asked }) => {
      const sweep = sweeps.view(path);
      if (sweep === null && asked) throw new InputError('sweep.noPlan', { where: path });
      return { sweep };
    },
    ...archiveHandlers(runs, folderOf),
    ...runHandlers(runs, folderOf, trainer),
    ...labelHandlers(runs, folderOf, emit, work, trainer),
  };
}
