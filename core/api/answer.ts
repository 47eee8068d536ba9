/** Answers messages: each is checked once, here, and what goes wrong is told as a phrase. */
import { parseCoreRequest, parsePageRequest } from '../contract/messages/parse.ts';
import { pathsRead } from '../contract/messages/paths-read.ts';
import { phraseToTell } from '../contract/messages/refused.ts';
import { CORE_METHODS } from '../contract/messages/messages.ts';
import type { CoreMethod, Request, Response } from '../contract/messages/messages.ts';
import type { Grants } from './grants.ts';
import type { Handlers } from './handlers.ts';

/** Takes a message that may be anything. @returns what to send back */
export type Answering = (message: unknown) => Promise<Response>;

/** Answers the main process, which may ask for everything. */
export const answeringMain = (handlers: Handlers<CoreMethod>): Answering =>
  answering(handlers, parseCoreRequest);

/** Answers the page, which may ask for less, and only has read what a person opened. */
export const answeringPage = (handlers: Handlers<CoreMethod>, grants: Grants): Answering =>
  answering(handlers, (message) => {
    const request = parsePageRequest(message);
    grants.check(pathsRead(CORE_METHODS[request.method].params, request.params));
    return request;
  });

const answering =
  (handlers: Handlers<CoreMethod>, parse: (message: unknown) => Request<CoreMethod>): Answering =>
  async (message) => {
    try {
      const { method, params } = parse(message);
      const handler = handlers[method] as (params: unknown) => unknown;
      return { id: idOf(message), result: await handler(params) };
    } catch (error) {
      return { id: idOf(message), error: phraseToTell(error) };
    }
  };

/** The number of a request that may be none at all. */
export function idOf(message: unknown): number {
  const id = (message as { id?: unknown } | null)?.id;
  return typeof id === 'number' ? id : -1;
}
