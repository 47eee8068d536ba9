import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import { HOST_METHODS, parseRequest, parseResult } from '../core/protocol/index.ts';
import type { Method, Params, Request, Response, Result } from '../core/protocol/index.ts';
import type { Core, CoreMethod } from './core-process.ts';
import { PAGE } from './scheme.ts';
import { sentenceOf } from './sentence.ts';

/** What the main process answers itself. */
export type HostMethod = keyof typeof HOST_METHODS;
/** One function for each of them. */
export type HostMethods = { [M in HostMethod]: (params: Params<M>) => Promise<Result<M>> };

/** Answers the page: checks who asks and what, and relays to the core what is the core's. */
export function answerPage(core: Core, host: HostMethods): void {
  ipcMain.handle('lab', async (event, message: unknown): Promise<Response> => {
    try {
      refuseStrangers(event);
      const request = parseRequest(message);
      const result = await answer(core, host, request);
      return { id: request.id, result };
    } catch (error) {
      return { id: idOf(message), error: sentenceOf(error) };
    }
  });
}

function answer(core: Core, host: HostMethods, { method, params }: Request): Promise<unknown> {
  if (!isHostMethod(method)) return core.request(method as CoreMethod, params as never);
  const run = host[method] as (params: unknown) => Promise<unknown>;
  return run(params).then((result) => parseResult(method, result));
}

const isHostMethod = (method: Method): method is HostMethod => Object.hasOwn(HOST_METHODS, method);

function refuseStrangers({ senderFrame }: IpcMainInvokeEvent): void {
  const address = senderFrame?.parent === null ? senderFrame.url.split(/[?#]/)[0] : null;
  if (address !== PAGE) throw new Error("Only the lab's own page may ask.");
}

function idOf(message: unknown): number {
  const id = (message as { id?: unknown } | null)?.id;
  return typeof id === 'number' ? id : -1;
}
