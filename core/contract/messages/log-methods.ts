/** Methods of the page about trainings of other programs: their logs and records. */
import * as v from 'valibot';
import { openedPath } from '../config/fields.ts';
import { LogColumnsSchema, LogViewSchema, RatedNoiseSchema } from './logs.ts';
import { pathToWrite, runId } from './params.ts';

/** Methods of the page that the core answers. */
export const LOG_METHODS = {
  /**
   * Reads a log of any program and recommends a stop.
   * `asked`: the person says that it is a log; else `log` is null where its content does not tell so.
   */
  'log.open': {
    params: v.strictObject({
      path: openedPath,
      columns: LogColumnsSchema,
      /** Samples of the hold-out; 0 where that is not known. */
      holdout: v.pipe(v.number(), v.integer(), v.minValue(0)),
      /** What the person says is known of the noise. */
      noise: v.optional(RatedNoiseSchema),
      asked: v.boolean(),
    }),
    result: v.object({ log: v.nullable(LogViewSchema) }),
  },
  /** Takes a record folder into a run and follows it; null where the path is none. */
  'record.open': {
    params: v.strictObject({ path: openedPath }),
    result: v.object({ id: v.nullable(runId) }),
  },
} as const;

/** What the main process asks of the core. */
export const LOG_MAIN_METHODS = {
  /** Writes the Python file that records a training. */
  'record.writeRecorder': {
    params: v.strictObject({ path: pathToWrite }),
    result: v.object({ path: v.string() }),
  },
} as const;
