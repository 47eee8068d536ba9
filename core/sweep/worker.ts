/** The process of one run of a sweep. It ends with its run, or when the sweep is gone. */
import { hangUp, hearFromAbove, sendUp } from '../machine/channel.ts';
import { phraseOf } from '../contract/words/errors.ts';
import { executeRun } from '../runs/execute.ts';
import { beginRun, reopenRun } from '../runs/begin.ts';
import type { News, WorkerOrder } from './messages.ts';

let stopped = false;

const tell = (news: News): Promise<void> => sendUp(news);

async function work(order: Exclude<WorkerOrder, { kind: 'stop' }>): Promise<void> {
  const { folder } = order;
  try {
    const open =
      order.kind === 'train' ? await beginRun(folder, order.config) : await reopenRun(folder);
    const summary = await executeRun(open, {
      stopped: () => stopped,
      epoch: ({ record }) => void tell({ kind: 'epoch', epoch: record.epoch }),
    });
    await tell({ kind: 'end', summary });
  } catch (error) {
    await tell({ kind: 'problem', problem: phraseOf(error, folder) });
  }
  // With its channel closed, nothing keeps the process.
  hangUp();
}

hearFromAbove((message) => {
  const order = message as WorkerOrder;
  if (order.kind === 'stop') stopped = true;
  else void work(order);
});
process.on('disconnect', () => (stopped = true));
// A terminal sends Ctrl+C to every process; the sweep says what it means for this one.
process.on('SIGINT', () => undefined);
