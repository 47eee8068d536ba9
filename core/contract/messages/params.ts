/** Parameters that many methods take. */
import * as v from 'valibot';

/** No parameters, or no result. */
export const nothing = v.strictObject({});
/** The id of a run: its folder's name. */
export const runId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'a run id'));
/** What names one run. */
export const oneRun = v.strictObject({ id: runId });
/** A path of the main process's own. */
export const pathToWrite = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
