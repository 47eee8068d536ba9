/** Starts the processes that runs of a sweep are trained in: by Node, or through Electron. */
import type { Phrase } from '../contract/words/phrase.ts';
import { errorPhrase } from '../contract/words/errors.ts';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { hearFromAbove, sendUp, underElectron } from '../machine/channel.ts';
import type { News, WorkerOrder } from './messages.ts';

/** What is heard of a process. */
export interface WorkerEvents {
  news(news: News): void;
  /** It is gone: how it ended. */
  gone(how: Phrase): void;
}

/** Starts a process and returns how to order it about. */
export type Launch = (events: WorkerEvents) => (order: WorkerOrder) => void;

/** Processes for runs, by whoever may start them. Call once. */
export function startsWorkers(): Launch {
  // A packaged Electron does not let a process start others by itself.
  return underElectron ? hostWorkers() : forkWorkers(join(__dirname, 'sweep-worker.cjs'));
}

/** Processes of Node. @param worker path of the built `core/sweep/worker.ts` */
export function forkWorkers(worker: string): Launch {
  return ({ news, gone }) => {
    // Results go to this process's stdout, so a worker's own must not get there.
    const child = fork(worker, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.on('message', news);
    child.on('error', (error) => gone(errorPhrase('run.goneNotRun', { why: error.message })));
    child.on('close', (code, killed) =>
      gone(
        killed
          ? errorPhrase('run.goneKilled', { signal: killed })
          : errorPhrase('run.goneCode', { code: code ?? '' }),
      ),
    );
    // A process that has just ended cannot be told; its end is reported above.
    return (order) => void (child.connected && child.send(order, () => undefined));
  };
}

/** Of and to the process with a number, by way of the main process. */
export type WorkerMessage =
  | { worker: number; order: WorkerOrder | 'start' }
  | { worker: number; news: News }
  | { worker: number; gone: Phrase };

/** Whether a message is about a worker. */
export function isWorkerMessage(message: unknown): message is WorkerMessage {
  return typeof message === 'object' && message !== null && 'worker' in message;
}

/** Processes that Electron's main process starts and stands between. */
function hostWorkers(): Launch {
  const known = new Map<number, WorkerEvents>();
  let next = 0;
  hearFromAbove((message) => {
    if (!isWorkerMessage(message)) return;
    const events = known.get(message.worker);
    if ('news' in message) events?.news(message.news);
    if ('gone' in message) {
      known.delete(message.worker);
      events?.gone(message.gone);
    }
  });
  return (events) => {
    const worker = next++;
    known.set(worker, events);
    void sendUp({ worker, order: 'start' } satisfies WorkerMessage);
    return (order) => void sendUp({ worker, order } satisfies WorkerMessage);
  };
}
