/** The process of one run of a sweep. It ends with its run, or when the sweep is gone. */
import { sentence } from '../errors.ts';
import { beginRun, executeRun } from '../lab/execute.ts';
import type { News, Order } from './messages.ts';

let stopped = false;

function tell(news: News): Promise<void> {
  return new Promise((resolve) => process.send!(news, () => resolve()));
}

async function work({ folder, config }: Extract<Order, { kind: 'train' }>): Promise<void> {
  try {
    const summary = await executeRun(await beginRun(folder, config), {
      stopped: () => stopped,
      epoch: ({ record }) => void tell({ kind: 'epoch', epoch: record.epoch }),
    });
    await tell({ kind: 'end', summary });
  } catch (error) {
    await tell({ kind: 'problem', problem: sentence(error, folder) });
  }
  // With its channel closed, nothing keeps the process.
  if (process.connected) process.disconnect();
}

process.on('message', (order: Order) => {
  if (order.kind === 'stop') stopped = true;
  else void work(order);
});
process.on('disconnect', () => (stopped = true));
// A terminal sends Ctrl+C to every process; the sweep says what it means for this one.
process.on('SIGINT', () => undefined);
