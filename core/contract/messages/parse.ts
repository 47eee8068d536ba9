/** Checks messages at their borders: requests of the page, requests to the core, answers and events. */
import * as v from 'valibot';
import { ANSWERED_METHODS, CORE_METHODS, HOST_METHODS, METHODS } from './messages.ts';
import { EventSchema } from './events.ts';
import { PhraseSchema } from '../words/phrase.ts';
import type {
  CoreMethod,
  HostMethod,
  Method,
  PageCoreMethod,
  Request,
  Response,
  Result,
} from './messages.ts';
import type { LabEvent } from './events.ts';

const Envelope = v.strictObject({
  id: v.pipe(v.number(), v.integer(), v.minValue(0)),
  method: v.string(),
  params: v.unknown(),
});
const Answer = v.union([
  v.strictObject({ id: v.number(), result: v.unknown() }),
  v.strictObject({ id: v.number(), error: PhraseSchema }),
]);

/** Checks a request of the page to the core. @throws Error where it is none, or not for the page to ask. */
export function parsePageRequest(message: unknown): Request<PageCoreMethod> {
  return parseOneOf(CORE_METHODS, message, 'The window') as Request<PageCoreMethod>;
}

/** Checks a request of the page to the main process. @throws Error where it is none, or not that process's to answer. */
export function parseHostRequest(message: unknown): Request<HostMethod> {
  return parseOneOf(HOST_METHODS, message, 'The window') as Request<HostMethod>;
}

/** Checks a request of the main process to the core. @throws Error where it is none, or not the core's to answer. */
export function parseCoreRequest(message: unknown): Request<CoreMethod> {
  return parseOneOf(ANSWERED_METHODS, message, 'The main process') as Request<CoreMethod>;
}

function parseOneOf(
  methods: Partial<typeof METHODS>,
  message: unknown,
  who: string,
): { id: number; method: string; params: unknown } {
  const { id, method, params } = v.parse(Envelope, message);
  const known = Object.hasOwn(methods, method) ? methods[method as Method] : undefined;
  if (!known) throw new Error(`${who} may not ask for ${JSON.stringify(method.slice(0, 40))}.`);
  return { id, method, params: v.parse(known.params, params) };
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
