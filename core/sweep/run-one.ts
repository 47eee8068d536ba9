/** Trains one run of a sweep in a process of its own. */
import { fork } from 'node:child_process';
import type { Summary } from '../runs/summary.ts';
import type { News, Order } from './messages.ts';
import type { PlannedRun } from './plan.ts';

/** How one run ended. */
export type Outcome = { summary: Summary } | { problem: string };

/**
 * Starts the process; never rejects, for the other runs go on.
 * @param worker path of the built `core/sweep/worker.ts`
 * @param onEpoch told when an epoch is on disk
 * @param signal ends the run in order; what it has trained stays
 */
export function runOne(
  worker: string,
  { config }: PlannedRun,
  folder: string,
  onEpoch: (epoch: number) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  // Results go to this process's stdout, so a worker's own must not get there.
  const child = fork(worker, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const tell = (order: Order) => {
    // A process that has just ended cannot be told; its end is reported below.
    if (child.connected) child.send(order, () => undefined);
  };
  const stop = () => tell({ kind: 'stop' });
  signal.addEventListener('abort', stop);
  return new Promise<Outcome>((resolve) => {
    let outcome: Outcome | null = null;
    child.on('message', (news: News) => {
      if (news.kind === 'epoch') onEpoch(news.epoch);
      else if (news.kind === 'end') outcome = { summary: news.summary };
      else outcome = { problem: news.problem };
    });
    child.on('error', (error) => resolve({ problem: `Its process cannot run: ${error.message}` }));
    child.on('close', (code, killed) => {
      const how = killed ? `was ended by ${killed}` : `ended with code ${code}`;
      resolve(outcome ?? { problem: `Its process ${how}; "resume" goes on with what it wrote.` });
    });
    tell({ kind: 'train', folder, config });
    if (signal.aborted) stop();
  }).finally(() => signal.removeEventListener('abort', stop));
}
