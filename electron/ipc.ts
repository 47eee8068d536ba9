import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import { HOST_METHODS, PAGE_METHODS } from '../core/contract/messages/messages.ts';
import { parsePageRequest, parseResult } from '../core/contract/messages/parse.ts';
import { pathsRead } from '../core/contract/messages/paths-read.ts';
import type {
  CoreMethod,
  PageMethod,
  Params,
  Request,
  Response,
  Result,
} from '../core/contract/messages/messages.ts';
import type { Core } from './core-process.ts';
import type { Grants } from './grants.ts';
import { PAGE } from './scheme.ts';
import { phraseToTell } from './sentence.ts';

/** What the main process answers itself. */
export type HostMethod = keyof typeof HOST_METHODS;
/** One function for each of them. */
export type HostMethods = { [M in HostMethod]: (params: Params<M>) => Promise<Result<M>> };

/**
 * Answers the page: checks who asks, what, and for which paths, and relays to the core what is the
 * core's. The page may ask what is on its own list, and nothing that writes where it says.
 */
export function answerPage(core: Core, host: HostMethods, grants: Grants): void {
  ipcMain.handle('lab', async (event, message: unknown): Promise<Response> => {
    try {
      refuseStrangers(event);
      const request = parsePageRequest(message);
      if (!isHostMethod(request.method)) await grants.check(readBy(request));
      const result = await answer(core, host, request);
      return { id: request.id, result };
    } catch (error) {
      return { id: idOf(message), error: phraseToTell(error) };
    }
  });
  // Sent by the preload for a file that a person dropped; the page has no way to this channel.
  ipcMain.handle('lab.opened', (event, path: unknown): void => {
    refuseStrangers(event);
    if (typeof path === 'string' && path !== '') grants.grant(path);
  });
}

const readBy = ({ method, params }: Request<PageMethod>): string[] =>
  pathsRead(PAGE_METHODS[method].params, params);

function answer(
  core: Core,
  host: HostMethods,
  { method, params }: Request<PageMethod>,
): Promise<unknown> {
  if (!isHostMethod(method)) return core.request(method as CoreMethod, params as never);
  const run = host[method] as (params: unknown) => Promise<unknown>;
  return run(params).then((result) => parseResult(method, result));
}

const isHostMethod = (method: PageMethod): method is HostMethod =>
  Object.hasOwn(HOST_METHODS, method);

function refuseStrangers({ senderFrame }: IpcMainInvokeEvent): void {
  const address = senderFrame?.parent === null ? senderFrame.url.split(/[?#]/)[0] : null;
  if (address !== PAGE) throw new Error("Only the lab's own page may ask.");
}

function idOf(message: unknown): number {
  const id = (message as { id?: unknown } | null)?.id;
  return typeof id === 'number' ? id : -1;
}
