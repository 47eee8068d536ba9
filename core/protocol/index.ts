/** The one thing that window and main process import of the core: types, schemas and their checks. */
import * as v from 'valibot';
import { EventSchema, METHODS } from './messages.ts';
import type { LabEvent, Method, Request, Response, Result } from './messages.ts';

export * from './figures.ts';
export * from './logs.ts';
export * from './messages.ts';
export * from './names.ts';
export * from './records.ts';
export * from './texts.ts';
export * from './words.ts';
export * from './workers.ts';
export type {
  Config,
  DataConfig,
  NetworkConfig,
  NoiseConfig,
  ReadingConfig,
  TrainingConfig,
} from '../config/schema.ts';
export { ConfigSchema, inferAll } from '../config/schema.ts';

const Envelope = v.strictObject({
  id: v.pipe(v.number(), v.integer(), v.minValue(0)),
  method: v.picklist(Object.keys(METHODS) as [Method, ...Method[]]),
  params: v.unknown(),
});
const Answer = v.union([
  v.strictObject({ id: v.number(), result: v.unknown() }),
  v.strictObject({ id: v.number(), error: v.string() }),
]);

/** Checks a request from outside. @throws ValiError where it is not one. */
export function parseRequest(message: unknown): Request {
  const { id, method, params } = v.parse(Envelope, message);
  return { id, method, params: v.parse(METHODS[method].params, params) } as Request;
}

/** Checks an answer's envelope; its result is checked by `parseResult`. @throws ValiError */
export function parseResponse(message: unknown): Response {
  return v.parse(Answer, message);
}

/** Checks a result against its method. @throws ValiError */
export function parseResult<M extends Method>(method: M, result: unknown): Result<M> {
  return v.parse(METHODS[method].result, result) as Result<M>;
}

/** Checks an event. @throws ValiError */
export function parseEvent(message: unknown): LabEvent {
  return v.parse(EventSchema, message);
}
