/** Methods about archives of runs, which people send each other. */
import * as v from 'valibot';
import { openedPath } from '../config/fields.ts';
import { PhraseSchema } from '../words/phrase.ts';
import { oneRun, pathToWrite, runId } from './params.ts';

/** Which run is packed, and whether checkpoints and kept models go with it. */
const archive = { id: runId, weights: v.boolean() };

/** Methods of the page that the core answers. */
export const ARCHIVE_METHODS = {
  /** Bytes that an archive of a run takes, with its weights and without them. */
  'run.archiveSizes': {
    params: oneRun,
    result: v.object({ withWeights: v.number(), without: v.number() }),
  },
  /** Brings the run of an archive into the folder of runs. */
  'runs.import': {
    params: v.strictObject({ path: openedPath }),
    result: v.object({
      id: runId,
      name: v.string(),
      /** `there`: it was there before; `renamed`: another run has the id that it had. */
      kind: v.picklist(['new', 'there', 'renamed']),
      weights: v.boolean(),
      damage: v.nullable(PhraseSchema),
    }),
  },
} as const;

/** Methods of the page that the main process answers. */
export const ARCHIVE_HOST_METHODS = {
  /** Asks where to, then has the core pack the run; null where the person cancelled. */
  'host.saveArchive': {
    params: v.strictObject(archive),
    result: v.object({ path: v.nullable(v.string()) }),
  },
} as const;

/** What the main process asks of the core. */
export const ARCHIVE_MAIN_METHODS = {
  'run.writeArchive': {
    params: v.strictObject({ ...archive, path: pathToWrite }),
    result: v.object({ path: v.string() }),
  },
} as const;
