/**
 * Tells when a process of the core has done its work and may be exchanged for a new one: TensorFlow's
 * library and pools are given back by the end of a process alone.
 */
import type { LabEvent } from '../contract/messages/events.ts';
import type { Work } from './handlers.ts';

/** Milliseconds of quiet after which nobody is about to go on. */
const QUIET = 3000;

/** Follows what a process does, and calls `over` once, when it rests after a run. */
export interface Rest {
  /** Is told of every event. */
  hear(event: LabEvent): void;
  /** Answers a request; while one is answered there is no rest. */
  during<T>(answer: Promise<T>): Promise<T>;
}

/**
 * @param work what the process is at
 * @param over ends the process
 */
export function restAfterRun(work: Work, over: () => void): Rest {
  let [trained, running, holds, answering] = [false, 0, false, 0];
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    clearTimeout(timer);
    if (!trained || running > 0 || holds || answering > 0) return;
    timer = setTimeout(() => (work.now === null ? over() : look()), QUIET);
  };
  return {
    hear({ event }) {
      if (event === 'run.started') running++;
      if (event === 'run.ended') {
        running--;
        trained = true;
      }
      // An audit is in memory alone.
      if (event === 'labels.ended') holds = true;
      look();
    },
    async during(answer) {
      answering++;
      clearTimeout(timer);
      try {
        return await answer;
      } finally {
        answering--;
        look();
      }
    },
  };
}
