/** What the core asks of the main process about the processes that a figure's runs are trained in. */
import * as v from 'valibot';

const WorkerRequestSchema = v.strictObject({
  /** The number by which the core knows the process. */
  worker: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** To begin it, or what is passed on to it. */
  order: v.union([
    v.literal('start'),
    v.looseObject({ kind: v.picklist(['train', 'resume', 'stop']) }),
  ]),
});
export type WorkerRequest = v.InferOutput<typeof WorkerRequestSchema>;

/** The request in a message of the core; null where the message is about something else. @throws ValiError */
export function parseWorkerRequest(message: unknown): WorkerRequest | null {
  const isOne = typeof message === 'object' && message !== null && 'worker' in message;
  return isOne ? v.parse(WorkerRequestSchema, message) : null;
}
