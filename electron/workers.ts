import { errorPhrase } from '../core/contract/words/errors.ts';
import type { UtilityProcess } from 'electron';
import { parseWorkerRequest } from '../core/contract/messages/workers.ts';
import { forkProcess } from './fork.ts';

/** Processes in which the core trains the runs of a figure: it asks for them, and we stand between. */
export interface Workers {
  /** Whether a message of the core was about a worker; then it has been seen to. */
  hear(message: unknown): boolean;
  /** Ends all; runs that are cut off can be resumed. */
  stop(): void;
}

/** More than any machine's cores would be a mistake, or an attack. */
const MOST = 256;

/**
 * @param entry of a worker
 * @param tell the core
 */
export function createWorkers(entry: string, tell: (message: unknown) => void): Workers {
  const children = new Map<number, UtilityProcess>();

  const start = (worker: number): void => {
    if (children.size >= MOST) {
      tell({ worker, gone: errorPhrase('run.goneMany', { most: MOST }) });
      return;
    }
    const child = forkProcess('Label Noise Lab worker', entry, []);
    children.set(worker, child);
    child.on('message', (news: unknown) => {
      tell({ worker, news });
      // Its channel would keep it alive when it is done.
      if (isEnd(news)) child.kill();
    });
    child.once('exit', (code) => {
      children.delete(worker);
      tell({ worker, gone: errorPhrase('run.goneCode', { code }) });
    });
  };

  return {
    hear(message) {
      const request = parseWorkerRequest(message);
      if (!request) return false;
      const { worker, order } = request;
      if (order === 'start') start(worker);
      else children.get(worker)?.postMessage(order);
      return true;
    },
    stop() {
      for (const child of children.values()) child.kill();
    },
  };
}

const isEnd = (news: unknown): boolean => {
  const { kind } = (news ?? {}) as { kind?: unknown };
  return kind === 'end' || kind === 'problem';
};
