/** How long a figure takes is told from trials of its runs, by no more of them than say something. */
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import type { FigureSettings } from '../../core/contract/messages/figures.ts';
import { figureOf } from '../../core/figures/index.ts';
import { forkWorkers } from '../../core/sweep/launch.ts';
import type { Launch } from '../../core/sweep/launch.ts';

const WORKER = join(__dirname, '../../dist/core/sweep-worker.cjs');

/** The seconds of Figure 3 on a small network, and the precisions that were tried for them. */
async function estimated(changes: FigureSettings) {
  const tried: string[] = [];
  const start = forkWorkers(WORKER);
  const launch: Launch = (events) => {
    const tell = start(events);
    return (order) => {
      if (order.kind === 'train') tried.push(order.config.training.precision);
      tell(order);
    };
  };
  const { info, estimate } = figureOf('3');
  const settings = { ...info.sizes[0]!.settings, train: 500, levels: [0.4], batch: 50, ...changes };
  const seconds = await estimate!(settings, join(tmpdir(), 'no-such-figure'), launch);
  return { seconds: seconds!, tried };
}

test('short runs are tried in the one precision they take, long ones in both', async () => {
  const short = await estimated({ epochs: 40 });
  expect(short.tried).toEqual(['float32']);
  expect(short.seconds).toBeGreaterThan(0.1);
  const long = await estimated({ epochs: 5000 });
  expect(long.tried).toEqual(['float32', 'bfloat16']);
  expect(long.seconds).toBeGreaterThan(5 * short.seconds);
});
