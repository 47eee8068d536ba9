/** The core as the window sees it, figures apart: answers each method, tells what happens. */
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
import { runHandlers } from './runs.ts';
import { createTrainer } from './trainer.ts';

/** Answers for every method that is not about figures. */
export type LabHandlers = Handlers<Exclude<CoreMethod, `paper.${string}` | `opened.${string}`>>;

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
  const trainer = createTrainer(runs, emit, work);
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
    ...archiveHandlers(runs),
    ...runHandlers(runs, trainer),
    ...labelHandlers(runs, emit, work, trainer),
  };
}
