import { ipcMain, MessageChannelMain } from 'electron';
import type { IpcMainEvent, IpcMainInvokeEvent, MessagePortMain, WebFrameMain } from 'electron';
import { parseHostRequest } from '../core/contract/messages/parse.ts';
import { phraseToTell } from '../core/contract/messages/refused.ts';
import type { HostMethod, Params, Response, Result } from '../core/contract/messages/messages.ts';
import type { Phrase } from '../core/contract/words/phrase.ts';
import { InputError } from '../core/contract/words/errors.ts';
import type { Core } from './core-process.ts';
import { PAGE } from './scheme.ts';

/** One function for each method that the main process answers itself. */
export type HostMethods = { [M in HostMethod]: (params: Params<M>) => Promise<Result<M>> };

/** The page's way to the core, which main lays and then stays out of. */
export interface Line {
  /** Lays it anew, to the core of the moment. */
  connect(): void;
  /** Nobody answers at the other end. @param why what is told of whatever was asked or is asked now */
  cut(why: Phrase): void;
}

/**
 * Answers the page: checks who asks and what, and gives it a channel of its own to the core, which
 * checks what comes over it.
 */
export function answerPage(core: Core, host: HostMethods): Line {
  ipcMain.handle('lab', async (event, message: unknown): Promise<Response> => {
    try {
      checkSender(event);
      const { id, method, params } = parseHostRequest(message);
      const answer = host[method] as (params: unknown) => Promise<unknown>;
      return { id, result: await answer(params) };
    } catch (error) {
      return { id: -1, error: phraseToTell(error) };
    }
  });
  // Sent by the preload for a file that a person dropped; the page has no way to this channel.
  ipcMain.handle('lab.opened', async (event, path: unknown): Promise<void> => {
    checkSender(event);
    if (typeof path === 'string' && path !== '') await core.request('opened.grant', { path });
  });
  return lineTo(core);
}

/** Lays a line to each page that the preload loads in; a page that goes takes its end with it. */
function lineTo(core: Core): Line {
  let page: WebFrameMain | null = null;
  const post = (why: Phrase | null, ports: MessagePortMain[]): void => {
    if (page && !page.isDestroyed()) page.postMessage('lab.line', why, ports);
  };
  const line: Line = {
    connect() {
      const { port1, port2 } = new MessageChannelMain();
      if (core.connect(port1)) post(null, [port2]);
    },
    cut: (why) => post(why, []),
  };
  ipcMain.on('lab.connect', (event) => {
    if (!isFromPage(event)) return;
    page = event.senderFrame;
    line.connect();
  });
  return line;
}

const isFromPage = ({ senderFrame }: IpcMainInvokeEvent | IpcMainEvent): boolean =>
  senderFrame?.parent === null && senderFrame.url.split(/[?#]/)[0] === PAGE;

function checkSender(event: IpcMainInvokeEvent): void {
  if (!isFromPage(event)) throw new InputError('window.stranger');
}
