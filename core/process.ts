/**
 * The core's process: answers the main process's requests. Started by Electron's
 * `utilityProcess.fork` or Node's `child_process.fork` with the runs folder as its argument, and with
 * `--empty-trash` where a person opened the lab anew.
 */
import { join } from 'node:path';
import { parseCoreRequest } from './contract/messages/parse.ts';
import type { LabEvent, Response } from './contract/messages/messages.ts';
import { hearFromAbove, sendUp, underElectron } from './machine/channel.ts';
import { phraseOf } from './contract/words/errors.ts';
import { createPaper } from './api/paper.ts';
import type { PaperHandlers } from './api/paper.ts';
import { createLab } from './api/lab.ts';
import { emptyTrash } from './api/trash.ts';
import type { LabHandlers } from './api/lab.ts';
import type { Work } from './api/handlers.ts';
import { forkWorkers, hostWorkers, isWorkerMessage } from './sweep/launch.ts';

type Handlers = LabHandlers & PaperHandlers;

async function answer(handlers: Handlers, message: unknown): Promise<Response> {
  const { id = -1 } = (message ?? {}) as { id?: number };
  try {
    const { method, params } = parseCoreRequest(message);
    const handler = handlers[method] as (params: unknown) => unknown;
    return { id, result: await handler(params) };
  } catch (error) {
    return { id, error: phraseOf(error) };
  }
}

function main(): void {
  const runs = process.argv[2];
  if (!runs) throw new Error('The runs folder is missing from the arguments.');
  const work: Work = { now: null };
  const tell = (event: LabEvent) => void sendUp(event);
  // A packaged Electron does not let a process start others by itself.
  const launch = underElectron ? hostWorkers() : forkWorkers(join(__dirname, 'sweep-worker.cjs'));
  const handlers = {
    ...createLab(runs, tell, work),
    ...createPaper(runs, tell, work, launch),
  };
  hearFromAbove((message) => {
    if (!isWorkerMessage(message)) void answer(handlers, message).then(sendUp);
  });
  try {
    if (process.argv.includes('--empty-trash')) emptyTrash(runs);
  } catch {
    // A folder that cannot be written is reported where the runs are listed.
  }
  void sendUp({ event: 'core.ready' });
}

main();
