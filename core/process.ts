/**
 * The core's process: answers the main process's requests. Started by Electron's
 * `utilityProcess.fork` or Node's `child_process.fork` with the runs folder as its argument, and with
 * `--empty-trash` where a person opened the lab anew.
 */
import { CORE_METHODS, parseRequest } from './protocol/index.ts';
import type { LabEvent, Response } from './protocol/index.ts';
import { InputError, sentence } from './errors.ts';
import { createPaper } from './figures/handlers.ts';
import type { PaperHandlers } from './figures/handlers.ts';
import { createLab, emptyTrash } from './lab/lab.ts';
import type { LabHandlers } from './lab/lab.ts';
import type { Work } from './lab/trainer.ts';

/** Electron's end of the channel, where there is one. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const port = (process as unknown as { parentPort?: ParentPort }).parentPort;

function send(message: Response | LabEvent): void {
  if (port) port.postMessage(message);
  else process.send?.(message);
}

type Handlers = LabHandlers & PaperHandlers;

async function answer(handlers: Handlers, message: unknown): Promise<Response> {
  const { id = -1 } = (message ?? {}) as { id?: number };
  try {
    const request = parseRequest(message);
    const { method } = request;
    if (!Object.hasOwn(CORE_METHODS, method)) throw new InputError(`${method} is not the core's.`);
    const handler = handlers[method as keyof Handlers] as (params: unknown) => unknown;
    return { id, result: await handler(request.params) };
  } catch (error) {
    return { id, error: sentence(error) };
  }
}

function main(): void {
  const runs = process.argv[2];
  if (!runs) throw new Error('The runs folder is missing from the arguments.');
  const work: Work = { now: null };
  const handlers = { ...createLab(runs, send, work), ...createPaper(runs, send, work) };
  const receive = (message: unknown) => void answer(handlers, message).then(send);
  if (port) port.on('message', ({ data }) => receive(data));
  else process.on('message', receive);
  try {
    if (process.argv.includes('--empty-trash')) emptyTrash(runs);
  } catch {
    // A folder that cannot be written is reported where the runs are listed.
  }
  send({ event: 'core.ready' });
}

main();
